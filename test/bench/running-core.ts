import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { EndpointFile } from '../../shared/contract/endpoint-file.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
export const ORCH = join(ROOT, 'dist/cli/orch.js');
const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 5_000;

/** A real `orch daemon` of the built product, in a home of its own, with one project called "shop". */
export interface RunningCore {
  readonly endpoint: EndpointFile;
  readonly pid: number;
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

export interface CoreExtra {
  readonly env?: Readonly<Record<string, string>>;
  /** Lines put at the top of its config.yaml. */
  readonly config?: string;
}

/** @throws when it does not open its endpoint within 20 s; with what it said. */
export async function startCore(extra: CoreExtra = {}): Promise<RunningCore> {
  const homeDir = mkdtempSync(join(tmpdir(), 'orch-bench-'));
  const projectDir = join(homeDir, 'shop');
  mkdirSync(projectDir);
  writeFileSync(
    join(projectDir, '.consciousness_report.json'),
    JSON.stringify({ integration: 80, wellbeing: 75, stability: 85, mode: 'FAST' }),
  );
  writeFileSync(
    join(homeDir, 'config.yaml'),
    `${extra.config ?? ''}projects:\n  - id: shop\n    path: ${projectDir}\n    profile: business\n`,
    { mode: 0o600 },
  );
  const env = { ...process.env, ORCH_HOME: homeDir, ORCH_PORT: '0', ...extra.env };
  const child = spawn(process.execPath, [ORCH, 'daemon', '--quiet'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4000);
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await exited;
    clearTimeout(late);
    rmSync(homeDir, { recursive: true, force: true });
  };
  const endpointPath = join(homeDir, 'endpoint.json');
  const startedAtMs = performance.now();
  while (!existsSync(endpointPath)) {
    if (child.exitCode !== null || performance.now() - startedAtMs > START_LIMIT_MS) {
      await stop();
      throw new Error(`orch daemon did not start: ${said}`);
    }
    await wait(20);
  }
  const endpoint = JSON.parse(readFileSync(endpointPath, 'utf8')) as EndpointFile;
  return { endpoint, pid: endpoint.pid, env, stop };
}
