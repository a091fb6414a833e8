import { describe, expect, it } from 'vitest';

import {
  infrastructureState,
  NO_MEMORY,
  stepInfrastructure,
  type PowerFacts,
} from '../../../../shared/consciousness/infrastructure.ts';
import { assessInfrastructure } from '../../../../shared/consciousness/machine-assessment.ts';
import type { UpsReading } from '../../../../shared/contract/energy.ts';
import type { CoolingStatus } from '../../../../shared/contract/vocabulary.ts';

const ups: UpsReading = {
  name: 'ups@127.0.0.1',
  source: 'nut',
  status: 'OL',
  onBattery: false,
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
  readAt: '2026-01-05T10:00:00.000Z',
};
const power = (
  over: Partial<PowerFacts> = {},
  coolingStatus: CoolingStatus | null = 'NORMAL',
): PowerFacts => ({
  level: 'FULL',
  levelValue: 4,
  why: 'mains, no battery',
  ups: [],
  thermal: { coolingStatus },
  ...over,
});
const online = { networkStatus: 'ONLINE' as const };

describe('infrastructure', () => {
  it.each([
    ['CRITICAL', 0],
    ['LOW', 1],
  ] as const)('is DEGRADED at %s and names the power', (level, levelValue) => {
    const state = infrastructureState(
      power({ level, levelValue, why: 'battery 12 %' }),
      online,
      NO_MEMORY,
      0,
    );
    expect(state).toMatchObject({ mode: 'DEGRADED', weakestLink: 'power: battery 12 %' });
  });

  it.each(['MEDIUM', 'HIGH', 'FULL', 'UNKNOWN'] as const)('is NORMAL at %s', (level) => {
    expect(infrastructureState(power({ level }), online, NO_MEMORY, 0)).toMatchObject({
      mode: 'NORMAL',
      weakestLink: null,
    });
  });

  it('is DEGRADED only when HOT has held for 2 minutes', () => {
    const hot = power({}, 'HOT');
    const memory = stepInfrastructure(NO_MEMORY, hot, 1000);
    expect(infrastructureState(hot, online, memory, 1000 + 119_999).mode).toBe('NORMAL');
    expect(infrastructureState(hot, online, memory, 1000 + 120_000)).toMatchObject({
      mode: 'DEGRADED',
      weakestLink: 'cooling HOT',
    });
  });

  it('forgets HOT when it cools, and not when the sensor cannot be read', () => {
    const memory = stepInfrastructure(NO_MEMORY, power({}, 'HOT'), 1000);
    expect(stepInfrastructure(memory, power({}, 'WARM'), 2000).hotSinceMs).toBeNull();
    expect(stepInfrastructure(memory, power({}, null), 2000).hotSinceMs).toBe(1000);
  });

  it('takes a UPS on battery after 6 seconds, a silent one at once, and only the one that feeds this machine', () => {
    const onBattery = power({ ups: [{ ...ups, status: 'OB', onBattery: true }] });
    const memory = stepInfrastructure(NO_MEMORY, onBattery, 0);
    expect(infrastructureState(onBattery, online, memory, 5_999).mode).toBe('NORMAL');
    expect(infrastructureState(onBattery, online, memory, 6_000).weakestLink).toBe('UPS on battery');
    const silent = power({ ups: [{ ...ups, problem: 'not answering for 17 s' }] });
    expect(infrastructureState(silent, online, NO_MEMORY, 0).weakestLink).toBe(
      'UPS not answering: not answering for 17 s',
    );
    const other = power({ ups: [{ ...ups, onBattery: true, problem: 'gone', feedsThisMachine: false }] });
    expect(infrastructureState(other, online, stepInfrastructure(NO_MEMORY, other, 0), 60_000).mode).toBe(
      'NORMAL',
    );
  });

  it('is DEGRADED offline, not behind a captive portal and not when the network is not known', () => {
    const state = (networkStatus: 'ONLINE' | 'CAPTIVE' | 'OFFLINE' | null) =>
      infrastructureState(power(), { networkStatus }, NO_MEMORY, 0).mode;
    expect(state('OFFLINE')).toBe('DEGRADED');
    expect(state('CAPTIVE')).toBe('NORMAL');
    expect(state(null)).toBe('NORMAL');
    expect(infrastructureState(power(), null, NO_MEMORY, 0).mode).toBe('NORMAL');
  });

  it('is a project that is always there, judged without a report', () => {
    const machine = { cpuPercent: 5, memoryPercent: 5, gpuPercent: null, networkStatus: 'ONLINE' as const };
    const { assessment } = assessInfrastructure({
      energy: power(),
      machine,
      memory: NO_MEMORY,
      monotonicMs: 0,
    });
    expect(assessment).toMatchObject({
      id: 'infrastructure',
      path: null,
      scores: { power_available: 4, cooling_status: 'NORMAL', network_status: 'ONLINE' },
      mode: 'NORMAL',
      confidence: 1,
      freshness: 'fresh',
    });
  });

  it('is judged on a machine without heat sensors, and not without power', () => {
    const judged = (energy: PowerFacts) =>
      assessInfrastructure({ energy, machine: null, memory: NO_MEMORY, monotonicMs: 0 }).assessment;
    expect(judged(power({}, null)).confidence).toBeCloseTo(0.6);
    const unread = judged(power({ level: 'UNKNOWN', levelValue: null }));
    expect(unread.scores['power_available']).toBeNull();
    expect(unread.confidence).toBeLessThan(0.6);
  });
});
