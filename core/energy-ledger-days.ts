import type { EnergyDay } from '../shared/contract/energy-ledger.ts';
import type { EnergyMeter } from '../shared/energy/energy-meter.ts';

/** What was counted on one local day. */
export interface CountedDay {
  readonly totals: EnergyMeter['totals'];
  readonly ownCpuMs: number;
  readonly ownWh: number;
  /** Time for which the draw was known, so that `ownWh` means something. */
  readonly ownKnownMs: number;
}

export const NOTHING_COUNTED: CountedDay = {
  totals: { measuredWh: 0, modelledWh: 0, measuredMs: 0, modelledMs: 0, unknownMs: 0 },
  ownCpuMs: 0,
  ownWh: 0,
  ownKnownMs: 0,
};

/** A day as it is told. What nothing measured is null, never zero (domain 1.2, "missing is not zero"). */
export function energyDay(day: string, { totals, ownCpuMs, ownWh, ownKnownMs }: CountedDay): EnergyDay {
  const { measuredMs, modelledMs, unknownMs } = totals;
  const knownMs = measuredMs + modelledMs;
  const awakeMs = knownMs + unknownMs;
  const known = (wattHours: number, ms: number): number | null => (ms === 0 ? null : Math.max(0, wattHours));
  return {
    day,
    energyWh: known(totals.measuredWh + totals.modelledWh, knownMs),
    provenance: knownMs === 0 ? 'unknown' : modelledMs > 0 ? 'modelled' : 'measured',
    measuredWh: known(totals.measuredWh, measuredMs),
    modelledWh: known(totals.modelledWh, modelledMs),
    awakeSeconds: Math.round(awakeMs / 1000),
    coveredPercent: awakeMs === 0 ? 0 : (knownMs / awakeMs) * 100,
    own: {
      cpuSeconds: ownCpuMs / 1000,
      energyWh: known(ownWh, ownKnownMs),
      provenance: ownKnownMs === 0 ? 'unknown' : 'modelled',
    },
  };
}

/** The local calendar day of an instant, "2026-01-31". */
export function localDay(wallMs: number): string {
  const at = new Date(wallMs);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The day so many days later; earlier when negative. Days have no hours, so no change of the clocks bends it. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
