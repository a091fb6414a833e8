import { describe, expect, it } from 'vitest';

import {
  drawOf,
  endSpan,
  initialMeter,
  meterReading,
  spanEnergy,
  startSpan,
} from '../../../../shared/energy/energy-meter.ts';
import type { EnergyMeter, MeterReading } from '../../../../shared/energy/energy-meter.ts';

const HOUR_MS = 3_600_000;

const base: MeterReading = {
  monotonicMs: 0,
  onBattery: true,
  energyWh: null,
  powerW: null,
  modelledPowerW: null,
  afterGap: false,
};

/** Readings every 30 s over so long. */
function run(
  meter: EnergyMeter,
  fromMs: number,
  lengthMs: number,
  at: (elapsedMs: number) => Partial<MeterReading>,
): EnergyMeter {
  let now = meter;
  for (let elapsed = 0; elapsed <= lengthMs; elapsed += 30_000) {
    now = meterReading(now, { ...base, monotonicMs: fromMs + elapsed, ...at(elapsed) });
  }
  return now;
}

describe('energy meter', () => {
  it('takes the gauge energy on battery, whatever its power says', () => {
    let meter = startSpan(initialMeter(), 'deploy-1');
    meter = run(meter, 0, HOUR_MS, (ms) => ({ energyWh: 40 - (12 * ms) / HOUR_MS, powerW: -99 }));
    const { energy } = endSpan(meter, 'deploy-1');
    expect(energy?.energyWh).toBeCloseTo(12, 6);
    expect(energy).toMatchObject({ provenance: 'measured', awakeMs: HOUR_MS, coveredShare: 1 });
  });

  it('counts a gauge that moves in whole watt-hours', () => {
    let meter = startSpan(initialMeter(), 'job');
    meter = run(meter, 0, HOUR_MS, (ms) => ({ energyWh: Math.ceil(40 - (12 * ms) / HOUR_MS) }));
    expect(endSpan(meter, 'job').energy?.energyWh).toBeCloseTo(12, 6);
  });

  it('integrates power where the gauge has no energy', () => {
    let meter = startSpan(initialMeter(), 'job');
    meter = run(meter, 0, HOUR_MS, (ms) => ({ powerW: -10 - (10 * ms) / HOUR_MS }));
    expect(endSpan(meter, 'job').energy?.energyWh).toBeCloseTo(15, 6);
  });

  it('on mains the battery tells nothing: unknown without a model, modelled with one', () => {
    let meter = startSpan(initialMeter(), 'job');
    meter = run(meter, 0, HOUR_MS, () => ({ onBattery: false, energyWh: 40, powerW: 25 }));
    expect(spanEnergy(meter, 'job')).toMatchObject({
      energyWh: null,
      provenance: 'unknown',
      coveredShare: 0,
    });
    meter = run(meter, HOUR_MS, HOUR_MS, () => ({ onBattery: false, modelledPowerW: 18 }));
    const { energy } = endSpan(meter, 'job');
    expect(energy?.energyWh).toBeCloseTo(18, 6);
    expect(energy?.provenance).toBe('modelled');
    expect(energy?.coveredShare).toBeCloseTo(0.5, 1);
  });

  it('pauses on gaps: 8 h asleep draw nothing for the job', () => {
    let meter = startSpan(initialMeter(), 'job');
    meter = run(meter, 0, HOUR_MS, (ms) => ({ energyWh: 40 - (10 * ms) / HOUR_MS }));
    meter = meterReading(meter, { ...base, monotonicMs: HOUR_MS + 2_000, energyWh: 20, afterGap: true });
    meter = run(meter, HOUR_MS + 4_000, HOUR_MS, (ms) => ({ energyWh: 20 - (10 * ms) / HOUR_MS }));
    const { energy } = endSpan(meter, 'job');
    expect(energy?.energyWh).toBeCloseTo(20, 6);
    expect(energy?.awakeMs).toBeLessThan(2 * HOUR_MS + 5_000);
  });

  it('a gauge that jumps (recalibration, another battery) is not counted for that step', () => {
    let meter = startSpan(initialMeter(), 'job');
    meter = run(meter, 0, HOUR_MS / 2, (ms) => ({ energyWh: 40 - (10 * ms) / HOUR_MS, powerW: -10 }));
    meter = run(meter, HOUR_MS / 2 + 30_000, HOUR_MS / 2, (ms) => ({
      energyWh: 70 - (10 * ms) / HOUR_MS,
      powerW: -10,
    }));
    expect(endSpan(meter, 'job').energy?.energyWh).toBeCloseTo(10, 0);
  });

  it('keeps spans apart, and bounded when nobody ends them', () => {
    let meter = startSpan(initialMeter(), 'first');
    meter = run(meter, 0, HOUR_MS, (ms) => ({ energyWh: 40 - (6 * ms) / HOUR_MS }));
    meter = startSpan(meter, 'second');
    meter = run(meter, HOUR_MS + 30_000, HOUR_MS, (ms) => ({ energyWh: 34 - (6 * ms) / HOUR_MS }));
    expect(spanEnergy(meter, 'first')?.energyWh).toBeCloseTo(12, 1);
    expect(spanEnergy(meter, 'second')?.energyWh).toBeCloseTo(6, 1);
    for (let n = 0; n < 1_000; n += 1) meter = startSpan(meter, `job-${n}`);
    expect(meter.spans.length).toBe(100);
    expect(endSpan(meter, 'first').energy).toBeNull();
  });

  it.each([
    [
      { onBattery: true, powerW: -9.1 },
      { powerW: 9.1, provenance: 'measured' },
    ],
    [
      { onBattery: false, powerW: 30 },
      { powerW: null, provenance: 'unknown' },
    ],
    [
      { onBattery: false, powerW: 30, modelledPowerW: 14 },
      { powerW: 14, provenance: 'modelled' },
    ],
    [
      { onBattery: true, powerW: null, modelledPowerW: 14 },
      { powerW: 14, provenance: 'modelled' },
    ],
    [
      { onBattery: true, powerW: null },
      { powerW: null, provenance: 'unknown' },
    ],
  ])('says beside every watt where it comes from: %o', (facts, draw) => {
    expect(drawOf({ ...base, ...facts })).toEqual(draw);
  });
});
