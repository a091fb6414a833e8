import type { Job } from '../../shared/contract/job.ts';
import type { JobsConfig } from '../../shared/contract/jobs-config.ts';
import type { JobFacts, ProjectFacts, Wait } from '../../shared/jobs/facts.ts';
import { paceOf, paceWait, type JobPace, type Pace, type PaceLimits } from '../../shared/jobs/pause-rule.ts';
import { heldWait, ownHold, ownWait, turnWait } from '../../shared/jobs/start-rule.ts';
import { operatingModeFor } from '../../shared/policy/operating-mode.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { hasStarted, holdsPlace, jobView, type JobRecord } from './job-record.ts';
import type { BookedJob, JobsBook } from './jobs-book.ts';

/** What the rules say about jobs now, asked once a need: a thousand jobs of one kind cost one answer. */
export interface JobsOutlook {
  readonly facts: JobFacts;
  /** Why a job that may be put off does not start yet, whoever else runs; null when it may. */
  ownWait(record: Pick<JobRecord, 'project' | 'needs' | 'needsKey'>): Wait | null;
  /** Whether nothing of its own holds it, as `ownWait` would say. */
  isFree(record: Pick<JobRecord, 'project' | 'needs'>): boolean;
  pace(record: Pick<JobRecord, 'project'>): Pace;
}

/** The job rules' facts in a judged snapshot. */
export function jobFacts(
  { energy, projects }: Pick<Snapshot, 'energy' | 'projects'>,
  probabilityAbove: (minutes: number, percent: number) => number | null,
): JobFacts {
  const known = new Map(projects.map((project) => [project.id, project]));
  const bare: ProjectFacts = { operatingMode: operatingModeFor('ml', energy.level), haltWhy: null };
  return {
    level: energy.level,
    why: energy.why,
    onExternalPower: energy.onExternalPower,
    reservePercent: energy.reservePercent,
    cooling: energy.thermal.coolingStatus,
    project(id) {
      const found = id === null ? undefined : known.get(id);
      if (found === undefined) return bare;
      return { operatingMode: found.operatingMode, haltWhy: found.halt?.why ?? null };
    },
    chance: (minutes) => probabilityAbove(minutes, 20),
  };
}

export function jobsOutlook(facts: JobFacts, { observeOnly, finishPercent }: JobsConfig): JobsOutlook {
  const waits = new Map<string, Wait | null>();
  return {
    facts,
    ownWait({ project, needs, needsKey }) {
      if (observeOnly) return null;
      const known = waits.get(needsKey);
      if (known !== undefined) return known;
      const wait = ownWait(project, needs, facts, finishPercent);
      waits.set(needsKey, wait);
      return wait;
    },
    isFree: ({ project, needs }) => observeOnly || ownHold(project, needs, facts, finishPercent) === null,
    pace: ({ project }) => (observeOnly ? 'go' : paceOf(facts.level, facts.project(project).operatingMode)),
  };
}

export function paceLimits({ checkpointSeconds, resumeSeconds }: JobsConfig): PaceLimits {
  return { checkpointMs: checkpointSeconds * 1000, resumeMs: resumeSeconds * 1000 };
}

/** Null for a job that has not started, or is ending. */
export function jobPace({ record, signalledAtMs, betterSinceMs, isStanding }: BookedJob): JobPace | null {
  const { isInsisted, isHeld } = record;
  const state = isStanding && record.state !== 'ending' ? 'paused' : record.state;
  if (state !== 'running' && state !== 'checkpointing' && state !== 'paused') return null;
  return { state, signalledAtMs, isInsisted, isHeld, betterSinceMs };
}

/** One job as every surface shows it, with the reason it waits and until when; `place` in line where it is known. */
export function bookedView(
  job: BookedJob,
  book: JobsBook,
  outlook: JobsOutlook | null,
  limits: PaceLimits,
  nowMs: number,
  wallMs: number,
  place?: number,
): Job {
  const record = countedUpTo(job, nowMs);
  const aheadCount = record.state === 'queued' ? (place ?? book.line().placeOf(record.id)) : null;
  const wait = waitOf();
  const { shown } = job;
  // Nothing of most jobs in line changes from one tick to the next.
  if (shown?.record === record && shown.aheadCount === aheadCount && isSameWait(shown.wait, wait))
    return shown.view;
  const view = jobView(record, wait, aheadCount);
  job.shown = { record, wait, aheadCount, view };
  return view;

  function waitOf(): Wait | null {
    if (record.state === 'queued') {
      if (record.isHeld) return heldWait();
      if (outlook === null) return null;
      return (
        outlook.ownWait(record) ??
        turnWait(outlook.facts.level, aheadCount ?? 0, aheadCount === 0 ? firstEndMs(book, wallMs) : null)
      );
    }
    const pace = jobPace(job);
    if (!hasStarted(record) || pace === null || outlook === null) return null;
    return paceWait(pace, outlook.facts, outlook.pace(record), limits, nowMs, wallMs);
  }
}

function isSameWait(one: Wait | null, other: Wait | null): boolean {
  return one?.reason === other?.reason && one?.until === other?.until && one?.untilMs === other?.untilMs;
}

/** Its times up to now, not up to the last tick. */
function countedUpTo({ record, countedAtMs }: BookedJob, nowMs: number): JobRecord {
  if (!hasStarted(record)) return record;
  const stepMs = Math.max(0, nowMs - countedAtMs);
  return record.state === 'paused'
    ? { ...record, pausedMs: record.pausedMs + stepMs }
    : { ...record, ranMs: record.ranMs + stepMs };
}

/** When the first of those that run has said it ends, milliseconds since 1970; null when none said. */
function firstEndMs(book: JobsBook, wallMs: number): number | null {
  const ends = book.underWay().flatMap(({ record }) => {
    const { needs, ranMs } = record;
    return needs.minutes === null || !holdsPlace(record)
      ? []
      : [wallMs + Math.max(0, needs.minutes * 60_000 - ranMs)];
  });
  return ends.length === 0 ? null : Math.min(...ends);
}
