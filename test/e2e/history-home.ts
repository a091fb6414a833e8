import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { openDatabase } from '../../core/history/database.ts';
import { createSampleStore } from '../../core/history/sample-store.ts';
import { keepExampleSamples } from './example-history-samples.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SYSFS: Readonly<Record<string, string>> = {
  'power_supply/BAT0/type': 'Battery',
  'power_supply/BAT0/scope': 'System',
  'power_supply/BAT0/present': '1',
  'power_supply/BAT0/status': 'Discharging',
  'power_supply/BAT0/energy_now': '32220000',
  'power_supply/BAT0/energy_full': '48390000',
  'power_supply/BAT0/power_now': '9110000',
};

export interface RunningHome {
  /** The link that the core says it can be opened with. */
  readonly signInUrl: string;
  stop(): Promise<void>;
}

/** The core itself on a home whose record holds `days` up to now. */
export async function startHistoryHome(days: number): Promise<RunningHome> {
  const homeDir = mkdtempSync(join(tmpdir(), 'orch-history-'));
  for (const [path, text] of Object.entries(SYSFS)) {
    mkdirSync(join(homeDir, 'sys/class', path, '..'), { recursive: true });
    writeFileSync(join(homeDir, 'sys/class', path), `${text}\n`);
  }
  mkdirSync(join(homeDir, 'orch'), { mode: 0o700 });
  const endMs = Date.now();
  const { database } = await openDatabase(join(homeDir, 'orch/history.db'), endMs);
  database.exec('PRAGMA synchronous = OFF');
  keepExampleSamples(createSampleStore(database), database, { endMs, days });
  database.close();
  const core = spawn(process.execPath, [join(ROOT, 'cli/orch.ts'), 'daemon', '--quiet'], {
    env: {
      PATH: process.env['PATH'],
      HOME: homeDir,
      ORCH_HOME: join(homeDir, 'orch'),
      ORCH_SYSFS: join(homeDir, 'sys'),
      ORCH_PORT: '0',
    },
  });
  return {
    signInUrl: await spokenUrl(core.stderr),
    async stop() {
      if (core.exitCode === null && core.signalCode === null) {
        core.kill('SIGTERM');
        await once(core, 'exit');
      }
      rmSync(homeDir, { recursive: true, force: true });
    },
  };
}

async function spokenUrl(stderr: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface({ input: stderr })) {
    said.push(line);
    const url = /http:\/\/127\.0\.0\.1:\d+\/#code=\S+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`The core ended before it was ready:\n${said.join('\n')}`);
}
