import type { ProjectConfig } from '../../shared/contract/config.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { RetrainConfig } from '../../shared/contract/retrain-config.ts';
import type { ModelNumbers, Schedule } from '../../shared/contract/scaling.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { dueWindow, type DueWindow } from '../../shared/retraining/due-window.ts';
import {
  hasNetPower,
  isPowerShort,
  retrainWait,
  type RetrainFacts,
  type RetrainWait,
} from '../../shared/retraining/retrain-rule.ts';
import { createClockWatch } from '../clock-watch.ts';
import { endedWithin } from '../deadline.ts';
import { projectEvidence } from '../metrics/project-evidence.ts';
import type { Room, RoomContext } from '../room.ts';
import { isRefusal, type JobsDesk } from './jobs-desk.ts';
import { createRetrainMemory } from './retrain-memory.ts';
import { createRetrainRuns, scheduleKey } from './retrain-runs.ts';
import { createRetrainWindows, type RetrainWindows } from './retrain-windows.ts';

/** Models that are trained again on a schedule (domain 1.5, behaviour 30). */
export interface RetrainRoom extends Required<Pick<Room, 'take' | 'start' | 'stop'>> {
  /** Every project that has a schedule, in the order of the settings. */
  list(): Schedule[];
}

type RetrainContext = Pick<RoomContext, 'clock' | 'chance' | 'record' | 'core' | 'config' | 'onFault'> & {
  readonly jobs: Pick<JobsDesk, 'add' | 'one' | 'cancel'>;
  /** Why no command of the settings may be run; null when it may. */
  readonly distrust: () => string | null;
};

/** A window that is seen so long after it opened is still in time; ticks come on top. */
const IN_TIME_MS = 5 * 60_000;
const READ_MODEL_MS = 10_000;
/** What the jobs refused is asked for again after so long. */
const ASK_AGAIN_MS = 10 * 60_000;

interface Waiting {
  readonly due: DueWindow;
  readonly wait: RetrainWait;
}

export function createRetrainRoom(context: RetrainContext): RetrainRoom {
  const { clock, core, jobs } = context;
  const memory = createRetrainMemory(clock, context.record);
  const watch = createClockWatch(clock);
  const windows = new Map<string, { readonly key: string; readonly windows: RetrainWindows }>();
  const waiting = new Map<string, Waiting>();
  const refusedAtMs = new Map<string, number>();
  let isStarted = false;
  let netPowerSinceMs: number | null = null;
  let cancelTimer: (() => void) | null = null;

  const entryOf = (id: string): ReturnType<typeof core.entries>[number] | undefined =>
    core.entries().find(({ project }) => project.id === id);
  const scheduled = (): (ProjectConfig & { readonly retrain: RetrainConfig })[] =>
    core
      .entries()
      .flatMap(({ project }) => (project.retrain === null ? [] : [{ ...project, retrain: project.retrain }]));
  const model = (id: string): ModelNumbers | null => {
    const entry = entryOf(id);
    if (entry === undefined) return null;
    const { gatherer, watch: folder } = entry;
    const known = projectEvidence(gatherer.measured().measurements, folder.evidence().report, clock.wallMs());
    const [accuracy = null, drift = null, latencySeconds = null] = [
      known.accuracy,
      known.drift,
      known.latencySeconds,
    ].map((number) => number?.value ?? null);
    const isKnown = accuracy !== null || drift !== null || latencySeconds !== null;
    return isKnown ? { accuracy, drift, latencySeconds } : null;
  };
  const runs = createRetrainRuns({
    clock,
    jobs,
    memory,
    record: context.record,
    config: (id) => entryOf(id)?.project.retrain ?? null,
    model,
    async readModel(id) {
      const entry = entryOf(id);
      if (entry === undefined) return null;
      await endedWithin(Promise.all([entry.gatherer.gather(), entry.watch.refresh()]), READ_MODEL_MS, clock);
      return model(id);
    },
    onEnded: () => core.request(),
    onFault: context.onFault,
  });

  const windowsOf = (id: string, retrain: RetrainConfig): RetrainWindows => {
    const key = scheduleKey(retrain);
    const known = windows.get(id);
    if (known?.key === key) return known.windows;
    const made = createRetrainWindows(retrain.schedule, retrain.timeZone);
    windows.set(id, { key, windows: made });
    return made;
  };
  const factsOf = (id: string, { energy, projects }: Snapshot): RetrainFacts => {
    const state = projects.find((project) => project.id === id);
    return {
      level: energy.level,
      why: energy.why,
      reservePercent: energy.reservePercent,
      cooling: energy.thermal.coolingStatus,
      hottestC: energy.thermal.hottestC,
      freshness: state?.freshness ?? null,
      haltWhy: state?.halt?.why ?? null,
      netPowerForMs: netPowerSinceMs === null ? null : clock.monotonicMs() - netPowerSinceMs,
      busyWith: memory.runs()[0]?.[0] ?? null,
    };
  };

  const consider = (id: string, retrain: RetrainConfig, snapshot: Snapshot): void => {
    const state = memory.of(id, scheduleKey(retrain));
    if (state.run !== null) {
      waiting.delete(id);
      return;
    }
    const facts = factsOf(id, snapshot);
    const nowMs = clock.wallMs();
    const latestMs = windowsOf(id, retrain).latest(nowMs);
    const due = dueWindow(waiting.get(id)?.due ?? null, {
      nowMs,
      latestMs: latestMs !== null && latestMs > state.sinceMs ? latestMs : null,
      isUsed: (windowMs) => state.used.includes(windowMs),
      inTimeMs: IN_TIME_MS + context.config().intervalSeconds * 1000,
      isPowerShort: isPowerShort(facts, retrain),
      chance: context.chance,
    });
    if (due === null) {
      waiting.delete(id);
      return;
    }
    const wait = retrainWait(due, retrain, facts) ?? use(id, retrain, due);
    if (wait === null) waiting.delete(id);
    else waiting.set(id, { due, wait });
  };

  /** Null when the window was used. */
  const use = (id: string, retrain: RetrainConfig, due: DueWindow): RetrainWait | null => {
    const askedMs = refusedAtMs.get(id);
    const before = waiting.get(id)?.wait;
    if (before?.code === 'refused' && askedMs !== undefined && clock.monotonicMs() - askedMs < ASK_AGAIN_MS)
      return before;
    const refusal = context.distrust() ?? runs.begin(id, retrain, due);
    if (refusal === null) return null;
    refusedAtMs.set(id, clock.monotonicMs());
    return { code: 'refused', reason: refusal, until: 'that changes', inMs: null };
  };

  const wakeAtNext = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    const nowMs = clock.wallMs();
    const next = scheduled()
      .map(({ id, retrain }) => windowsOf(id, retrain).next(nowMs))
      .filter((windowMs) => windowMs !== null);
    const inMs = Math.min(...next) - nowMs;
    // Further ones are met by the ticks before them.
    if (inMs < 15 * 60_000) cancelTimer = clock.after(Math.max(0, inMs), () => core.request());
  };

  const forgetLeft = (ids: readonly string[]): void => {
    for (const map of [windows, waiting, refusedAtMs])
      for (const id of map.keys()) if (!ids.includes(id)) map.delete(id);
  };

  return {
    take(snapshot) {
      // Asleep, nobody saw whether the power held; a clock that was set may have opened a window by itself.
      const { sleptMs, wallJumpMs } = watch.look();
      const isNew = sleptMs !== null || wallJumpMs !== null;
      if (!hasNetPower(snapshot.energy)) netPowerSinceMs = null;
      else if (netPowerSinceMs === null || isNew) netPowerSinceMs = clock.monotonicMs();
      if (!isStarted) return;
      runs.follow();
      const all = scheduled();
      forgetLeft(all.map(({ id }) => id));
      // The window that opened first goes first.
      const opened = ({ id }: { readonly id: string }): number => waiting.get(id)?.due.windowMs ?? Infinity;
      for (const { id, retrain } of all.sort((one, other) => opened(one) - opened(other)))
        consider(id, retrain, snapshot);
      wakeAtNext();
    },
    start() {
      isStarted = true;
      core.request();
    },
    stop() {
      isStarted = false;
      cancelTimer?.();
    },
    list: () =>
      scheduled().map(({ id, retrain }) => {
        const state = memory.of(id, scheduleKey(retrain));
        const { run } = state;
        const job = run === null ? null : jobs.one(run.jobId);
        const known = job === null || isRefusal(job) ? null : job;
        const waits = waiting.get(id) ?? null;
        const window = run ?? waits?.due ?? null;
        return {
          project: id,
          schedule: retrain.schedule,
          timeZone: retrain.timeZone,
          command: [...retrain.command],
          observeOnly: retrain.observeOnly,
          state: run !== null ? 'running' : waits === null ? 'idle' : 'waiting',
          nextWindowAt: isoText(windowsOf(id, retrain).next(clock.wallMs())),
          window:
            window === null
              ? null
              : { at: new Date(window.windowMs).toISOString(), isMissed: window.isMissed },
          wait:
            waits !== null
              ? {
                  reason: waits.wait.reason,
                  until: waits.wait.until,
                  untilAt: isoText(waits.wait.inMs === null ? null : clock.wallMs() + waits.wait.inMs),
                }
              : jobWait(known),
          jobId: run?.jobId ?? null,
          last: state.last,
        };
      }),
  };
}

/** Why the job of a retraining does not run now; null while it does. */
function jobWait(job: Job | null): Schedule['wait'] {
  if (job === null || job.until === null) return null;
  return { reason: job.reason, until: job.until, untilAt: job.untilAt };
}

function isoText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
