import type { Job, JobNeeds } from '../../shared/contract/job.ts';
import type { CheckpointSignal, JobState } from '../../shared/contract/vocabulary.ts';
import type { Wait } from '../../shared/jobs/facts.ts';
import type { Queued } from '../../shared/jobs/order.ts';
import type { Provenance } from '../../shared/energy/energy-meter.ts';
import type { ProcessIdentity } from '../process-identity.ts';

/** All that must outlive a restart of one job. Instants are wall clock, milliseconds since 1970. */
export interface JobRecord extends Queued {
  readonly project: string | null;
  readonly command: readonly string[];
  readonly folder: string;
  readonly startedBy: Job['startedBy'];
  readonly needs: JobNeeds;
  /** `needsKey` of project and needs, made once: jobs with the same one wait for the same. */
  readonly needsKey: string;
  readonly checkpointSignal: CheckpointSignal;
  readonly state: JobState;
  readonly isHeld: boolean;
  readonly isInsisted: boolean;
  /** `orch run` itself; null for jobs that the core starts. */
  readonly keeper: ProcessIdentity | null;
  /** The command's first process; null until it is known. */
  readonly leader: ProcessIdentity | null;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  /** When the checkpoint signal was sent; null but while checkpointing. */
  readonly signalledMs: number | null;
  /** The command's, which other processes of the job may outlive. */
  readonly exitCode: number | null;
  readonly ranMs: number;
  readonly pausedMs: number;
  /** Up to when the two before are counted. */
  readonly countedMs: number;
  readonly energyWh: number | null;
  readonly energyProvenance: Provenance;
  /** How it ended, or what else is to say; empty where the state says it all. */
  readonly remark: string;
}

const OVER: readonly JobState[] = ['ended', 'cancelled', 'lost'];
const STARTED: readonly JobState[] = ['running', 'checkpointing', 'paused', 'ending'];

export function isOver({ state }: Pick<JobRecord, 'state'>): boolean {
  return OVER.includes(state);
}

/** Its processes are there, or are about to be. */
export function hasStarted({ state }: Pick<JobRecord, 'state'>): boolean {
  return STARTED.includes(state);
}

/** Whether it takes one of the places that mode and level allow: what is paused, or outlived its command, does not. */
export function holdsPlace({ state, exitCode }: Pick<JobRecord, 'state' | 'exitCode'>): boolean {
  return exitCode === null && (state === 'starting' || (hasStarted({ state }) && state !== 'paused'));
}

/** The job as every surface shows it. */
export function jobView(record: JobRecord, wait: Wait | null, aheadCount: number | null): Job {
  const { id, project, command, folder, startedBy, needs, priority, checkpointSignal, state, isHeld } =
    record;
  return {
    id,
    project,
    command: [...command],
    folder,
    startedBy,
    needs,
    priority,
    checkpointSignal,
    state,
    isHeld,
    reason: wait?.reason ?? record.remark,
    until: wait?.until ?? null,
    untilAt: iso(wait?.untilMs ?? null),
    aheadCount,
    createdAt: new Date(record.createdMs).toISOString(),
    startedAt: iso(record.startedMs),
    endedAt: iso(record.endedMs),
    pid: record.leader?.pid ?? null,
    exitCode: record.exitCode,
    ranSeconds: Math.round(record.ranMs / 1000),
    pausedSeconds: Math.round(record.pausedMs / 1000),
    energyWh: record.energyWh,
    energyProvenance: record.energyProvenance,
  };
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
