import type { EnergyState } from '../shared/contract/energy.ts';
import {
  drawOf,
  endSpan,
  initialMeter,
  meterReading,
  startSpan,
  type Draw,
  type EnergyMeter,
  type MeterReading,
  type SpanEnergy,
} from '../shared/energy/energy-meter.ts';
import type { Clock } from './clock.ts';

/** Watt-hours the machine drew from its battery, in all and for each deployment or job. */
export interface EnergyAccount {
  take(energy: EnergyState): void;
  draw(): Draw;
  /** Everything counted since the core began. */
  totals(): EnergyMeter['totals'];
  start(id: string): void;
  /** Null when no such span is open: it began before this core did. */
  end(id: string): SpanEnergy | null;
}

export function createEnergyAccount(clock: Clock): EnergyAccount {
  let meter = initialMeter();
  return {
    take(energy) {
      meter = meterReading(meter, readingFrom(energy, clock.monotonicMs()));
    },
    totals: () => meter.totals,
    draw: () => (meter.last === null ? { powerW: null, provenance: 'unknown' } : drawOf(meter.last)),
    start(id) {
      meter = startSpan(meter, id);
    },
    end(id) {
      const ended = endSpan(meter, id);
      meter = ended.meter;
      return ended.energy;
    },
  };
}

function readingFrom(energy: EnergyState, monotonicMs: number): MeterReading {
  const batteries = energy.supplies.filter((supply) => supply.kind === 'battery' && supply.counted);
  const hasAll = batteries.length > 0 && batteries.every(({ energyWh }) => energyWh !== null);
  return {
    monotonicMs,
    onBattery: energy.onExternalPower === false && batteries.length > 0,
    energyWh: hasAll ? batteries.reduce((sum, { energyWh }) => sum + (energyWh ?? 0), 0) : null,
    powerW: energy.netPowerW,
    modelledPowerW: null,
    // A gap is longer than the longest step the meter counts, so it tells by itself.
    afterGap: false,
  };
}
