import { describe, expect, it } from 'vitest';

import { LEFT_OUT, METRICS } from '../../../../core/metrics/metric-table.ts';
import { readMetrics } from '../../../../core/metrics/read-metrics.ts';
import { PRIVATE_SCORES } from '../../../../shared/consciousness/privacy.ts';
import type { EnergyState, PowerSupply, UpsReading } from '../../../../shared/contract/energy.ts';
import { bareSnapshot } from '../../../fakes/bare-snapshot.ts';
import { bareFacts, samplesOf } from './metric-readings.ts';

const UNITS: Readonly<Record<string, RegExp>> = {
  W: /_watts$/,
  A: /_amperes$/,
  s: /_seconds(_total)?$/,
  Cel: /_celsius$/,
  By: /_bytes$/,
  J: /_joules_total$/,
};
const AT = '2026-01-05T10:00:00.000Z';
const energy = (over: Partial<EnergyState>) => ({ energy: { ...bareSnapshot('UNKNOWN').energy, ...over } });
const supply = (over: Partial<PowerSupply>): PowerSupply => ({
  name: 'BAT0',
  kind: 'battery',
  scope: 'system',
  source: 'sysfs',
  online: null,
  status: 'discharging',
  percent: 54,
  energyWh: null,
  energyFullWh: null,
  powerW: -9,
  counted: true,
  reason: 'system battery',
  readAt: AT,
  ...over,
});
const ups = (over: Partial<UpsReading>): UpsReading => ({
  name: 'ups@127.0.0.1',
  source: 'nut',
  status: 'OB',
  onBattery: true,
  lowBattery: false,
  replaceBattery: false,
  forcedShutdown: false,
  bypass: false,
  overload: false,
  off: false,
  calibrating: false,
  commLost: false,
  chargePercent: 90,
  runtimeSeconds: 1200,
  loadPercent: 18,
  feedsThisMachine: true,
  problem: null,
  readAt: AT,
  ...over,
});

describe('the table of metrics', () => {
  it.each([...METRICS, LEFT_OUT])('$name says its unit and kind in its name', (metric) => {
    expect(metric.name).toMatch(/^orch_[a-z]+(_[a-z]+)*$/);
    expect(metric.name.endsWith('_total')).toBe(metric.kind === 'counter');
    expect(metric.help).toMatch(/^[A-Z0-9].*[^.]$/);
    const unit = UNITS[metric.unit];
    if (unit === undefined) expect(metric.unit).toBe('1');
    else expect(metric.name).toMatch(unit);
    expect(metric.labels.length > 0 || metric.most === 1).toBe(true);
    if (metric.kind === 'counter') expect(metric.since).toBeDefined();
  });

  it('has no name twice', () => {
    const names = METRICS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('stays below what a small server takes: 100 projects are under 7000 lines', () => {
    expect(METRICS.reduce((sum, { most }) => sum + most, 0)).toBeLessThan(7000);
  });

  it('shows nothing for what is not known: no zero stands for a missing number', () => {
    const shown = readMetrics(bareFacts()).flatMap((reading) =>
      'samples' in reading && reading.samples.length > 0 ? [reading.metric.name] : [],
    );
    expect(shown).toEqual([
      'orch_energy_level_info',
      'orch_energy_external_power',
      'orch_loop_ticks_total',
      'orch_loop_faults_total',
      'orch_process_cpu_seconds_total',
      'orch_process_resident_memory_bytes',
      'orch_process_start_time_seconds',
      'orch_build_info',
      'orch_alerts_active',
      'orch_jobs',
      'orch_metrics_left_out',
    ]);
  });
});

describe('amperes', () => {
  const current = (over: Partial<PowerSupply>) =>
    samplesOf('orch_supply_current_amperes', bareFacts({}, energy({ supplies: [supply(over)] }))).map(
      ({ labels, value }) => [value, labels['provenance']],
    );

  it('are those of the gauge where it tells them', () => {
    expect(current({ currentA: -0.8 })).toEqual([[-0.8, 'measured']]);
  });
  it('follow from watts and volts where it does not, and say so', () => {
    expect(current({ voltageV: 12 })).toEqual([[-0.75, 'modelled']]);
  });
  it('are absent where neither is known, and where the watts were not believed', () => {
    expect(current({})).toEqual([]);
    expect(current({ powerW: null, currentA: -0.8 })).toEqual([]);
  });
});

describe('a UPS', () => {
  it('that does not answer shows that, and none of its old numbers', () => {
    const facts = bareFacts({}, energy({ ups: [ups({ problem: 'not answering for 17 s' })] }));
    expect(samplesOf('orch_ups_answering', facts)[0]?.value).toBe(0);
    expect(samplesOf('orch_ups_charge_ratio', facts)).toEqual([]);
    expect(samplesOf('orch_ups_on_battery', facts)).toEqual([]);
  });
  it('that answers shows them', () => {
    const facts = bareFacts({}, energy({ ups: [ups({})] }));
    expect(samplesOf('orch_ups_charge_ratio', facts)[0]?.value).toBe(0.9);
    expect(samplesOf('orch_ups_on_battery', facts)[0]?.value).toBe(1);
  });
});

describe('scores about the person', () => {
  it.each(PRIVATE_SCORES)('%s is nowhere, by name or number', (name) => {
    const detail = {
      value: 13.37,
      source: 'report' as const,
      confidence: 0.1337,
      ageSeconds: 1337,
      delta: null,
      topMover: null,
      inputs: [],
    };
    const project = {
      id: 'shop',
      path: null,
      profile: 'business' as const,
      scores: { integration: 80, [name]: 13.37 },
      scoreDetails: { integration: { ...detail, value: 80, confidence: 1, ageSeconds: 5 }, [name]: detail },
      mode: 'SAFE' as const,
      operatingMode: 'NORMAL' as const,
      confidence: 1,
      freshness: 'fresh' as const,
      problem: null,
      decisions: {},
      showInTray: true,
      defaultChange: 'feature' as const,
    };
    const text = JSON.stringify(readMetrics(bareFacts({}, { projects: [project] })));
    expect(text).toContain('"integration"');
    expect(text.replaceAll('-', '').toLowerCase()).not.toMatch(new RegExp(`${name}|1337|13\\.37|SAFE`, 'i'));
  });
});
