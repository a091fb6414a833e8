/**
 * How fast this machine drains, remembered on three time scales at once: what it does on most days, what it has
 * been doing for the last hour or two, and what it does this quarter of an hour. The three add up to the logarithm
 * of the drain in percentage points a minute. Each part fades towards zero at its own pace, so a forecast leans on
 * the present for the near future and on the machine's own habit for the far one, without a switch between them.
 *
 * It is a Kalman filter. Immutable: every function gives a new memory.
 */
export interface DrainMemory {
  /** ln(pp/min) of the habit, and what the hour and the quarter add to it. */
  readonly mean: Triple;
  /** Covariance of the three, row by row: habit-habit, habit-hour, habit-quarter, hour-hour, ... */
  readonly covariance: Covariance;
  /** How much livelier this machine's load is than expected, 1 to 9: scales how fast hour and quarter move. */
  readonly liveliness: number;
}

type Triple = readonly [habit: number, hour: number, quarter: number];
type Covariance = readonly [Triple, Triple, Triple];

// The numbers below were fitted on four months of one laptop and rounded; docs/forecast.md shows how flat the
// error is around them.
/** Without any history: a battery that lasts six hours, give or take a factor of two. */
const UNKNOWN_HABIT = { mean: Math.log(100 / (6 * 60)), variance: 0.5 };
/** A habit is the mean of about the last two weeks: its variance grows by this much a minute. */
const HABIT_DRIFT_PER_MINUTE = 1e-7;
const HOUR = { minutes: 100, variance: 0.09 };
const QUARTER = { minutes: 15, variance: 0.02 };
/** Variance of one minute's reading around the three together. */
const READING_NOISE = 0.07;
/** A surprise beyond this many standard deviations counts as just that many: bursts do not last. */
const SURPRISE_LIMIT = 1.2;
/**
 * The mean of a bursty drain lies above the mean of its logarithm: by half the variance on the way if the load were
 * evenly bursty. Real bursts are lopsided and take about the whole.
 */
const BURST_LIFT = 1;
/** One reading moves the liveliness by this share; a phone that is picked up now and then reaches the limit. */
const LIVELINESS_STEP = 0.05;
const MOST_LIVELY = 9;
const FADING = [Infinity, HOUR.minutes, QUARTER.minutes] as const;
const STATIONARY = [0, HOUR.variance, QUARTER.variance] as const;

/** A memory of a machine never seen before. */
export function emptyDrainMemory(): DrainMemory {
  return {
    mean: [UNKNOWN_HABIT.mean, 0, 0],
    covariance: [
      [UNKNOWN_HABIT.variance, 0, 0],
      [0, HOUR.variance, 0],
      [0, 0, QUARTER.variance],
    ],
    liveliness: 1,
  };
}

/** The memory `minutes` later. `interrupted` (plugged in, asleep) forgets the quarter of an hour altogether. */
export function ageDrainMemory(memory: DrainMemory, minutes: number, interrupted: boolean): DrainMemory {
  const keep = FADING.map((fading, i) => (interrupted && i === 2 ? 0 : Math.exp(-minutes / fading)));
  const grown = [
    HABIT_DRIFT_PER_MINUTE * minutes,
    ...[1, 2].map((i) => memory.liveliness * at(STATIONARY, i) * (1 - at(keep, i) ** 2)),
  ];
  return {
    ...memory,
    mean: triple((i) => at(memory.mean, i) * at(keep, i)),
    covariance: triple((i) =>
      triple((j) => {
        const value = cell(memory, i, j) * at(keep, i) * at(keep, j) + (i === j ? at(grown, i) : 0);
        return i === 0 && j === 0 ? Math.min(value, UNKNOWN_HABIT.variance) : value;
      }),
    ),
  };
}

/**
 * Learns that the machine drained `percentPerMinute` (> 0) over the last `minutes`.
 * `readingVariance` is what the gauge adds on top of the load's own noise, in squared relative error.
 */
export function learnDrain(
  memory: DrainMemory,
  percentPerMinute: number,
  minutes: number,
  readingVariance = 0,
): DrainMemory {
  const gain = triple((i) => cell(memory, i, 0) + cell(memory, i, 1) + cell(memory, i, 2));
  const variance = sum(gain) + READING_NOISE / minutes + readingVariance;
  const deviation = Math.sqrt(variance);
  const wholeSurprise = (Math.log(percentPerMinute) - sum(memory.mean)) / deviation;
  const surprise = clamp(wholeSurprise, -SURPRISE_LIMIT, SURPRISE_LIMIT) * deviation;
  const livelier = Math.exp(LIVELINESS_STEP * (Math.min(MOST_LIVELY, wholeSurprise ** 2) - 1));
  return {
    liveliness: clamp(memory.liveliness * livelier, 1, MOST_LIVELY),
    mean: triple((i) => at(memory.mean, i) + (at(gain, i) / variance) * surprise),
    covariance: triple((i) => triple((j) => cell(memory, i, j) - (at(gain, i) * at(gain, j)) / variance)),
  };
}

/** What the machine drains right now, percentage points a minute. */
export function drainNow(memory: DrainMemory): number {
  return Math.exp(sum(memory.mean));
}

/** The mean drain expected over the next `minutes`, with the variance of its logarithm. */
export function drainAhead(
  memory: DrainMemory,
  minutes: number,
): { percentPerMinute: number; logVariance: number } {
  const share = triple((i) => averageShare(minutes / at(FADING, i)));
  let logVariance = 0;
  let varianceOnTheWay = 0;
  for (let i = 0; i < 3; i++) {
    const elapsed = minutes / at(FADING, i);
    const meanSquare = averageShare(2 * elapsed);
    const squareMean = at(share, i) ** 2;
    const moving = memory.liveliness * at(STATIONARY, i);
    const unforeseen =
      elapsed > 0 ? Math.max(0, moving * ((2 * (1 - at(share, i))) / elapsed - squareMean)) : 0;
    logVariance += unforeseen;
    for (let j = 0; j < 3; j++) logVariance += cell(memory, i, j) * at(share, i) * at(share, j);
    varianceOnTheWay +=
      moving * (1 - meanSquare) - unforeseen + cell(memory, i, i) * (meanSquare - squareMean);
  }
  const lift = BURST_LIFT * varianceOnTheWay;
  const mean = lift + sum(triple((i) => at(memory.mean, i) * at(share, i)));
  return { percentPerMinute: Math.exp(mean), logVariance };
}

/** Mean of exp(-t) for t from 0 to `elapsed`: what is left, on average, of something that fades. */
function averageShare(elapsed: number): number {
  return elapsed < 1e-6 ? 1 : (1 - Math.exp(-elapsed)) / elapsed;
}

function triple<T>(make: (index: number) => T): readonly [T, T, T] {
  return [make(0), make(1), make(2)];
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}

function cell(memory: DrainMemory, row: number, column: number): number {
  return memory.covariance[row]?.[column] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
