import type { ModelNumbers, RetrainResult } from '../../shared/contract/scaling.ts';
import type { Clock } from '../clock.ts';
import type { ControlStore } from '../controls.ts';

/** A retraining that was begun. Instants are wall clock, milliseconds since 1970. */
export interface RetrainRun {
  readonly windowMs: number;
  readonly isMissed: boolean;
  readonly jobId: string;
  /** The jobs know it: when they do not any more, it ran. */
  readonly isAdded: boolean;
  readonly isTimedOut: boolean;
  readonly startedMs: number;
  readonly before: ModelNumbers | null;
}

/** All that must outlive a restart of one project's retraining. */
export interface RetrainState {
  /** The schedule this is about; another one begins anew. */
  readonly schedule: string;
  /** Windows before it are none of ours. */
  readonly sinceMs: number;
  /** Windows that were used, the last one last. */
  readonly used: readonly number[];
  readonly run: RetrainRun | null;
  readonly last: RetrainResult | null;
}

export interface RetrainMemory {
  /** What is known of a project under this schedule. */
  of(project: string, schedule: string): RetrainState;
  /** On disk before it is in force. Throws what the record throws. */
  set(project: string, state: RetrainState): void;
  /** Every project with a retraining under way, those that left the settings too. */
  runs(): readonly (readonly [project: string, state: RetrainState, run: RetrainRun])[];
}

const KEY = 'retraining';
/** A wall clock that is set back meets windows again: so many are known for used ones. */
const MOST_USED = 500;

export function createRetrainMemory(clock: Pick<Clock, 'wallMs'>, store: ControlStore): RetrainMemory {
  let states = restored(store.control(KEY));
  const set = (project: string, state: RetrainState): void => {
    const next = new Map(states).set(project, { ...state, used: state.used.slice(-MOST_USED) });
    store.setControl(KEY, JSON.stringify(Object.fromEntries(next)), clock.wallMs());
    states = next;
  };
  return {
    of(project, schedule) {
      const nowMs = clock.wallMs();
      const known = states.get(project);
      if (known !== undefined && known.schedule === schedule && known.sinceMs <= nowMs) return known;
      const state: RetrainState = {
        schedule,
        sinceMs: nowMs,
        used: known?.used ?? [],
        run: known?.run ?? null,
        last: known?.last ?? null,
      };
      set(project, state);
      return state;
    },
    set,
    runs: () =>
      [...states].flatMap(([project, state]) =>
        state.run === null ? [] : [[project, state, state.run] as const],
      ),
  };
}

/** Written by ourselves into our own database: a text that is not ours is as good as none. */
function restored(text: string | null): Map<string, RetrainState> {
  if (text === null) return new Map();
  try {
    return new Map(Object.entries(JSON.parse(text) as Record<string, RetrainState>));
  } catch {
    return new Map();
  }
}
