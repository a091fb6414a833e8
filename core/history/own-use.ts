import { createProcFile } from '../proc-file.ts';
import type { OwnReadings } from './readings.ts';

/** What this process itself uses, as the runtime counts it. */
export interface ProcessCounters {
  /** Processor time since start, microseconds. */
  cpuUs(): number;
  memoryBytes(): number;
}

/** Use since the call before: the share of one core, and the memory it takes now. */
export function createOwnUse(
  counters: ProcessCounters,
  monotonicMs: () => number,
): () => Pick<OwnReadings, 'ownCpuPercent' | 'ownMemoryMb'> {
  let before: { readonly cpuUs: number; readonly atMs: number } | null = null;
  return () => {
    const now = { cpuUs: counters.cpuUs(), atMs: monotonicMs() };
    const spentMs = before === null ? 0 : now.atMs - before.atMs;
    const ownCpuPercent =
      before === null || spentMs <= 0 ? null : ((now.cpuUs - before.cpuUs) / 1000 / spentMs) * 100;
    before = now;
    return { ownCpuPercent, ownMemoryMb: counters.memoryBytes() / 1e6 };
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
