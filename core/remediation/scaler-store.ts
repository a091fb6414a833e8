import { NO_SCALING, type ScalerMemory } from '../../shared/scaling/scaler.ts';
import type { Clock } from '../clock.ts';
import type { ControlStore } from '../controls.ts';

/** The last number of each project, so that a restart changes none and no cool-down is forgotten. */
export interface ScalerStore {
  /** As an earlier core left it; null where it left nothing. */
  memory(project: string): ScalerMemory | null;
  keep(project: string, memory: ScalerMemory): void;
  /** Wall clock, milliseconds since 1970. */
  decidedMs(project: string): number | null;
}

interface Kept {
  readonly desired: number;
  readonly decidedMs: number;
}

const KEY = 'scaling';

export function createScalerStore(clock: Clock, store: ControlStore): ScalerStore {
  let kept = restored(store.control(KEY));
  return {
    memory(project) {
      const known = kept[project];
      if (known === undefined) return null;
      // A wall clock that went back makes the cool-down whole, never negative.
      const sinceMs = Math.max(0, clock.wallMs() - known.decidedMs);
      return { ...NO_SCALING, desired: known.desired, changedAtMs: clock.monotonicMs() - sinceMs };
    },
    keep(project, { desired }) {
      if (desired === null) return;
      kept = { ...kept, [project]: { desired, decidedMs: clock.wallMs() } };
      store.setControl(KEY, JSON.stringify(kept), clock.wallMs());
    },
    decidedMs: (project) => kept[project]?.decidedMs ?? null,
  };
}

/** Written by ourselves into our own database: a text that is not ours is as good as none. */
function restored(text: string | null): Readonly<Record<string, Kept>> {
  if (text === null) return {};
  try {
    return JSON.parse(text) as Record<string, Kept>;
  } catch {
    return {};
  }
}
