import type { JobFolder } from './job-folder.ts';
import type { JobProcesses } from './job-processes.ts';
import { hasStarted, type JobRecord } from './job-record.ts';

/** What a core that just started makes of a job that an earlier one left, from what it sees of its processes. */
export function adopted(
  left: JobRecord,
  processes: Pick<JobProcesses, 'isAlive' | 'claimed' | 'isStopped' | 'count'>,
  folder: Pick<JobFolder, 'pid' | 'exit'>,
  wallMs: number,
): JobRecord {
  const isKeeperThere = left.keeper === null || processes.isAlive(left.keeper);
  const pid = folder.pid();
  const leader = left.leader ?? (pid === null ? null : processes.claimed(left.id, pid));
  const exitCode = left.exitCode ?? folder.exit();
  const found: JobRecord = { ...left, leader, exitCode };
  const over = (state: 'cancelled' | 'lost', remark: string): JobRecord => ({
    ...found,
    state,
    remark,
    endedMs: wallMs,
  });

  if (!hasStarted(left)) {
    if (leader !== null || exitCode !== null) return asRunning(found, processes, wallMs);
    if (!isKeeperThere) return over('cancelled', 'the terminal that asked for it is gone');
    return { ...found, state: 'queued' };
  }
  if (exitCode !== null) return asRunning(found, processes, wallMs);
  if (leader === null) {
    return isKeeperThere && left.keeper !== null
      ? found
      : over('lost', 'it was about to start when the core ended');
  }
  if (processes.isAlive(leader) || processes.count(found) > 0) return asRunning(found, processes, wallMs);
  // Its keeper saw the end and is about to tell.
  if (isKeeperThere && left.keeper !== null) return found;
  return over('lost', 'it ended while nobody watched; its exit code is not known');
}

/** Time away counts as the state it was left in. What stands though it was left running is a pause cut short. */
function asRunning(record: JobRecord, processes: Pick<JobProcesses, 'isStopped'>, wallMs: number): JobRecord {
  const awayMs = record.startedMs === null ? 0 : Math.max(0, wallMs - record.countedMs);
  const wasPaused = record.state === 'paused';
  const state = hasStarted(record) ? record.state : 'running';
  const isStanding = (state === 'running' || state === 'checkpointing') && processes.isStopped(record);
  return {
    ...record,
    state: isStanding ? 'paused' : state,
    startedMs: record.startedMs ?? wallMs,
    countedMs: wallMs,
    ranMs: record.ranMs + (wasPaused ? 0 : awayMs),
    pausedMs: record.pausedMs + (wasPaused ? awayMs : 0),
  };
}
