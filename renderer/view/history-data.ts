import type { EnergyLevel, Verdict } from '../../shared/contract/vocabulary.ts';
import type { TimeSpan } from './history-span.ts';

/** One curve. All arrays are as long as `atMs`, which rises; null is "no data", never zero. */
export interface HistorySeries {
  /** The metric's name and, where it belongs to one, the project's: unique within an answer. */
  readonly id: string;
  readonly metric: string;
  readonly project: string | null;
  /** About the person: stays on this machine. */
  readonly isPrivate: boolean;
  readonly atMs: readonly number[];
  readonly values: readonly (number | null)[];
  /** The least and the most within each step; the same as `values` where every sample is there. */
  readonly lows: readonly (number | null)[];
  readonly highs: readonly (number | null)[];
}

/** Something that held for a while. */
export interface Stretch<T extends string> extends TimeSpan {
  readonly value: T;
}

export type GapWhy = 'asleep' | 'not-running' | 'unknown';

export type MarkKind = 'deployment' | 'incident' | 'halt' | 'alert' | 'level';

/** Something that happened at a moment. */
export interface HistoryMark {
  readonly atMs: number;
  readonly kind: MarkKind;
  readonly project: string | null;
  /** In words, for a person. */
  readonly text: string;
}

/** All that is known about one stretch of time at one fineness. */
export interface HistoryData {
  readonly span: TimeSpan;
  readonly stepMs: number;
  readonly series: readonly HistorySeries[];
  readonly levels: readonly Stretch<EnergyLevel>[];
  readonly verdicts: readonly { readonly project: string; readonly stretches: readonly Stretch<Verdict>[] }[];
  readonly gaps: readonly Stretch<GapWhy>[];
  readonly marks: readonly HistoryMark[];
  /** The first sample that is kept; null where there is none. */
  readonly sinceMs: number | null;
  /** What a person should know about the history itself: a database that was set aside. */
  readonly notes: readonly string[];
  /** Parts that could not be had, in words: the rest is shown without them. */
  readonly missing: readonly string[];
}

export function seriesId(metric: string, project: string | null): string {
  return project === null ? metric : `${metric}@${project}`;
}
