import { isFineFor, learnFall } from './gauge.ts';
import type { Gauge } from './gauge.ts';

/**
 * What was drawn since the lowest level so far was first shown. Energy and points are closed off together at falls:
 * on a whole-percent gauge the part of a point that was left at the start would else count as a whole one.
 */
export interface FallLedger {
  readonly fromPercent: number;
  readonly spentWh: number;
  /** Whether the ledger was opened by a fall, not in the middle of a step. */
  readonly fromFall: boolean;
}

/** A ledger opened while the level stands still. */
export function openFallLedger(percent: number): FallLedger {
  return { fromPercent: percent, spentWh: 0, fromFall: false };
}

/** Enters `spentWh` (> 0) drawn until the level showed `percent`; a new lowest level teaches the gauge. */
export function enterSpending(
  ledger: FallLedger,
  gauge: Gauge,
  percent: number,
  spentWh: number,
): { ledger: FallLedger; gauge: Gauge } {
  const total = ledger.spentWh + spentWh;
  const fell = ledger.fromPercent - percent;
  if (fell <= 0) return { ledger: { ...ledger, spentWh: total }, gauge };
  const isWhole = ledger.fromFall || isFineFor(gauge, fell);
  return {
    ledger: { fromPercent: percent, spentWh: 0, fromFall: true },
    gauge: isWhole ? learnFall(gauge, ledger.fromPercent, percent, total) : gauge,
  };
}
