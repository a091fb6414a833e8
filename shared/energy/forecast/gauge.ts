/**
 * What a percentage point is worth, learnt by watching watts and the gauge side by side. The gauge of most laptops
 * counts charge, not energy: near empty the voltage is lower and the same watts eat points faster, by about a tenth.
 * Immutable.
 */
export interface Gauge {
  /** Points fallen and Wh spent meanwhile, for each tenth of the scale from the bottom up. */
  readonly bands: readonly { readonly fallenPercent: number; readonly spentWh: number }[];
  /** The smallest fall ever seen, percentage points: 1 for a whole-number gauge; null before the first. */
  readonly resolutionPercent: number | null;
}

const BANDS = 10;
/** Points of fall after which watts are trusted to say how fast the percent falls. */
const TRUSTED_AFTER_PERCENT = 3;
/** A band leans on the whole scale's value until it has seen about this much of a fall itself. */
const BAND_PRIOR_PERCENT = 20;
/** Older falls fade: each band remembers about this many points, ten full discharges. */
const BAND_MEMORY_PERCENT = 100;

export function emptyGauge(): Gauge {
  return {
    bands: Array.from({ length: BANDS }, () => ({ fallenPercent: 0, spentWh: 0 })),
    resolutionPercent: null,
  };
}

/** Learns that the level fell from `fromPercent` to `toPercent` while `spentWh` (> 0) were drawn. */
export function learnFall(gauge: Gauge, fromPercent: number, toPercent: number, spentWh: number): Gauge {
  const band = bandOf((fromPercent + toPercent) / 2);
  const bands = gauge.bands.map((old, index) => {
    if (index !== band) return old;
    const keep = Math.min(1, BAND_MEMORY_PERCENT / Math.max(old.fallenPercent, 1e-9));
    return {
      fallenPercent: old.fallenPercent * keep + fromPercent - toPercent,
      spentWh: old.spentWh * keep + spentWh,
    };
  });
  return { ...gauge, bands };
}

/** Learns how fine the gauge shows, from one fall between two readings. */
export function learnResolution(gauge: Gauge, fallPercent: number): Gauge {
  if (fallPercent <= 0 || fallPercent >= (gauge.resolutionPercent ?? Infinity)) return gauge;
  return { ...gauge, resolutionPercent: fallPercent };
}

/** Whether the gauge shows steps so much finer than this fall that it matters little when in a step the fall began. */
export function isFineFor(gauge: Gauge, fellPercent: number): boolean {
  return gauge.resolutionPercent !== null && gauge.resolutionPercent <= fellPercent / 4;
}

/** Percentage points a Wh is worth over the whole scale; null until enough was seen and no capacity is known. */
export function percentPerWh(gauge: Gauge, energyFullWh: number | null): number | null {
  const fallen = total(gauge, 'fallenPercent');
  const spent = total(gauge, 'spentWh');
  if (fallen >= TRUSTED_AFTER_PERCENT && spent > 0) return fallen / spent;
  return energyFullWh !== null && energyFullWh > 0 ? 100 / energyFullWh : null;
}

/**
 * The fall from one level to another in points of the scale's average worth: a hundred points from full to empty,
 * but a point near the bottom may count for less than one near the top.
 */
export function evenPercent(gauge: Gauge, fromPercent: number, toPercent: number): number {
  const whole = percentPerWh(gauge, null);
  if (whole === null) return fromPercent - toPercent;
  let even = 0;
  for (let band = bandOf(toPercent); band <= bandOf(fromPercent); band++) {
    const low = Math.max(toPercent, (band * 100) / BANDS);
    const high = Math.min(fromPercent, ((band + 1) * 100) / BANDS);
    const seen = gauge.bands[band] ?? { fallenPercent: 0, spentWh: 0 };
    const here = (seen.fallenPercent + BAND_PRIOR_PERCENT) / (seen.spentWh + BAND_PRIOR_PERCENT / whole);
    even += (Math.max(0, high - low) * whole) / here;
  }
  return even;
}

function bandOf(percent: number): number {
  return Math.min(BANDS - 1, Math.max(0, Math.floor((percent * BANDS) / 100)));
}

function total(gauge: Gauge, key: 'fallenPercent' | 'spentWh'): number {
  return gauge.bands.reduce((sum, band) => sum + band[key], 0);
}
