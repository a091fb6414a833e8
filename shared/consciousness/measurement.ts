import type { Measure } from '../contract/vocabulary.ts';

export type { Measure } from '../contract/vocabulary.ts';

export interface Measurement {
  /** 0..100, higher is better; null where nothing could be measured. */
  readonly value: number | null;
  /** Wall milliseconds of what was measured; null when not known. */
  readonly atMs: number | null;
  /** File, address or "record". */
  readonly source: string;
  /** "212 of 214 tests passed"; null when there is nothing to add. */
  readonly detail: string | null;
  /** Why there is no value, naming file, line and field; null when nothing is wrong. */
  readonly problem: string | null;
  /** The number itself, where it says more than its 0..100; there also where nothing can be held against it. */
  readonly stated?: StatedNumber;
}

export interface StatedNumber {
  /** A share 0..1, or milliseconds for a latency. */
  readonly value: number;
  /** Of what it is held against, in the same unit; null without one. */
  readonly baseline: number | null;
  /** Wall milliseconds. */
  readonly atMs: number;
}

/** A measure that is not in here does not apply: the project names nothing of the kind and nothing was found. */
export type Measurements = Readonly<Partial<Record<Measure, Measurement>>>;

/** A measure that applies and has no value. */
export function unmeasured(source: string, problem: string): Measurement {
  return { value: null, atMs: null, source, detail: null, problem };
}
