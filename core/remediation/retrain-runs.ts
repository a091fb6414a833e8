import { randomUUID } from 'node:crypto';

import type { Job, JobRequest } from '../../shared/contract/job.ts';
import type { RetrainConfig } from '../../shared/contract/retrain-config.ts';
import type { ModelNumbers, RetrainResult } from '../../shared/contract/scaling.ts';
import type { DueWindow } from '../../shared/retraining/due-window.ts';
import { isoNow, type Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';
import { isRefusal, type JobsDesk } from './jobs-desk.ts';
import type { RetrainMemory, RetrainRun } from './retrain-memory.ts';

/** Uses windows: starts jobs, follows them and keeps what became of them. */
export interface RetrainRuns {
  /** Null when it was begun (or recorded, in observe-only); else why not, half a sentence. */
  begin(project: string, config: RetrainConfig, due: DueWindow): string | null;
  /** One look at every retraining under way. */
  follow(): void;
}

export interface RetrainRunsParts {
  readonly clock: Clock;
  readonly jobs: Pick<JobsDesk, 'add' | 'one' | 'cancel'>;
  readonly memory: RetrainMemory;
  readonly record: Pick<RecordStore, 'audit'>;
  /** The settings of a project; null once it left them. */
  readonly config: (project: string) => RetrainConfig | null;
  /** The model as it is known now; null where nothing measures it. */
  readonly model: (project: string) => ModelNumbers | null;
  /** Reads the model's metrics again. Never rejects, ends within its own limit. */
  readonly readModel: (project: string) => Promise<ModelNumbers | null>;
  readonly onEnded: () => void;
  readonly onFault: (error: unknown) => void;
}

export function scheduleKey({ schedule, timeZone }: RetrainConfig): string {
  return `${schedule} ${timeZone ?? ''}`.trim();
}

export function createRetrainRuns(parts: RetrainRunsParts): RetrainRuns {
  const { clock, jobs, memory } = parts;
  const ending = new Set<string>();
  /** The window of a project that the jobs refused. */
  const refused = new Map<string, number>();

  const told = (act: string, project: string, cause: string, detail: Record<string, unknown>): void =>
    parts.record.audit({ at: isoNow(clock), actor: 'core', act, project, cause, detail });

  const add = (project: string, config: RetrainConfig, run: RetrainRun): string | null => {
    const answer = jobs.add(
      jobRequest(project, config, run.jobId),
      `retraining, the window of ${new Date(run.windowMs).toISOString()}`,
    );
    if (isRefusal(answer)) return answer.text;
    const state = memory.of(project, scheduleKey(config));
    memory.set(project, { ...state, run: { ...run, isAdded: true } });
    return null;
  };

  const end = (project: string, run: RetrainRun, job: Job | null): void => {
    if (ending.has(run.jobId)) return;
    ending.add(run.jobId);
    void (async () => {
      const after = await parts.readModel(project);
      const result = resultOf(run, job, after, isoNow(clock));
      const found = memory.runs().find(([id, , { jobId }]) => id === project && jobId === run.jobId);
      if (found !== undefined) memory.set(project, { ...found[1], run: null, last: result });
      told('retrain-end', project, result.text, { ...result });
      parts.onEnded();
    })()
      .catch(parts.onFault)
      .finally(() => ending.delete(run.jobId));
  };

  const followOne = (project: string, run: RetrainRun): void => {
    const config = parts.config(project);
    const job = jobs.one(run.jobId);
    if (isRefusal(job)) {
      // Written down and never begun: the core ended in between.
      if (!run.isAdded && config !== null && add(project, config, run) === null) return;
      end(project, run, null);
      return;
    }
    if (job.endedAt !== null) {
      end(project, run, job);
      return;
    }
    if (config === null || run.isTimedOut || job.ranSeconds <= config.timeLimitMinutes * 60) return;
    const found = memory.runs().find(([id]) => id === project);
    if (found !== undefined) memory.set(project, { ...found[1], run: { ...run, isTimedOut: true } });
    const cause = `it has run for more than ${config.timeLimitMinutes} min`;
    told('retrain-timeout', project, cause, { jobId: run.jobId });
    jobs.cancel(run.jobId, `retraining, ${cause}`);
  };

  return {
    begin(project, config, due) {
      const state = memory.of(project, scheduleKey(config));
      const windowAt = new Date(due.windowMs).toISOString();
      const cause = due.isMissed
        ? `the window of ${windowAt} was missed and is made up for`
        : `the window of ${windowAt} is open`;
      const used = [...state.used, due.windowMs];
      if (config.observeOnly) {
        const now = isoNow(clock);
        const text = 'observe-only: nothing was started';
        const last: RetrainResult = {
          ...{ windowAt, isMissed: due.isMissed, result: 'observed', text, exitCode: null, jobId: null },
          ...{ startedAt: now, endedAt: now, ranSeconds: null, before: null, after: null },
        };
        memory.set(project, { ...state, used, last });
        told('retrain-observed', project, cause, { windowAt, command: config.command });
        return null;
      }
      const run: RetrainRun = {
        windowMs: due.windowMs,
        isMissed: due.isMissed,
        jobId: randomUUID(),
        isAdded: false,
        isTimedOut: false,
        startedMs: clock.wallMs(),
        before: parts.model(project),
      };
      // Used on disk first: whatever happens now, this window never starts a second job.
      memory.set(project, { ...state, used, run });
      const begun = { windowAt, jobId: run.jobId, command: config.command };
      // Asked again after a refusal, it is told only once it is more than that.
      const isAgain = refused.get(project) === due.windowMs;
      if (!isAgain) told('retrain-begin', project, cause, begun);
      const refusal = add(project, config, run);
      if (refusal !== null) {
        memory.set(project, state);
        refused.set(project, due.windowMs);
        if (!isAgain) told('retrain-refused', project, refusal, { windowAt });
        return refusal;
      }
      if (isAgain) told('retrain-begin', project, cause, begun);
      refused.delete(project);
      return null;
    },
    follow() {
      for (const [project, , run] of memory.runs()) followOne(project, run);
    },
  };
}

function jobRequest(project: string, config: RetrainConfig, id: string): JobRequest {
  return {
    project,
    command: [...config.command],
    when: config.level,
    priority: 0,
    checkpointSignal: config.checkpointSignal,
    id,
    ...(config.minutes === null ? {} : { forMinutes: config.minutes }),
  };
}

function resultOf(
  run: RetrainRun,
  job: Job | null,
  after: ModelNumbers | null,
  nowText: string,
): RetrainResult {
  const result = outcomeOf(run, job);
  return {
    windowAt: new Date(run.windowMs).toISOString(),
    isMissed: run.isMissed,
    result,
    text: textOf(result, job),
    exitCode: job?.exitCode ?? null,
    jobId: run.jobId,
    startedAt: job?.startedAt ?? new Date(run.startedMs).toISOString(),
    endedAt: job?.endedAt ?? nowText,
    ranSeconds: job?.ranSeconds ?? null,
    before: run.before,
    after,
  };
}

function outcomeOf({ isTimedOut }: RetrainRun, job: Job | null): RetrainResult['result'] {
  if (isTimedOut) return 'timeout';
  if (job?.state === 'cancelled') return 'cancelled';
  if (job?.state !== 'ended' || job.exitCode === null) return 'lost';
  return job.exitCode === 0 ? 'ok' : 'failed';
}

function textOf(result: RetrainResult['result'], job: Job | null): string {
  switch (result) {
    case 'ok':
      return 'the model was trained';
    case 'failed':
      return `it ended with ${job?.exitCode ?? 'an unknown code'}`;
    case 'timeout':
      return 'it ran for too long and was ended';
    case 'cancelled':
      return job?.reason === undefined || job.reason === '' ? 'it was cancelled' : job.reason;
    default:
      return 'how it ended is not known';
  }
}
