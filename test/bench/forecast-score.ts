import type { Asking } from './forecast-asking.ts';

export interface ForecastScore {
  readonly askings: number;
  /** Share of askings with an answer, 0..1. */
  readonly answered: number;
  /** Share of answers whose range held the truth, 0..1. */
  readonly held: number;
  readonly meanMinutes: number;
  readonly medianMinutes: number;
  /** Own error over the peer's, on the askings both answered. */
  readonly meanToSmoothed: number;
  readonly meanToInstant: number;
  readonly medianToSmoothed: number;
}

/** What is promised for laptops. */
const BARS = {
  meanToSmoothed: 0.7,
  meanToInstant: 0.52,
  medianToSmoothed: 0.9,
  answered: 0.8,
  held: [0.75, 0.9],
} as const;

export const SCORE_HEADER =
  '                                 askings answered  held  mean err  median  /200 s avg  /instant  median/200 s avg';

export function forecastScore(askings: readonly Asking[]): ForecastScore {
  const answers = askings.flatMap(({ own, trueMinutes }) => (own === null ? [] : [{ ...own, trueMinutes }]));
  const errors = answers.map((one) => Math.abs(one.minutes50 - one.trueMinutes));
  const smoothed = compared(askings, (one) => one.smoothed);
  const instant = compared(askings, (one) => one.instant);
  return {
    askings: askings.length,
    answered: answers.length / askings.length,
    held: mean(
      answers.map((one) => (one.minutes10 <= one.trueMinutes && one.trueMinutes <= one.minutes90 ? 1 : 0)),
    ),
    meanMinutes: mean(errors),
    medianMinutes: median(errors),
    meanToSmoothed: mean(smoothed.own) / mean(smoothed.peer),
    meanToInstant: mean(instant.own) / mean(instant.peer),
    medianToSmoothed: median(smoothed.own) / median(smoothed.peer),
  };
}

export function scoreLine(name: string, score: ForecastScore): string {
  const share = (value: number) => `${(value * 100).toFixed(1)} %`;
  return [
    name.padEnd(32),
    String(score.askings).padStart(7),
    share(score.answered).padStart(8),
    share(score.held).padStart(7),
    score.meanMinutes.toFixed(2).padStart(8),
    score.medianMinutes.toFixed(2).padStart(7),
    score.meanToSmoothed.toFixed(3).padStart(11),
    score.meanToInstant.toFixed(3).padStart(9),
    score.medianToSmoothed.toFixed(3).padStart(17),
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
): { own: number[]; peer: number[] } {
  const both = askings.flatMap((asking) => {
    const peer = peerOf(asking);
    return peer === null || asking.own === null
      ? []
      : [[Math.abs(asking.own.minutes50 - asking.trueMinutes), Math.abs(peer - asking.trueMinutes)] as const];
  });
  return { own: both.map(([own]) => own), peer: both.map(([, peer]) => peer) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
