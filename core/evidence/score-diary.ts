import type { ChosenScore, ChosenScores } from '../../shared/consciousness/chosen-score.ts';
import { scoreChange } from '../../shared/consciousness/score.ts';
import {
  earlierMoment,
  rememberedScores,
  type ScoreHistory,
  type ScorePast,
} from '../../shared/consciousness/score-history.ts';
import type { ScoreDetail } from '../../shared/contract/state.ts';
import type { Clock } from '../clock.ts';
import type { ControlStore } from '../controls.ts';

/** Remembers each score's last value of today and of the day before, so that a change can be told. */
export interface ScoreDiary {
  /** The scores for the snapshot, with what changed since the day before. Remembers them. */
  take(projectId: string, chosen: ChosenScores): Record<string, ScoreDetail>;
  /** Forgets projects that are not among these. */
  keepOnly(projectIds: readonly string[]): void;
}

const KEY = 'score-history';
const NO_PAST: ScoreHistory[string] = {};
/** The record is written at most this often for it; a crash loses no more. */
const WRITE_EVERY_MS = 10 * 60_000;

export function createScoreDiary(clock: Clock, store: ControlStore): ScoreDiary {
  let history = restored(store.control(KEY));
  let writtenAtMs: number | null = null;
  let writtenDay = '';

  const write = (day: string): void => {
    const isDue =
      writtenAtMs === null || day !== writtenDay || clock.monotonicMs() - writtenAtMs >= WRITE_EVERY_MS;
    if (!isDue) return;
    store.setControl(KEY, JSON.stringify(history), clock.wallMs());
    writtenAtMs = clock.monotonicMs();
    writtenDay = day;
  };

  return {
    take(projectId, chosen) {
      const day = localDay(clock.wallMs());
      const past = history[projectId] ?? NO_PAST;
      const details = Object.entries(chosen).map(([name, score]) => [name, detailOf(score, past[name], day)]);
      const next = rememberedScores(past, chosen, day);
      if (next !== past) {
        history = { ...history, [projectId]: next };
        write(day);
      }
      return Object.fromEntries(details) as Record<string, ScoreDetail>;
    },
    keepOnly(projectIds) {
      const kept = Object.entries(history).filter(([id]) => projectIds.includes(id));
      if (kept.length < Object.keys(history).length) history = Object.fromEntries(kept);
    },
  };
}

function detailOf(score: ChosenScore, past: ScorePast | undefined, day: string): ScoreDetail {
  const earlier = earlierMoment(past, day);
  return {
    ...plainDetail(score),
    ...(earlier === null ? { delta: null, topMover: null } : scoreChange(earlier, score, score.formula)),
  };
}

/** A score as the contract shows it, with nothing to hold it against. */
export function plainDetail(score: ChosenScore): ScoreDetail {
  return {
    value: score.value,
    source: score.source,
    confidence: score.confidence,
    ageSeconds: score.ageSeconds,
    delta: null,
    topMover: null,
    inputs: score.inputs.map(({ name, value, weightPercent, ageSeconds, source, detail, problem }) => ({
      name,
      value,
      weightPercent,
      ageSeconds,
      source,
      detail,
      problem,
    })),
  };
}

/** The person's calendar day: "since yesterday" is about their night, not about UTC's. */
function localDay(wallMs: number): string {
  const at = new Date(wallMs);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Written by ourselves into our own record: a text that is not ours is as good as none. */
function restored(text: string | null): ScoreHistory {
  try {
    const value: unknown = text === null ? {} : JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as ScoreHistory) : {};
  } catch {
    return {};
  }
}
