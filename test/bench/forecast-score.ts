import type { Asking } from './forecast-asking.ts';

export interface ForecastScore {
  readonly askings: number;
  /** Share of askings with an answer, 0..1. */
  readonly answered: number;
  /** Share of answers whose range held the truth, 0..1. */
  readonly held: number;
  readonly meanMinutes: number;
  readonly medianMinutes: number;
  /** Own error over the peer's, each on the askings it answered. */
  readonly meanToSmoothed: number;
  readonly meanToInstant: number;
  readonly medianToSmoothed: number;
  /** The same on the askings both answered: without the peers' first minutes, when they know least. */
  readonly sharedToSmoothed: number;
  readonly sharedToInstant: number;
}

/** What is promised for laptops. */
const BARS = {
  meanToSmoothed: 0.7,
  meanToInstant: 0.52,
  medianToSmoothed: 0.9,
  answered: 0.8,
  held: [0.75, 0.9],
} as const;

export const SCORE_HEADER = `${' '.repeat(33)}askings  answered    held  mean  median | own error / 200 s average: mean, median | \
/ instant: mean | where both answered: / 200 s, / instant`;

export function forecastScore(askings: readonly Asking[]): ForecastScore {
  const answers = askings.flatMap(({ own, trueMinutes }) => (own === null ? [] : [{ ...own, trueMinutes }]));
  const errors = answers.map((one) => Math.abs(one.minutes50 - one.trueMinutes));
  const smoothed = compared(askings, (one) => one.smoothed);
  const instant = compared(askings, (one) => one.instant);
  const isHeld = (one: (typeof answers)[number]): boolean =>
    one.minutes10 <= one.trueMinutes && one.trueMinutes <= one.minutes90;
  return {
    askings: askings.length,
    answered: answers.length / askings.length,
    held: answers.filter(isHeld).length / answers.length,
    meanMinutes: mean(errors),
    medianMinutes: median(errors),
    meanToSmoothed: mean(errors) / mean(smoothed.peerAll),
    meanToInstant: mean(errors) / mean(instant.peerAll),
    medianToSmoothed: median(errors) / median(smoothed.peerAll),
    sharedToSmoothed: mean(smoothed.own) / mean(smoothed.peer),
    sharedToInstant: mean(instant.own) / mean(instant.peer),
  };
}

export function scoreLine(name: string, score: ForecastScore): string {
  const share = (value: number): string => `${(value * 100).toFixed(1)} %`;
  const ratio = (value: number, width: number): string => value.toFixed(3).padStart(width);
  return [
    name.padEnd(32),
    String(score.askings).padStart(7),
    share(score.answered).padStart(9),
    share(score.held).padStart(7),
    score.meanMinutes.toFixed(2).padStart(5),
    score.medianMinutes.toFixed(2).padStart(7),
    ratio(score.meanToSmoothed, 34),
    ratio(score.medianToSmoothed, 7),
    ratio(score.meanToInstant, 17),
    ratio(score.sharedToSmoothed, 31),
    ratio(score.sharedToInstant, 10),
  ].join(' ');
}

/** The bars a score misses, as sentences. */
export function missedBars(score: ForecastScore): string[] {
  const missed: string[] = [];
  for (const bar of ['meanToSmoothed', 'meanToInstant', 'medianToSmoothed'] as const) {
    if (!(score[bar] <= BARS[bar]))
      missed.push(`${bar} is ${score[bar].toFixed(3)}, promised at most ${BARS[bar]}`);
  }
  if (!(score.answered >= BARS.answered))
    missed.push(`answered is ${score.answered.toFixed(3)}, promised ${BARS.answered}`);
  const [least, most] = BARS.held;
  if (!(score.held >= least && score.held <= most))
    missed.push(`the range held ${score.held.toFixed(3)}, promised ${least} to ${most}`);
  return missed;
}

function compared(
  askings: readonly Asking[],
  peerOf: (asking: Asking) => number | null,
): { own: number[]; peer: number[]; peerAll: number[] } {
  const answered = askings.flatMap((asking) => {
    const peer = peerOf(asking);
    if (peer === null) return [];
    const own = asking.own === null ? null : Math.abs(asking.own.minutes50 - asking.trueMinutes);
    return [{ own, peer: Math.abs(peer - asking.trueMinutes) }];
  });
  const both = answered.filter((one) => one.own !== null);
  return {
    own: both.map((one) => one.own ?? 0),
    peer: both.map((one) => one.peer),
    peerAll: answered.map((one) => one.peer),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
