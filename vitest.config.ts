import { defineConfig } from 'vitest/config';

/**
 * unit and architecture need nothing but Node. integration, e2e and electron run the built product (`dist/`)
 * against real parts and say by name what they leave out when a part is missing.
 */
const project = (
  name: string,
  testTimeout: number,
  files: { serial?: boolean; maxWorkers?: number } = {},
) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node',
    testTimeout,
    hookTimeout: Math.max(30_000, testTimeout),
    fileParallelism: files.serial !== true,
    ...(files.maxWorkers === undefined ? {} : { maxWorkers: files.maxWorkers }),
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', 15_000),
      project('architecture', 30_000),
      // They mostly wait for daemons, clocks and networks.
      project('integration', 60_000, { maxWorkers: 3 }),
      project('e2e', 60_000, { serial: true }),
      project('electron', 120_000, { serial: true }),
    ],
  },
});
