import { defineConfig } from 'vitest/config';

/**
 * unit and architecture need nothing but Node. integration, e2e and electron run the built product (`dist/`)
 * against real parts and say by name what they leave out when a part is missing.
 */
const project = (name: string, testTimeout: number, serial = false) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node',
    testTimeout,
    hookTimeout: Math.max(30_000, testTimeout),
    fileParallelism: !serial,
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', 15_000),
      project('architecture', 30_000),
      project('integration', 60_000),
      project('e2e', 60_000, true),
      project('electron', 120_000, true),
    ],
  },
});
