import { readFileSync } from 'node:fs';

/**
 * What tells one process from a later one with the same pid: its start time in clock ticks and the boot it
 * belongs to (proc(5), field 22 of stat). Off Linux the pid alone is all there is.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTicks: string | null;
  readonly bootId: string | null;
}

/** Null when no such process runs. */
export function processIdentity(pid: number): ProcessIdentity | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  const stat = readOrNull(`/proc/${pid}/stat`);
  // The command's name stands in brackets and may hold blanks and brackets itself.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    startTicks: fields?.[19] ?? null,
    bootId: readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? null,
  };
}

/** Whether the process that wrote `claimed` is the one that runs under its pid now. */
export function isStillRunning(claimed: ProcessIdentity): boolean {
  const now = processIdentity(claimed.pid);
  return now !== null && now.startTicks === claimed.startTicks && now.bootId === claimed.bootId;
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
