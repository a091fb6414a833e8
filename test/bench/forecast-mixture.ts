import type { DrainRate } from './forecast-rates.ts';

const NEAR = { minutes: 10, fadesIn: 30 };
const FAR = { minutes: 40, fadesIn: 60 };
/** The drain ahead depends on how far ahead. */
const ROUNDS = 8;

/**
 * A plain mixture of near and far, the reference the bars come from: the mean drain of the last 10 minutes, which
 * fades within half an hour into that of the last 40, which fades within an hour into the habit. The fading times are
 * the best of a grid over the recorded traces. Null before there is any drain.
 */
export function mixtureMinutes(
  rates: readonly DrainRate[],
  index: number,
  leftPercent: number,
  habitPercentPerMinute: number | null,
): number | null {
  const near = meanRate(rates, index, NEAR.minutes);
  const far = meanRate(rates, index, FAR.minutes);
  if (near === null || far === null) return null;
  const habit = habitPercentPerMinute ?? far;
  let minutes = leftPercent / far;
  for (let round = 0; round < ROUNDS; round++) {
    const nearShare = averageShare(minutes / NEAR.fadesIn);
    const farShare = averageShare(minutes / FAR.fadesIn);
    minutes = leftPercent / (habit + (far - habit) * farShare + (near - far) * nearShare);
  }
  return minutes;
}

function meanRate(rates: readonly DrainRate[], index: number, overMinutes: number): number | null {
  let minutes = 0;
  let fallen = 0;
  for (let i = index; i >= 0; i--) {
    const row = rates[i]!;
    if (row.run !== rates[index]?.run || minutes + row.minutes > overMinutes) break;
    minutes += row.minutes;
    fallen += (row.percentPerMinute ?? 0) * row.minutes;
  }
  return fallen > 0 ? fallen / minutes : null;
}

/** Mean of exp(-t) for t from 0 to `elapsed`. */
function averageShare(elapsed: number): number {
  return elapsed < 1e-6 ? 1 : (1 - Math.exp(-elapsed)) / elapsed;
}
