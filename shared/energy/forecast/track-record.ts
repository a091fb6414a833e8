/**
 * What became of earlier forecasts. Every few minutes some forecasts are put on record; when the level really gets
 * there they are marked, and when the run ends before that they are dropped, for nothing can be said about them.
 * The marks are shown to the person and set how wide the next range is. Immutable.
 */
export interface TrackRecord {
  readonly classes: readonly HorizonClass[];
  readonly open: readonly OpenForecast[];
}

interface HorizonClass {
  readonly count: number;
  readonly meanAbsoluteErrorMinutes: number;
  readonly biasMinutes: number;
  /** Tenth and ninetieth percentile of ln(real / forecast) in units of the spread the memory expected. */
  readonly low: number;
  readonly high: number;
}

export interface OpenForecast {
  readonly askedAtMs: number;
  readonly thresholdPercent: number;
  readonly minutes50: number;
  /** Expected standard deviation of ln(real / forecast). */
  readonly logSpread: number;
}

/** Mean error of the forecasts that said at most `horizonMinutes`; bias above zero means too optimistic. */
export interface PastError {
  readonly horizonMinutes: number;
  readonly meanAbsoluteErrorMinutes: number;
  readonly biasMinutes: number;
  readonly count: number;
}

/** Upper ends of the classes, minutes; a forecast belongs to the first that holds it. */
const HORIZONS_MINUTES = [10, 30, 60, 120, 240] as const;
/** Before any mark: a little narrower than a normal spread, for thresholds that are reached are reached early. */
const UNTAUGHT = { count: 0, meanAbsoluteErrorMinutes: 0, biasMinutes: 0, low: -1.2, high: 1.2 };
/** One mark moves a percentile by this much of the spread; neighbouring forecasts are much alike. */
const RANGE_STEP = 0.02;
/** Aimed at, each side: a tenth, less what the range lags behind when habits change. */
const OUTSIDE = 0.09;
/** Means forget beyond this many marks, so that an old battery does not hide behind its youth. */
const REMEMBERED = 1000;
const MOST_OPEN = 500;
const MINUTE_MS = 60_000;

export function emptyTrackRecord(): TrackRecord {
  return { classes: HORIZONS_MINUTES.map(() => UNTAUGHT), open: [] };
}

/** Puts forecasts on record; the longest ones are not kept, nobody waits for them. */
export function recordForecasts(record: TrackRecord, forecasts: readonly OpenForecast[]): TrackRecord {
  const kept = forecasts.filter((one) => one.minutes50 > 0 && classOf(one.minutes50) !== null);
  return { ...record, open: [...record.open, ...kept].slice(-MOST_OPEN) };
}

/** Marks every open forecast whose threshold has been reached. */
export function markReached(record: TrackRecord, atMs: number, percent: number): TrackRecord {
  if (!record.open.some((one) => percent <= one.thresholdPercent)) return record;
  const classes = [...record.classes];
  for (const one of record.open) {
    const index = classOf(one.minutes50);
    const old = index === null ? undefined : classes[index];
    if (percent > one.thresholdPercent || index === null || old === undefined) continue;
    classes[index] = marked(old, one, (atMs - one.askedAtMs) / MINUTE_MS);
  }
  return { classes, open: record.open.filter((one) => percent > one.thresholdPercent) };
}

/** The run has ended: what is open will never be known. */
export function dropOpen(record: TrackRecord): TrackRecord {
  return record.open.length === 0 ? record : { ...record, open: [] };
}

/** How far the real time may lie from a forecast, as percentiles of ln(real / forecast) over the expected spread. */
export function rangeOf(record: TrackRecord, minutes50: number): { low: number; high: number } {
  return record.classes[classOf(minutes50) ?? HORIZONS_MINUTES.length - 1] ?? UNTAUGHT;
}

/** The errors so far, for the horizons that have any. */
export function pastErrors(record: TrackRecord): PastError[] {
  return HORIZONS_MINUTES.flatMap((horizonMinutes, index) => {
    const one = record.classes[index];
    if (one === undefined || one.count === 0) return [];
    const { meanAbsoluteErrorMinutes, biasMinutes, count } = one;
    return [{ horizonMinutes, meanAbsoluteErrorMinutes, biasMinutes, count }];
  });
}

function marked(old: HorizonClass, one: OpenForecast, realMinutes: number): HorizonClass {
  const count = old.count + 1;
  const weight = 1 / Math.min(count, REMEMBERED);
  const error = one.minutes50 - realMinutes;
  const place = Math.log(Math.max(realMinutes, 0.1) / one.minutes50) / Math.max(one.logSpread, 1e-3);
  return {
    count,
    meanAbsoluteErrorMinutes:
      old.meanAbsoluteErrorMinutes + weight * (Math.abs(error) - old.meanAbsoluteErrorMinutes),
    biasMinutes: old.biasMinutes + weight * (error - old.biasMinutes),
    low: Math.min(-0.1, old.low + RANGE_STEP * (OUTSIDE - (place < old.low ? 1 : 0))),
    high: Math.max(0.1, old.high + RANGE_STEP * (1 - OUTSIDE - (place < old.high ? 1 : 0))),
  };
}

function classOf(minutes: number): number | null {
  const index = HORIZONS_MINUTES.findIndex((horizon) => minutes <= horizon);
  return index < 0 ? null : index;
}
