import { enterSpending, openFallLedger } from './fall-ledger.ts';
import type { FallLedger } from './fall-ledger.ts';
import { evenPercent, isFineFor, learnResolution, percentPerWh } from './gauge.ts';
import type { Gauge } from './gauge.ts';

/** One look at the battery while it drains. */
export interface DrainSample {
  readonly atMs: number;
  readonly percent: number;
  /** Watts drawn, above zero; null when the gauge does not say. */
  readonly drawnW: number | null;
  readonly energyFullWh: number | null;
}

/** How fast the level fell over some minutes, in even points a minute (see `evenPercent`). */
export interface DrainReading {
  readonly atMs: number;
  readonly percentPerMinute: number;
  readonly minutes: number;
  /** Squared relative error the gauge's coarseness adds. */
  readonly variance: number;
}

/** An unbroken run of draining samples: since the plug was pulled, the machine woke, or the level jumped up. */
export interface DrainWindow {
  readonly last: DrainSample;
  /** Watts gathered since the last reading; null while the gauge says no watts. */
  readonly gathered: { readonly minutes: number; readonly spentWh: number } | null;
  /** Watts and falls side by side, to teach the gauge; null while the gauge says no watts. */
  readonly ledger: FallLedger | null;
  /** Where and when the shown level last fell; `seen` is false until it has fallen once in this window. */
  readonly fall: { readonly atMs: number; readonly percent: number; readonly seen: boolean };
  /** Whether the window's speed comes from watts: then falls only teach the gauge. */
  readonly measured: boolean;
}

/** Watts are averaged over this long before they count as one reading. */
const GATHER_MINUTES = 0.5;
/** Falls closer together than this are one reading. */
const FALL_MINUTES = 0.75;
const MINUTE_MS = 60_000;

/** The first sample of a run: its watts belong to what was before, so they are left out. */
export function openDrainWindow(sample: DrainSample): DrainWindow {
  return {
    last: sample,
    gathered: { minutes: 0, spentWh: 0 },
    ledger: openFallLedger(sample.percent),
    fall: { atMs: sample.atMs, percent: sample.percent, seen: false },
    measured: false,
  };
}

/** The window one sample later, what the gauge learnt, and a reading when there was enough for one. */
export function extendDrainWindow(
  window: DrainWindow,
  gauge: Gauge,
  sample: DrainSample,
): { window: DrainWindow; gauge: Gauge; reading: DrainReading | null } {
  const stepMinutes = (sample.atMs - window.last.atMs) / MINUTE_MS;
  const spentWh = sample.drawnW === null ? null : (sample.drawnW * stepMinutes) / 60;
  const gathered =
    spentWh === null
      ? null
      : {
          minutes: (window.gathered?.minutes ?? 0) + stepMinutes,
          spentWh: (window.gathered?.spentWh ?? 0) + spentWh,
        };
  const full = gathered !== null && gathered.minutes >= GATHER_MINUTES;
  const resolved = learnResolution(gauge, window.last.percent - sample.percent);
  const entered =
    spentWh === null
      ? { ledger: null, gauge: resolved }
      : window.ledger === null
        ? { ledger: openFallLedger(sample.percent), gauge: resolved }
        : enterSpending(window.ledger, resolved, sample.percent, spentWh);
  const taught = entered.gauge;
  const worth = full ? percentPerWh(taught, sample.energyFullWh) : null;
  const measured = full ? worth !== null : sample.drawnW !== null && window.measured;
  const fallen = fallReading(window, taught, sample, stepMinutes);
  const reading =
    full && worth !== null
      ? {
          atMs: sample.atMs,
          percentPerMinute: (gathered.spentWh * worth) / gathered.minutes,
          minutes: gathered.minutes,
          variance: 0,
        }
      : measured
        ? null
        : fallen.reading;
  return {
    window: {
      last: sample,
      gathered: full ? { minutes: 0, spentWh: 0 } : gathered,
      ledger: entered.ledger,
      fall: fallen.fall,
      measured,
    },
    gauge: taught,
    reading,
  };
}

/** What the shown level says: the time between two falls, good to one sampling step or to the gauge's grain. */
function fallReading(
  { fall }: DrainWindow,
  gauge: Gauge,
  sample: DrainSample,
  stepMinutes: number,
): { fall: DrainWindow['fall']; reading: DrainReading | null } {
  if (sample.percent > fall.percent) {
    return { fall: { atMs: sample.atMs, percent: sample.percent, seen: false }, reading: null };
  }
  if (sample.percent === fall.percent) return { fall, reading: null };
  const minutes = (sample.atMs - fall.atMs) / MINUTE_MS;
  const next = { atMs: sample.atMs, percent: sample.percent, seen: true };
  const fine = isFineFor(gauge, fall.percent - sample.percent);
  if (!fall.seen && !fine) return { fall: next, reading: null };
  if (minutes < FALL_MINUTES) return { fall, reading: null };
  const fell = fall.percent - sample.percent;
  const grain = Math.min(stepMinutes / minutes, (gauge.resolutionPercent ?? fell) / fell);
  return {
    fall: next,
    reading: {
      atMs: sample.atMs,
      percentPerMinute: evenPercent(gauge, fall.percent, sample.percent) / minutes,
      minutes,
      variance: grain ** 2 / 6,
    },
  };
}
