import { createProcFile } from '../proc-file.ts';
import type { OwnReadings } from './readings.ts';

/** What this process itself uses, as the runtime counts it. */
export interface ProcessCounters {
  /** Processor time since start, microseconds. */
  cpuUs(): number;
  memoryBytes(): number;
}

/** All that was used up to one instant. */
export interface UseCount {
  readonly cpuUs: number;
  readonly memoryBytes: number;
  readonly atMs: number;
}

export interface OwnUse {
  /** As it stands now. A count that is never taken changes nothing. */
  count(): UseCount;
  /** From the count taken before up to this one: the share of one core, and the memory at its instant. */
  take(count: UseCount): Pick<OwnReadings, 'ownCpuPercent' | 'ownMemoryMb'>;
}

export function createOwnUse(counters: ProcessCounters, monotonicMs: () => number): OwnUse {
  let before: UseCount | null = null;
  return {
    count: () => ({
      cpuUs: counters.cpuUs(),
      memoryBytes: counters.memoryBytes(),
      atMs: monotonicMs(),
    }),
    take(count) {
      const spentMs = before === null ? 0 : count.atMs - before.atMs;
      const ownCpuPercent =
        before === null || spentMs <= 0 ? null : ((count.cpuUs - before.cpuUs) / 1000 / spentMs) * 100;
      before = count;
      return { ownCpuPercent, ownMemoryMb: count.memoryBytes / 1e6 };
    },
  };
}

export function createProcessCounters(): ProcessCounters {
  return {
    cpuUs() {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
    memoryBytes: process.platform === 'linux' ? createResidentMemory() : () => process.memoryUsage.rss(),
  };
}

/** Node opens a file for each look at its memory; this one stays open. It counts in pages, whose size Node tells. */
function createResidentMemory(): () => number {
  const statm = createProcFile('/proc/self/statm', 128);
  let pageBytes: number | null = null;
  return () => {
    const pages = Number(statm.text()?.split(' ')[1]);
    if (!(pages > 0)) return process.memoryUsage.rss();
    pageBytes ??= 2 ** Math.round(Math.log2(process.memoryUsage.rss() / pages));
    return pages * pageBytes;
  };
}
