import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { stringify } from 'yaml';

import { createDemoRepository, type DemoRepository } from './demo-repository.ts';

/** A home, two sample projects and a power tree in a temporary folder: nothing of the person's is touched. */
export interface DemoHome {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly sysfsDir: string;
  readonly shop: DemoRepository;
  readonly model: DemoRepository;
  /** What the shop's service reads: "ok" or anything else. */
  readonly statusPath: string;
  writeConfig(addresses: { upsPort: number; healthUrl: string }): void;
  remove(): void;
}

export function createDemoHome(): DemoHome {
  const dir = mkdtempSync(join(tmpdir(), 'orch-demo-'));
  const sysfsDir = join(dir, 'sys');
  mkdirSync(sysfsDir);
  const shop = createDemoRepository(join(dir, 'projects'), 'shop');
  const model = createDemoRepository(join(dir, 'projects'), 'model');
  shop.commit('feat: a shop', { 'status.txt': 'ok\n', 'README.md': '# Shop\n' });
  model.commit('feat: a model', { 'train.mjs': TRAINING, 'README.md': '# Model\n' });
  return {
    dir,
    env: { ORCH_HOME: dir, ORCH_SYSFS: sysfsDir },
    sysfsDir,
    shop,
    model,
    statusPath: join(shop.deployedDir, 'status.txt'),
    writeConfig({ upsPort, healthUrl }) {
      const config = {
        port: 0,
        energy: { nut: `127.0.0.1:${upsPort}` },
        projects: [
          {
            id: 'shop',
            path: shop.dir,
            profile: 'business',
            evidence: { healthUrls: [healthUrl] },
            rollback: { kind: 'git-revert', mode: 'automatic' },
          },
          { id: 'model', path: model.dir, profile: 'ml' },
        ],
      };
      writeFileSync(join(dir, 'config.yaml'), stringify(config), { mode: 0o600 });
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Counts steps and says where it is: a training run that can be paused and watched. */
const TRAINING = `let step = 0;
setInterval(() => {
  step += 1;
  console.log(\`step \${step} of 200\`);
  if (step === 200) process.exit(0);
}, 500);
process.on('SIGUSR1', () => console.log(\`checkpoint at step \${step}\`));
`;
