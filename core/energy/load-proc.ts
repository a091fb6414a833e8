/** Counters since start, in any unit, over all processors. */
export interface CpuTimes {
  readonly busy: number;
  readonly total: number;
}

/**
 * The `cpu` line of /proc/stat. Idle and waiting for disks are not busy; time stolen by the host is; guest
 * time is inside user and nice already. Null when the line is not there or not numbers.
 */
export function cpuTimesFromStat(text: string | null): CpuTimes | null {
  const line = /^cpu +(.+)$/m.exec(text ?? '')?.[1];
  const fields = line?.trim().split(/ +/).slice(0, 8).map(Number) ?? [];
  if (fields.length < 4 || !fields.every((ticks) => Number.isFinite(ticks) && ticks >= 0)) return null;
  const total = fields.reduce((sum, ticks) => sum + ticks, 0);
  const idle = (fields[3] ?? 0) + (fields[4] ?? 0);
  return total === 0 ? null : { busy: total - idle, total };
}

const MEM_TOTAL = /^MemTotal: +(\d+) kB$/m;
const MEM_AVAILABLE = /^MemAvailable: +(\d+) kB$/m;

/** Memory in use from /proc/meminfo: what is not available to a new program, 0 to 100. */
export function memoryFromMeminfo(text: string | null): number | null {
  const total = kilobytes(MEM_TOTAL.exec(text ?? ''));
  const available = kilobytes(MEM_AVAILABLE.exec(text ?? ''));
  if (total === null || available === null || total === 0 || available > total) return null;
  return (1 - available / total) * 100;
}

function kilobytes(line: RegExpExecArray | null): number | null {
  return line?.[1] === undefined ? null : Number(line[1]);
}
