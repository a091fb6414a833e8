import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { stringify } from 'yaml';

import type { EndpointFile } from '../../shared/contract/endpoint-file.ts';

const ROOT = resolve(import.meta.dirname, '../..');
export const ORCH_PATH = join(ROOT, 'dist/cli/orch.js');
const START_LIMIT_MS = 20_000;

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A home in a temporary folder, with a power tree of its own in place of /sys. */
export interface Home {
  readonly dir: string;
  readonly sysfsDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** Writes config.yaml. */
  configure(settings: object): void;
  /** Runs `orch` to its end. */
  orch(...argv: string[]): Promise<Ran>;
  remove(): void;
}

export function makeHome(): Home {
  const dir = mkdtempSync(join(tmpdir(), 'orch-home-'));
  const sysfsDir = join(dir, 'sys');
  mkdirSync(join(sysfsDir, 'class/power_supply'), { recursive: true });
  const env = { ...process.env, ORCH_HOME: dir, ORCH_PORT: '0', ORCH_SYSFS: sysfsDir, NO_COLOR: '1' };
  return {
    dir,
    sysfsDir,
    env,
    configure: (settings) => writeFileSync(join(dir, 'config.yaml'), stringify(settings), { mode: 0o600 }),
    orch: (...argv) =>
      new Promise((done) => {
        execFile(
          process.execPath,
          [ORCH_PATH, ...argv],
          { env, timeout: 30_000 },
          (error, stdout, stderr) => {
            const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
            done({ code, stdout, stderr });
          },
        );
      }),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** One adapter and one battery as the kernel shows them. Writing it again is pulling the cord. */
export function writeLaptop(sysfsDir: string, facts: { percent: number; ac: boolean; watts?: number }): void {
  const fullUwh = 50_000_000;
  const status = facts.ac ? 'Charging' : 'Discharging';
  writeSupply(sysfsDir, 'ACAD', { TYPE: 'Mains', ONLINE: facts.ac ? 1 : 0 });
  writeSupply(sysfsDir, 'BAT1', {
    TYPE: 'Battery',
    STATUS: status,
    PRESENT: 1,
    ENERGY_FULL: fullUwh,
    ENERGY_NOW: Math.round((fullUwh * facts.percent) / 100),
    POWER_NOW: Math.round((facts.watts ?? 9) * 1e6),
    CAPACITY: Math.floor(facts.percent),
  });
}

function writeSupply(sysfsDir: string, name: string, properties: Record<string, string | number>): void {
  const dir = join(sysfsDir, 'class/power_supply', name);
  mkdirSync(dir, { recursive: true });
  const lines = Object.entries({ NAME: name, ...properties }).map(
    ([key, value]) => `POWER_SUPPLY_${key}=${value}`,
  );
  writeFileSync(join(dir, 'uevent'), `${lines.join('\n')}\n`);
  for (const [key, value] of Object.entries(properties))
    writeFileSync(join(dir, key.toLowerCase()), `${value}\n`);
}

/** Of a project that may do anything. */
export const SOUND_REPORT = { integration: 80, wellbeing: 75, stability: 85, mode: 'FAST' };

/** A project folder with a report in the flat form. */
export function writeProject(dir: string, report: object = SOUND_REPORT): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, '.consciousness_report.json'), JSON.stringify(report));
}

export interface RunningDaemon {
  readonly endpoint: EndpointFile;
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  get(path: string): Promise<{ status: number; body: unknown }>;
  /** Asks again and again until the answer satisfies; returns how long that took. */
  until(path: string, isGood: (body: never) => boolean, limitMs: number): Promise<number>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** The real `orch daemon` of the built product. */
export async function startDaemon(home: Home, ...argv: string[]): Promise<RunningDaemon> {
  const child = spawn(process.execPath, [ORCH_PATH, 'daemon', ...argv], {
    env: home.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await new Promise<void>((resolveReady, reject) => {
    const timer = setTimeout(() => reject(new Error(`orch daemon did not start: ${stderr}`)), START_LIMIT_MS);
    child.stderr.on('data', () => {
      if (!stderr.includes('sign in once')) return;
      clearTimeout(timer);
      resolveReady();
    });
    void exited.then(() => reject(new Error(`orch daemon ended: ${stderr}`)));
  });
  const endpoint = JSON.parse(readFileSync(join(home.dir, 'endpoint.json'), 'utf8')) as EndpointFile;
  const get = async (path: string): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${endpoint.url}${path}`, {
      headers: { authorization: `Bearer ${endpoint.token}` },
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    endpoint,
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    get,
    async until(path, isGood, limitMs) {
      const startedMs = performance.now();
      for (;;) {
        const { body } = await get(path);
        const spentMs = performance.now() - startedMs;
        if (isGood(body as never)) return spentMs;
        if (spentMs > limitMs)
          throw new Error(`${path} after ${limitMs} ms is still ${JSON.stringify(body)}`);
        await new Promise((next) => setTimeout(next, 50));
      }
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}
