import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

it('shows a day on any machine, leaves nothing behind and touches nothing of the person', async () => {
  const personDir = mkdtempSync(join(tmpdir(), 'orch-person-'));
  const temporaryDir = join(personDir, 'tmp');
  mkdirSync(temporaryDir);
  const env = { PATH: process.env['PATH'], HOME: personDir, TMPDIR: temporaryDir };
  const demo = spawn(process.execPath, [join(ROOT, 'scripts/demo.ts'), '--speed', '120'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const saw = (text: RegExp): Promise<void> =>
    new Promise((found) => {
      const hear = (chunk: Buffer): void => {
        said += chunk.toString();
        if (text.test(said)) found();
      };
      demo.stdout.on('data', hear);
      demo.stderr.on('data', hear);
    });
  try {
    await saw(/sign in once[\s\S]*slept badly/);
    expect(said).toMatch(/sign in once: http:\/\/127\.0\.0\.1:\d+\/#code=/);
    const home = /ORCH_HOME=(\S+)/.exec(said)?.[1] ?? '';
    expect(home.startsWith(temporaryDir)).toBe(true);
    expect(existsSync(join(home, 'endpoint.json'))).toBe(true);
  } finally {
    demo.kill('SIGINT');
    expect((await once(demo, 'exit'))[0]).toBe(0);
  }
  expect(readdirSync(temporaryDir).filter((name) => name.startsWith('orch-'))).toEqual([]);
  expect(readdirSync(personDir)).toEqual(['tmp']);
  rmSync(personDir, { recursive: true });
});
