import { stepHalt, personHalt, type Halt, type HaltView } from '../shared/consciousness/halt.ts';
import type { Wellbeing } from '../shared/consciousness/wellbeing.ts';
import { taggedWellbeing } from '../shared/consciousness/wellbeing-tags.ts';
import type { ChangeType, WellbeingTag } from '../shared/contract/vocabulary.ts';
import type { WaiverFacts } from '../shared/policy/decide.ts';
import type { Clock } from './clock.ts';

/** Where a person's word outlives a restart: JSON text by key. */
export interface ControlStore {
  control(key: string): string | null;
  setControl(key: string, value: string, nowMs: number): void;
}

export interface SetWellbeing extends Wellbeing {
  /** As the person set it, before the tags. */
  readonly setValue: number;
  readonly tags: readonly WellbeingTag[];
}

/** HALT, waivers and well-being: what people decided, and HALTs that reports asked for. */
export interface Controls {
  wellbeing(): SetWellbeing | null;
  setWellbeing(value: number, tags: readonly WellbeingTag[], forHours: number): SetWellbeing;
  halt(projectId: string): Halt | null;
  setHalt(projectId: string, who: string, why: string, untilMs: number | null): Halt;
  clearHalt(projectId: string): void;
  /** When a person last cleared this project's HALT. */
  clearedAtMs(projectId: string): number | null;
  /** Carries the project's HALT on by one look at its report. */
  stepHalt(projectId: string, view: Omit<HaltView, 'nowMs' | 'clearedAtMs'>): void;
  /** Those that still hold. */
  waivers(projectId: string): readonly WaiverFacts[];
  waive(
    projectId: string,
    waiver: { who: string; why: string; change: ChangeType; forMs: number },
  ): WaiverFacts;
}

interface Saved {
  readonly wellbeing: SetWellbeing | null;
  readonly halts: Readonly<Record<string, Halt>>;
  readonly clearedAtMs: Readonly<Record<string, number>>;
  readonly waivers: Readonly<Record<string, readonly WaiverFacts[]>>;
}

const KEY = 'controls';
const NOTHING: Saved = { wellbeing: null, halts: {}, clearedAtMs: {}, waivers: {} };
const HOUR_MS = 3_600_000;

export function createControls(clock: Clock, store: ControlStore): Controls {
  let saved = restored(store.control(KEY));
  const change = (next: Partial<Saved>): void => {
    saved = { ...saved, ...next };
    store.setControl(KEY, JSON.stringify(saved), clock.wallMs());
  };
  const putHalt = (projectId: string, halt: Halt | null): void => {
    const halts = new Map(Object.entries(saved.halts));
    if (halt === null) halts.delete(projectId);
    else halts.set(projectId, halt);
    change({ halts: Object.fromEntries(halts) });
  };
  const clearedAtMs = (projectId: string): number | null => saved.clearedAtMs[projectId] ?? null;

  return {
    wellbeing: () => ((saved.wellbeing?.untilMs ?? 0) > clock.wallMs() ? saved.wellbeing : null),
    setWellbeing(setValue, tags, forHours) {
      const setAtMs = clock.wallMs();
      const value = taggedWellbeing(setValue, tags);
      const wellbeing = { value, setValue, tags, setAtMs, untilMs: setAtMs + forHours * HOUR_MS };
      change({ wellbeing });
      return wellbeing;
    },
    halt: (projectId) => saved.halts[projectId] ?? null,
    setHalt(projectId, who, why, untilMs) {
      const halt = personHalt(who, why, clock.wallMs(), untilMs);
      putHalt(projectId, halt);
      return halt;
    },
    clearHalt(projectId) {
      putHalt(projectId, null);
      change({ clearedAtMs: { ...saved.clearedAtMs, [projectId]: clock.wallMs() } });
    },
    clearedAtMs,
    stepHalt(projectId, view) {
      const before = saved.halts[projectId] ?? null;
      const after = stepHalt(before, { ...view, nowMs: clock.wallMs(), clearedAtMs: clearedAtMs(projectId) });
      if (after !== before) putHalt(projectId, after);
    },
    waivers: (projectId) =>
      (saved.waivers[projectId] ?? []).filter((waiver) => waiver.untilMs > clock.wallMs()),
    waive(projectId, { who, why, change: changeType, forMs }) {
      const sinceMs = clock.wallMs();
      const waiver: WaiverFacts = { who, why, change: changeType, sinceMs, untilMs: sinceMs + forMs };
      const standing = (saved.waivers[projectId] ?? []).filter((other) => other.untilMs > sinceMs);
      change({ waivers: { ...saved.waivers, [projectId]: [...standing, waiver] } });
      return waiver;
    },
  };
}

/** Written by ourselves into our own database: a text that is not ours is as good as none. */
function restored(text: string | null): Saved {
  if (text === null) return NOTHING;
  try {
    return { ...NOTHING, ...(JSON.parse(text) as Partial<Saved>) };
  } catch {
    return NOTHING;
  }
}
