import type { ProjectConfig } from '../../shared/contract/config.ts';
import type { Scaling, ScalingList } from '../../shared/contract/scaling.ts';
import type { ScalingConfig } from '../../shared/contract/scaling-config.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { NO_SCALING, stepScaler, type ScalerMemory, type ScalingFacts } from '../../shared/scaling/scaler.ts';
import { createConfiguredToken } from '../metrics/configured-token.ts';
import type { Room, RoomContext } from '../room.ts';
import type { JobsDesk } from './jobs-desk.ts';
import { createScalerHand } from './scaler-hand.ts';
import { createScalerStore } from './scaler-store.ts';

/** Why there is no number. */
export interface ScalingRefusal {
  readonly refused: 'not-found' | 'unavailable';
  readonly text: string;
}

/** How many instances of each project are wanted, and setting that number (domain 1.5). */
export interface ScalerRoom extends Required<Pick<Room, 'take' | 'start' | 'stop'>> {
  /** Refused while nothing is known or what is known is old: never a number then. */
  one(project: string): Scaling | ScalingRefusal;
  list(): ScalingList;
  /** Whether an Authorization header holds the token that opens GET /v1/scaling alone. */
  acceptsReader(authorization: string | undefined): boolean;
  notes(): Snapshot['notes'];
}

type ScalerContext = Pick<
  RoomContext,
  'clock' | 'chance' | 'env' | 'record' | 'core' | 'config' | 'runner' | 'intervalMs' | 'onFault'
> & {
  readonly jobs: Pick<JobsDesk, 'startedOf'>;
  /** Why nothing of the settings may be acted on; null when it may. */
  readonly distrust: () => string | null;
};

/** Older than so many intervals a snapshot says nothing any more. */
const STALE_INTERVALS = 3;

interface Known {
  readonly memory: ScalerMemory;
  readonly reason: string;
  readonly facts: ScalingFacts;
}

export function createScalerRoom(context: ScalerContext): ScalerRoom {
  const { clock, core, jobs } = context;
  const store = createScalerStore(clock, context.record);
  const hand = createScalerHand({ ...context, onChange: () => core.request() });
  const token = createConfiguredToken('scaler.tokenFile', context.onFault);
  const known = new Map<string, Known>();
  let isStarted = false;
  let taken: { monotonicMs: number; bootMs: number | null; wallMs: number } | null = null;

  const scaled = (): (ProjectConfig & { readonly scaling: ScalingConfig })[] =>
    core
      .entries()
      .flatMap(({ project }) => (project.scaling === null ? [] : [{ ...project, scaling: project.scaling }]));
  const validMs = (): number =>
    STALE_INTERVALS * (context.intervalMs ?? context.config().intervalSeconds * 1000);
  const isStale = (): boolean => {
    if (taken === null) return true;
    const bootMs = clock.bootMs?.() ?? null;
    const ageMs = clock.monotonicMs() - taken.monotonicMs;
    // Asleep, the monotonic clock may stand still.
    const withSleepMs =
      bootMs !== null && taken.bootMs !== null ? bootMs - taken.bootMs : clock.wallMs() - taken.wallMs;
    return Math.max(ageMs, withSleepMs) > validMs();
  };

  const consider = ({ id, path, scaling }: ReturnType<typeof scaled>[number], snapshot: Snapshot): void => {
    const facts = factsOf(id, snapshot, jobs.startedOf(id));
    const before = known.get(id)?.memory ?? store.memory(id) ?? NO_SCALING;
    const { memory, reason, isChanged } = stepScaler(before, facts, scaling, clock.monotonicMs());
    known.set(id, { memory, reason, facts });
    if (isChanged) store.keep(id, memory);
    if (memory.desired === null) return;
    hand.see({
      ...{ project: id, folder: path, scaling, desired: memory.desired, cause: reason },
      runningJobs: () => jobs.startedOf(id),
    });
  };

  const shown = (
    { id, scaling }: ReturnType<typeof scaled>[number],
    { facts, reason }: Known,
  ): Omit<Scaling, 'desiredReplicas' | 'decidedAt'> => ({
    project: id,
    reason,
    validUntil: new Date((taken?.wallMs ?? 0) + validMs()).toISOString(),
    min: scaling.min,
    max: scaling.max,
    level: facts.level,
    runningJobCount: facts.runningJobs,
    mode: scaling.mode,
    executor: scaling.executor.kind,
    setReplicas: hand.set(id),
    problem: hand.problem(id),
  });
  const decidedAt = (id: string): string => new Date(store.decidedMs(id) ?? clock.wallMs()).toISOString();

  return {
    take(snapshot) {
      taken = { monotonicMs: clock.monotonicMs(), bootMs: clock.bootMs?.() ?? null, wallMs: clock.wallMs() };
      if (!isStarted) return;
      token.see(context.config().scaler.tokenFile);
      const all = scaled();
      const ids = all.map(({ id }) => id);
      for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
      hand.keepOnly(ids);
      for (const project of all) consider(project, snapshot);
    },
    start() {
      isStarted = true;
      core.request();
    },
    async stop() {
      isStarted = false;
      await hand.stop();
    },
    one(id) {
      const project = scaled().find((one) => one.id === id);
      if (project === undefined)
        return { refused: 'not-found', text: `"${id.slice(0, 64)}" has no scaling in the settings.` };
      const now = known.get(id);
      if (isStale()) return { refused: 'unavailable', text: 'What is known is too old.' };
      if (now === undefined || now.memory.desired === null || now.facts.level === 'UNKNOWN')
        return { refused: 'unavailable', text: sentence(now?.reason ?? 'nothing was read yet') };
      return { ...shown(project, now), desiredReplicas: now.memory.desired, decidedAt: decidedAt(id) };
    },
    list: () =>
      scaled().flatMap((project) => {
        const now = known.get(project.id);
        if (now === undefined) return [];
        const desired = isStale() ? null : now.memory.desired;
        return [
          {
            ...shown(project, now),
            desiredReplicas: desired,
            decidedAt: desired === null ? null : decidedAt(project.id),
          },
        ];
      }),
    acceptsReader: (authorization) => token.accepts(authorization),
    notes: () => [
      ...[token.problem()].flatMap((text) => (text === null ? [] : [{ code: 'scaling-token', text }])),
      ...scaled().flatMap(({ id }) => {
        const problem = hand.problem(id);
        return problem === null
          ? []
          : [{ code: 'scaling', text: `Instances of ${id} were not set: ${problem}.` }];
      }),
    ],
  };
}

export function isScalingRefusal(answer: object): answer is ScalingRefusal {
  return 'refused' in answer;
}

function factsOf(id: string, snapshot: Snapshot, runningJobs: number): ScalingFacts {
  const { energy, machine, projects } = snapshot;
  const project = projects.find((one) => one.id === id);
  const load = project?.scores['computation_load'];
  return {
    level: energy.level,
    why: energy.why,
    operatingMode: project?.operatingMode ?? null,
    loadPercent: typeof load === 'number' ? load : machine.cpuPercent,
    runningJobs,
    reservePercent: energy.reservePercent,
    haltWhy: project?.halt?.why ?? null,
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
