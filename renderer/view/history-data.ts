import type { GapCause, HistoryEvent, HistoryMetric } from '../../shared/contract/history.ts';
import type { EnergyLevel, Verdict } from '../../shared/contract/vocabulary.ts';
import type { TimeSpan } from './history-span.ts';

/** One curve. All columns are as long as `atMs`, which rises; null is "no data", never zero. */
export interface HistoryCurve {
  readonly about: HistoryMetric;
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

export interface VerdictLane {
  readonly project: string;
  /** The kind of change that was judged. */
  readonly change: string | null;
  readonly stretches: readonly Stretch<Verdict>[];
}

/** All that is known about one stretch of time at one fineness. */
export interface HistoryData {
  readonly span: TimeSpan;
  /** Width of the coarsest point. */
  readonly stepMs: number;
  readonly curves: readonly HistoryCurve[];
  readonly levels: readonly Stretch<EnergyLevel>[];
  readonly verdicts: readonly VerdictLane[];
  /** In order, never overlapping. */
  readonly gaps: readonly Stretch<GapCause>[];
  /** Oldest first. */
  readonly events: readonly HistoryEvent[];
  /** Older events were left out. */
  readonly isCut: boolean;
  /** Names of what could not be had; the rest is shown without it. */
  readonly missing: readonly string[];
}
