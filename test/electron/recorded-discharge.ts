import type { TraceRow } from '../../shared/energy/replay.ts';

/** How long each row is shown, on the core's own clock: twenty times as fast as it was recorded. */
export const ROW_SECONDS = 15;
const FROM_PERCENT = 62;
/** The recording ends at 17 %: its last 14 points are gone through once more, from there to 3 %. */
const TAIL_PERCENT = 14;
/** Rows a few minutes apart tell as much, and take less time. */
const EVERY = 5;
const SAWTOOTH_ROWS = 30;
const STEPS = [0, 2.5, -0.5, 1.5, 3, 0.5];

/**
 * The recorded discharge from 62 % down. Where it falls below 19 % the charge first goes up and down by 3 points for some
 * minutes, on battery, as a gauge does that recalibrates.
 */
export function dischargeWithSawtooth(rows: readonly TraceRow[]): readonly TraceRow[] {
  const begins = rows.findIndex((row) => row.state === 'discharging' && (row.percent ?? 100) <= FROM_PERCENT);
  const rest = rows.slice(begins);
  const recorded = rest.slice(
    0,
    rest.findIndex((row) => row.state !== 'discharging'),
  );
  const last = recorded.at(-1)?.percent ?? 0;
  const tail = recorded
    .filter((row) => (row.percent ?? 100) < last + TAIL_PERCENT)
    .map((row) => ({ ...row, percent: (row.percent ?? 0) - TAIL_PERCENT }));
  const discharge = [...recorded, ...tail].filter((_, index) => index % EVERY === 0);
  const low = discharge.findIndex((row) => (row.percent ?? 100) < 19);
  const border = discharge[low];
  if (border === undefined) throw new Error('the recording does not fall to 19 %');
  const sawtooth = Array.from({ length: SAWTOOTH_ROWS }, (_, index) => ({
    ...border,
    percent: 18.5 + (STEPS[index % STEPS.length] ?? 0),
  }));
  return [...discharge.slice(0, low + 1), ...sawtooth, ...discharge.slice(low + 1)];
}

/** Seconds from the start until the charge first shows below `percent`. */
export function secondsUntilBelow(rows: readonly TraceRow[], percent: number): number {
  return rows.findIndex((row) => (row.percent ?? 100) < percent) * ROW_SECONDS;
}
