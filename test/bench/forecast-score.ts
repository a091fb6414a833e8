import type { Asking } from './forecast-asking.ts';
import { COUNTINGS } from './forecast-peers.ts';
import type { LaptopGroup } from './forecast-peers.ts';

/** An error as a share of the two ways', each on the askings it answered. */
export interface Ratios {
  readonly meanToSmoothed: number;
  readonly meanToInstant: number;
  readonly medianToSmoothed: number;
}

export interface ForecastScore {
  readonly askings: number;
  /** Share of askings with an answer, 0..1. */
  readonly answered: number;
  /** Share of answers whose range held the truth, 0..1. */
  readonly held: number;
  readonly meanMinutes: number;
  readonly medianMinutes: number;
  /** Own error over the mixture's. */
  readonly meanToMixture: number;
  readonly medianToMixture: number;
  /** In the order of `COUNTINGS`: how the forecast and the plain mixture stand. */
  readonly counted: readonly { readonly own: Ratios; readonly mixture: Ratios }[];
}

/** What is promised for laptops. A mixture stands at 0.73, 0.54 and 0.91 where the first three are set. */
const BARS = {
  meanToSmoothed: 0.7,
  meanToInstant: 0.52,
  medianToSmoothed: 0.9,
  answered: 0.8,
  held: [0.75, 0.9],
} as const;
/** The same distance from the mixture, whatever the two ways are counted by: 0.70 / 0.73 and 0.90 / 0.91. */
const MIXTURE_BARS = { meanToMixture: 0.96, medianToMixture: 0.99 } as const;

export const SCORE_HEADER = `${' '.repeat(33)}askings  answered    held  mean  median | own error / 200 s average: mean, median | \
/ instant: mean | / mixture: mean, median`;

export const COUNTING_HEADER = `  How the two ways are counted (* the bars hold here): \
mean / 200 s average, mean / instant, median / 200 s average; of the forecast, then of the plain mixture`;

export function forecastScore(askings: readonly Asking[]): ForecastScore {
  const answers = askings.flatMap(({ own, trueMinutes }) => (own === null ? [] : [{ ...own, trueMinutes }]));
  const errors = answers.map((one) => Math.abs(one.minutes50 - one.trueMinutes));
  const mixture = errorsOf(askings, (one) => one.mixture);
  const isHeld = (one: (typeof answers)[number]): boolean =>
    one.minutes10 <= one.trueMinutes && one.trueMinutes <= one.minutes90;
  return {
    askings: askings.length,
    answered: answers.length / askings.length,
    held: answers.filter(isHeld).length / answers.length,
    meanMinutes: mean(errors),
    medianMinutes: median(errors),
    meanToMixture: mean(errors) / mean(mixture),
    medianToMixture: median(errors) / median(mixture),
    counted: COUNTINGS.map((_, index) => {
      const smoothed = errorsOf(askings, (one) => one.peers[index]?.smoothed ?? null);
      const instant = errorsOf(askings, (one) => one.peers[index]?.instant ?? null);
      const ratios = (some: readonly number[]): Ratios => ({
        meanToSmoothed: mean(some) / mean(smoothed),
        meanToInstant: mean(some) / mean(instant),
        medianToSmoothed: median(some) / median(smoothed),
      });
      return { own: ratios(errors), mixture: ratios(mixture) };
    }),
  };
}

/** One line; the ratios are those of the first counting. */
export function scoreLine(name: string, score: ForecastScore): string {
  const share = (value: number): string => `${(value * 100).toFixed(1)} %`;
  const ratio = (value: number, width: number): string => value.toFixed(3).padStart(width);
  const { own } = score.counted[0]!;
  return [
    name.padEnd(32),
    String(score.askings).padStart(7),
    share(score.answered).padStart(9),
    share(score.held).padStart(7),
    score.meanMinutes.toFixed(2).padStart(5),
    score.medianMinutes.toFixed(2).padStart(7),
    ratio(own.meanToSmoothed, 34),
    ratio(own.medianToSmoothed, 7),
    ratio(own.meanToInstant, 17),
    ratio(score.meanToMixture, 18),
    ratio(score.medianToMixture, 7),
  ].join(' ');
}

/** The same score under every counting; the bars it would miss there, and where that counts. */
export function countingLines(score: ForecastScore, group: LaptopGroup): string[] {
  const three = (one: Ratios): string =>
    [one.meanToSmoothed, one.meanToInstant, one.medianToSmoothed].map((value) => value.toFixed(2)).join(' ');
  return COUNTINGS.map(({ name, judges }, index) => {
    const { own, mixture } = score.counted[index]!;
    const missed = missedRatios(own);
    const verdict = missed.length === 0 ? 'meets the three bars' : `misses ${missed.join(', ')}`;
    return `  ${judges === group ? '*' : ' '} ${name.padEnd(47)} ${three(own)}   ${three(mixture)}   ${verdict}`;
  });
}

/** The bars a score of these machines misses, as sentences. */
export function missedBars(score: ForecastScore, group: LaptopGroup): string[] {
  const missed = COUNTINGS.flatMap(({ name, judges }, index) => {
    const { own } = score.counted[index]!;
    return judges !== group
      ? []
      : missedRatios(own).map(
          (bar) => `${name}: ${bar} is ${own[bar].toFixed(3)}, promised at most ${BARS[bar]}`,
        );
  });
  for (const bar of ['meanToMixture', 'medianToMixture'] as const) {
    if (!(score[bar] <= MIXTURE_BARS[bar]))
      missed.push(`${bar} is ${score[bar].toFixed(3)}, promised at most ${MIXTURE_BARS[bar]}`);
  }
  if (!(score.answered >= BARS.answered))
    missed.push(`answered is ${score.answered.toFixed(3)}, promised ${BARS.answered}`);
  const [least, most] = BARS.held;
  if (!(score.held >= least && score.held <= most))
    missed.push(`the range held ${score.held.toFixed(3)}, promised ${least} to ${most}`);
  return missed;
}

function missedRatios(ratios: Ratios): (keyof Ratios)[] {
  return (['meanToSmoothed', 'meanToInstant', 'medianToSmoothed'] as const).filter(
    (bar) => !(ratios[bar] <= BARS[bar]),
  );
}

function errorsOf(askings: readonly Asking[], answerOf: (asking: Asking) => number | null): number[] {
  return askings.flatMap((asking) => {
    const answer = answerOf(asking);
    return answer === null ? [] : [Math.abs(answer - asking.trueMinutes)];
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
