import { readFile } from 'node:fs/promises';
import { cpus, freemem, totalmem } from 'node:os';
import { join } from 'node:path';

import type { Machine } from '../../shared/contract/energy.ts';
import type { Clock } from '../clock.ts';
import { cpuTimesFromStat, memoryFromMeminfo } from './load-proc.ts';
import type { CpuTimes } from './load-proc.ts';
import { createProcFile } from '../proc-file.ts';
import { createSysfsFiles, type SysfsFiles } from './sysfs-files.ts';

/** The window the load is averaged over (domain 1.2: "smoothed over a minute"). */
const WINDOW_MS = 60_000;
/** Two looks closer than this say more about the timer than about the load. */
const SHORTEST_STEP_MS = 250;
/** Both files begin with the lines that are wanted. */
const HEAD_BYTES = 1024;

export type MachineLoad = Pick<Machine, 'cpuPercent' | 'memoryPercent' | 'gpuPercent'>;

/** What a look at the machine needs; each gives null when it cannot tell, and never throws. */
export interface LoadReaders {
  readCpuTimes(): Promise<CpuTimes | null>;
  /** Share of memory in use, 0 to 100. */
  readMemoryPercent(): Promise<number | null>;
  /** The busiest graphics processor, 0 to 100. */
  readGpuPercent(): Promise<number | null>;
  close(): void;
}

export interface LoadSensor {
  /** One look; the CPU needs two of them before it is known. */
  sample(): Promise<MachineLoad>;
  close(): void;
}

interface Look {
  readonly atMs: number;
  readonly cpu: CpuTimes | null;
  readonly gpuPercent: number | null;
}

/** CPU and GPU averaged over the last minute, memory as it is now. Null is "not known", never zero. */
export function createLoadSensor(clock: Clock, readers: LoadReaders): LoadSensor {
  let looks: readonly Look[] = [];
  return {
    async sample() {
      const [cpu, memoryPercent, gpuPercent] = await Promise.all([
        readers.readCpuTimes(),
        readers.readMemoryPercent(),
        readers.readGpuPercent(),
      ]);
      const look: Look = { atMs: clock.monotonicMs(), cpu, gpuPercent };
      // The look before always stays, so that looks further apart than a minute tell something too.
      looks = [...looks.filter((l, n) => look.atMs - l.atMs <= WINDOW_MS || n === looks.length - 1), look];
      return { cpuPercent: cpuOver(looks), memoryPercent, gpuPercent: gpuOver(looks) };
    },
    close: () => readers.close(),
  };
}

/** From the oldest to the newest look. A counter that ran backwards (a core went away) starts the window anew. */
function cpuOver(looks: readonly Look[]): number | null {
  const newest = looks.at(-1);
  if (newest === undefined || newest.cpu === null) return null;
  let oldest = newest;
  let { busy, total } = newest.cpu;
  for (const look of looks.toReversed()) {
    if (look.cpu === null) continue;
    if (look.cpu.total > total || look.cpu.busy > busy) break;
    ({ busy, total } = look.cpu);
    oldest = look;
  }
  const spent = newest.cpu.total - total;
  if (newest.atMs - oldest.atMs < SHORTEST_STEP_MS || spent <= 0) return null;
  return within100(((newest.cpu.busy - busy) / spent) * 100);
}

function gpuOver(looks: readonly Look[]): number | null {
  if ((looks.at(-1)?.gpuPercent ?? null) === null) return null;
  const seen = looks.flatMap((look) => (look.gpuPercent === null ? [] : [look.gpuPercent]));
  return within100(seen.reduce((sum, percent) => sum + percent, 0) / seen.length);
}

function within100(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}

export interface LoadPlaces {
  readonly platform: NodeJS.Platform;
  /** `/proc` and `/sys`, or roots in their place. */
  readonly procRoot: string;
  readonly sysRoot: string;
}

/**
 * The machine's own counters: files on Linux, `os` elsewhere. No process is started, so a graphics processor
 * that shows its load in no file (NVIDIA's, and all outside Linux) stays unknown.
 */
export function machineLoadReaders(places: LoadPlaces): LoadReaders {
  const { platform, procRoot, sysRoot } = places;
  if (platform !== 'linux') {
    return {
      readCpuTimes: () => Promise.resolve(cpuTimesFromOs()),
      readMemoryPercent: () => Promise.resolve(within100((1 - freemem() / totalmem()) * 100)),
      readGpuPercent: () => Promise.resolve(null),
      close: () => undefined,
    };
  }
  const files = createSysfsFiles();
  const stat = createProcFile(join(procRoot, 'stat'), HEAD_BYTES);
  const meminfo = createProcFile(join(procRoot, 'meminfo'), HEAD_BYTES);
  return {
    readCpuTimes: () => Promise.resolve(cpuTimesFromStat(stat.text())),
    readMemoryPercent: () => Promise.resolve(memoryFromMeminfo(meminfo.text())),
    readGpuPercent: createBusiestCard(files, join(sysRoot, 'class', 'drm')),
    close() {
      stat.close();
      meminfo.close();
    },
  };
}

function cpuTimesFromOs(): CpuTimes | null {
  const times = cpus().map((cpu) => cpu.times);
  const total = times.reduce((sum, t) => sum + t.user + t.nice + t.sys + t.idle + t.irq, 0);
  const idle = times.reduce((sum, t) => sum + t.idle, 0);
  return total === 0 ? null : { busy: total - idle, total };
}

/** Graphics cards come and go rarely: a new one is found within so many samples, five minutes. */
const LIST_SAMPLES = 10;

function createBusiestCard(files: SysfsFiles, drm: string): () => Promise<number | null> {
  let cards: readonly string[] = [];
  let samplesToList = 0;
  return async () => {
    // The list comes from the kernel's own memory; a card's load is asked of its driver, which may take its time.
    if (samplesToList <= 0) cards = (files.list(drm) ?? []).filter((name) => /^card\d+$/.test(name));
    samplesToList = samplesToList <= 0 ? LIST_SAMPLES - 1 : samplesToList - 1;
    if (cards.length === 0) return null;
    const loads = await Promise.all(
      cards.map(async (card) => {
        const text = (await textOf(join(drm, card, 'device', 'gpu_busy_percent')))?.trim() ?? '';
        return /^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : null;
      }),
    );
    const known = loads.filter((load) => load !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
