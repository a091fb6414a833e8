import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, lstat, open, statfs } from 'node:fs/promises';
import { request } from 'node:http';

import { energyConfigSchema } from '../../shared/contract/config.ts';
import { createPowerReader } from '../energy/power-reader.ts';
import { markFeedingUps } from '../../shared/energy/ups-feeding.ts';
import type { DoctorFacts, DoctorFiles, DoctorPorts, HealthAnswer, PowerLook, RunOutcome } from './check.ts';
import type { Clock } from '../clock.ts';
import type { Places } from '../places.ts';
import type { EnergyConfig } from '../../shared/contract/config.ts';
import type { UpsReading } from '../../shared/contract/energy.ts';

const RUN_LIMIT_MS = 2_000;
const ASK_LIMIT_MS = 1_000;
const UPS_LIMIT_MS = 3_000;
const MAX_TEXT_BYTES = 64 * 1024;

export interface SystemPortsOptions {
  readonly facts: DoctorFacts;
  readonly places: Places;
  readonly clock: Clock;
  /** File of the sensor thread. */
  readonly workerUrl: URL;
}

/** The machine itself, as `orch doctor` may look at it. */
export function systemPorts(options: SystemPortsOptions): DoctorPorts {
  const { facts, places, clock } = options;
  const energy = facts.config.ok ? facts.config.config.energy : energyConfigSchema.parse({});
  let look: Promise<PowerLook> | null = null;
  return {
    facts,
    places,
    clock,
    files: systemFiles,
    power: () => (look ??= lookOnce(options, energy)),
    ups: () => askUpses(energy, clock),
    run,
    ask,
    isAlive,
    versions: { node: process.version, sqlite: process.versions['sqlite'] ?? null },
  };
}

async function lookOnce(
  { facts, clock, workerUrl }: SystemPortsOptions,
  energy: EnergyConfig,
): Promise<PowerLook> {
  const givenRoot = facts.env['ORCH_SYSFS'];
  const reader = createPowerReader({
    // A root given by hand holds a Linux tree, whatever the machine is.
    platform: givenRoot === undefined ? facts.platform : 'linux',
    sysfsDir: givenRoot ?? '/sys',
    energy,
    clock,
    workerUrl,
    upsReadings: () => [],
  });
  try {
    return { reading: await reader.read(), failure: '' };
  } catch (error) {
    return { reading: null, failure: textOf(error) };
  } finally {
    await reader.close();
  }
}

async function askUpses(energy: EnergyConfig, clock: Clock): Promise<readonly UpsReading[]> {
  const given = { timeoutMs: UPS_LIMIT_MS, clock, feedingUps: energy.feedingUps };
  const asked: Promise<UpsReading[]>[] = [];
  if (energy.nut !== null) {
    const { readNutOnce } = await import('../energy/nut.ts');
    asked.push(readNutOnce(energy.nut, given));
  }
  if (energy.apcupsd !== null) {
    const { readApcupsdOnce } = await import('../energy/apcupsd.ts');
    asked.push(readApcupsdOnce(energy.apcupsd, given));
  }
  return markFeedingUps((await Promise.all(asked)).flat(), energy.feedingUps);
}

const systemFiles: DoctorFiles = {
  async about(path) {
    try {
      const stat = await lstat(path);
      const kind = stat.isFile()
        ? 'file'
        : stat.isDirectory()
          ? 'folder'
          : stat.isSocket()
            ? 'socket'
            : stat.isSymbolicLink()
              ? 'link'
              : 'other';
      const isOurs = process.getuid === undefined || stat.uid === process.getuid();
      return { kind, mode: stat.mode & 0o777, isOurs };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
  async mayWrite(path) {
    return access(path, constants.W_OK).then(
      () => true,
      () => false,
    );
  },
  async freeBytes(path) {
    return statfs(path).then(
      (stat) => stat.bavail * stat.bsize,
      () => null,
    );
  },
  async readText(path) {
    try {
      // Without waiting: a pipe in the place of a file must not hang the doctor.
      const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK || 0));
      try {
        if (!(await file.stat()).isFile()) return null;
        const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_TEXT_BYTES), 0, MAX_TEXT_BYTES, 0);
        return buffer.toString('utf8', 0, bytesRead);
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
};

function run(program: string, args: readonly string[]): Promise<RunOutcome> {
  return new Promise((resolve) => {
    const options = { timeout: RUN_LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: MAX_TEXT_BYTES } as const;
    execFile(program, args, options, (error, out) => {
      if (error === null) resolve({ kind: 'ended', code: 0, out });
      else if (error.code === 'ENOENT') resolve({ kind: 'not-installed' });
      else if (error.killed === true) resolve({ kind: 'too-slow' });
      else resolve({ kind: 'ended', code: typeof error.code === 'number' ? error.code : 1, out });
    });
  });
}

function ask(url: string): Promise<HealthAnswer> {
  return new Promise((resolve) => {
    const call = request(url, { agent: false, timeout: ASK_LIMIT_MS }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (body.length < MAX_TEXT_BYTES) body += chunk;
      });
      response.on('end', () => resolve({ kind: 'answers', status: response.statusCode ?? 0, body }));
      response.on('error', (error) => resolve({ kind: 'silent', why: textOf(error) }));
    });
    call.on('timeout', () => {
      resolve({ kind: 'silent', why: `no answer within ${ASK_LIMIT_MS / 1000} s` });
      call.destroy();
    });
    call.on('error', (error) => resolve({ kind: 'silent', why: textOf(error) }));
    call.end();
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
