import type { Clock } from '../clock.ts';
import type { ProcessEntry } from './process-table.ts';

const LOOK_EVERY_MS = 50;
/** After SIGKILL: only a process that hangs in a driver is still there then. */
const KILLED_WITHIN_MS = 2_000;
/** A process may start another between our look and our signal; each round catches those of the round before. */
const MOST_ROUNDS = 10;

/** Sends a signal; false when the process is gone or not ours. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Stops all of them, those they start meanwhile included. Gives how many stand. */
export function stopMembers(find: () => readonly ProcessEntry[]): number {
  const stopped = new Set<number>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const fresh = find().filter(({ pid }) => !stopped.has(pid));
    if (fresh.length === 0) break;
    for (const { pid } of fresh) {
      stopped.add(pid);
      signalProcess(pid, 'SIGSTOP');
    }
  }
  return stopped.size;
}

/** Lets all of them go on. Gives how many do. */
export function continueMembers(find: () => readonly ProcessEntry[]): number {
  return find().filter(({ pid }) => signalProcess(pid, 'SIGCONT')).length;
}

export interface Ending {
  /** How many processes there were to end. */
  readonly ended: number;
  /** How many are still there all the same. */
  readonly left: number;
}

/**
 * SIGTERM to all of them, SIGKILL to whoever is there after `graceMs`. Stopped ones are let go on, so that they
 * can hear the first.
 *
 * @param find looks again each time: what they start meanwhile is ended too
 */
export async function endMembers(
  clock: Clock,
  find: () => readonly ProcessEntry[],
  graceMs: number,
): Promise<Ending> {
  const seen = new Set<number>();
  const startedAtMs = clock.monotonicMs();
  for (;;) {
    const members = find();
    const spentMs = clock.monotonicMs() - startedAtMs;
    if (members.length === 0) return { ended: seen.size, left: 0 };
    if (spentMs > graceMs + KILLED_WITHIN_MS) return { ended: seen.size, left: members.length };
    for (const { pid } of members) {
      const isNew = !seen.has(pid);
      seen.add(pid);
      if (spentMs >= graceMs) signalProcess(pid, 'SIGKILL');
      else if (isNew && signalProcess(pid, 'SIGTERM')) signalProcess(pid, 'SIGCONT');
    }
    await new Promise<void>((resolve) => void clock.after(LOOK_EVERY_MS, resolve));
  }
}
