import type { DrainRate } from './forecast-rates.ts';

/** How the two ways in use are counted: what they read, and what a reading of nothing means to them. */
export interface Counting {
  readonly name: string;
  readonly reads: 'watts' | 'falls';
  /** Nobody says more than this. */
  readonly mostMinutes: number;
  /** A row that shows no drain: an answer of `mostMinutes`, or no reading at all. */
  readonly nothingMeans: 'longest' | 'silence';
  /** Whether the first row of a run counts; its watts are often from before the plug was pulled. */
  readonly firstRowCounts: boolean;
  /** On which machines the bars are judged by this counting; null where it is only printed. */
  readonly judges: LaptopGroup | null;
}

export const LAPTOP_GROUPS = ['all laptops', 'laptops with watts'] as const;
export type LaptopGroup = (typeof LAPTOP_GROUPS)[number];

/**
 * The bars were set by where a plain mixture stands (`forecast-mixture.ts`): 0.73, 0.54 and 0.91. They are judged by the
 * two countings under which it stands nearest there, each on its machines; the others are printed beside them.
 */
export const COUNTINGS: readonly Counting[] = [
  {
    name: 'by watts, nothing is 4 h, the longest answer',
    reads: 'watts',
    mostMinutes: 240,
    nothingMeans: 'longest',
    firstRowCounts: true,
    judges: 'all laptops',
  },
  {
    name: 'by falls, nothing is 8 h, the longest answer',
    reads: 'falls',
    mostMinutes: 480,
    nothingMeans: 'longest',
    firstRowCounts: true,
    judges: 'laptops with watts',
  },
  {
    name: 'by watts, nothing is 24 h, the longest answer',
    reads: 'watts',
    mostMinutes: 1440,
    nothingMeans: 'longest',
    firstRowCounts: true,
    judges: null,
  },
  {
    name: 'by watts, nothing is no reading',
    reads: 'watts',
    mostMinutes: 1440,
    nothingMeans: 'silence',
    firstRowCounts: true,
    judges: null,
  },
  {
    name: "the same, nor is a run's first row",
    reads: 'watts',
    mostMinutes: 1440,
    nothingMeans: 'silence',
    firstRowCounts: false,
    judges: null,
  },
  {
    name: 'by falls, nothing is no reading',
    reads: 'falls',
    mostMinutes: 1440,
    nothingMeans: 'silence',
    firstRowCounts: true,
    judges: null,
  },
];

/** Minutes to go; null is no answer. */
export interface PeerAnswer {
  readonly instant: number | null;
  readonly smoothed: number | null;
}

const SMOOTHING_MINUTES = 200 / 60;

/**
 * What a desktop would say after a row with so many points left: charge over the present power, and charge over its
 * exponential average with a time constant of 200 s, begun anew with every run.
 */
export function peerAnswers(
  rates: readonly DrainRate[],
  counting: Counting,
): (index: number, leftPercent: number) => PeerAnswer {
  let average: number | null = null;
  let run = -1;
  const known = rates.map((row) => {
    const isFirst = row.run !== run;
    if (isFirst) average = null;
    run = row.run;
    const now = row.percentPerMinute;
    const isSilent = now === null || (now <= 0 && counting.nothingMeans === 'silence');
    if (!isSilent && (counting.firstRowCounts || !isFirst)) {
      average =
        average === null ? now : average + (1 - Math.exp(-row.minutes / SMOOTHING_MINUTES)) * (now - average);
    }
    return { now: isSilent ? null : now, average };
  });
  const minutes = (rate: number | null, leftPercent: number): number | null =>
    rate === null ? null : Math.min(counting.mostMinutes, rate > 0 ? leftPercent / rate : Infinity);
  return (index, leftPercent) => ({
    instant: minutes(known[index]?.now ?? null, leftPercent),
    smoothed: minutes(known[index]?.average ?? null, leftPercent),
  });
}
