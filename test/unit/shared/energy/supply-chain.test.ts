import { describe, expect, it } from 'vitest';

import type { PowerSupply, UpsReading } from '../../../../shared/contract/energy.ts';
import { judgeChain } from '../../../../shared/energy/supply-chain.ts';

const readAt = '2026-01-05T10:00:00.000Z';

function battery(percent: number | null, more: Partial<PowerSupply> = {}): PowerSupply {
  return {
    name: 'BAT0',
    kind: 'battery',
    scope: 'system',
    source: 'sysfs',
    online: null,
    status: 'discharging',
    percent,
    energyWh: null,
    energyFullWh: null,
    powerW: -9,
    counted: true,
    reason: 'system battery',
    readAt,
    ...more,
  };
}

function adapter(online: boolean | null): PowerSupply {
  return battery(null, {
    name: 'AC',
    kind: 'mains',
    status: null,
    online,
    powerW: null,
    reason: 'mains adapter',
  });
}

function ups(more: Partial<UpsReading> = {}): UpsReading {
  return {
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
    runtimeSeconds: 1800,
    loadPercent: 18,
    feedsThisMachine: true,
    problem: null,
    readAt,
    ...more,
  };
}

const judge = (supplies: PowerSupply[], upses: UpsReading[] = [], alwaysOnMains = false) =>
  judgeChain({ supplies, ups: upses, alwaysOnMains });

describe('several batteries', () => {
  it('weighs by energy', () => {
    const judgement = judge([
      battery(76, { energyWh: 17.48, energyFullWh: 23 }),
      battery(5, { name: 'BAT1', energyWh: 2.4, energyFullWh: 48 }),
    ]);
    expect(judgement.percent).toBeCloseTo(28, 1);
    expect(judgement.netPowerW).toBe(-18);
  });

  it('says when a size is assumed', () => {
    const judgement = judge([
      battery(80, { energyWh: 40, energyFullWh: 50 }),
      battery(20, { name: 'BAT1', powerW: null }),
    ]);
    expect(judgement.percent).toBeCloseTo(50, 6);
    expect(judgement.why).toBe('2 batteries 50 %, draining 9.0 W (battery sizes assumed)');
  });

  it('says when one could not be read', () => {
    expect(judge([battery(80), battery(null, { name: 'BAT1' })]).why).toMatch(/\(1 of 2 not readable\)/);
  });

  it('takes "discharging" beside "charging" for what the adapter says', () => {
    const pair = [battery(50), battery(50, { name: 'BAT1', status: 'charging', powerW: 15 })];
    expect(judge([adapter(true), ...pair]).state).toBe('charging');
    expect(judge([adapter(false), ...pair]).state).toBe('discharging');
  });
});

describe('states of two batteries', () => {
  it.each<[PowerSupply['status'], number, PowerSupply['status'], number, boolean | null, string]>([
    ['unknown', 95, 'not-charging', 50, null, 'not-charging'],
    ['unknown', 95, 'full', 100, null, 'full'],
    ['unknown', 95, 'unknown', 50, null, 'discharging'],
    ['unknown', 95, 'unknown', 50, true, 'charging'],
    ['unknown', 95, 'full', 100, false, 'discharging'],
    ['unknown', 0, 'full', 100, null, 'discharging'],
    ['unknown', 0, 'not-charging', 60, true, 'charging'],
    ['full', 100, 'not-charging', 60, true, 'not-charging'],
    ['full', 100, 'not-charging', 90, true, 'full'],
    ['full', 100, 'not-charging', 89.9, true, 'not-charging'],
    ['not-charging', 95, 'not-charging', 95, null, 'full'],
    ['not-charging', 95, 'not-charging', 95, false, 'not-charging'],
    ['discharging', 50, 'not-charging', 60, null, 'discharging'],
    ['full', 100, 'discharging', 60, null, 'discharging'],
    ['empty', 0, 'empty', 0, true, 'empty'],
  ])('%s %d %% and %s %d %%, adapter %s: %s', (status, percent, other, otherPercent, online, state) => {
    const pair = [
      battery(percent, { status, powerW: null }),
      battery(otherPercent, { status: other, powerW: null }),
    ];
    expect(judge(online === null ? pair : [adapter(online), ...pair]).state).toBe(state);
  });
});

describe('external power', () => {
  it('gives FULL with the reserve under 10 %', () => {
    const charging = { status: 'charging', powerW: 30 } as const;
    expect(judge([adapter(true), battery(9.99, charging)])).toMatchObject({
      level: 'FULL',
      reservePercent: 9.99,
    });
    expect(judge([adapter(true), battery(10, charging)])).toMatchObject({
      level: 'FULL',
      reservePercent: null,
    });
  });

  it('does not give FULL while the battery drains', () => {
    expect(judge([adapter(true), battery(19)])).toMatchObject({ level: 'LOW', onExternalPower: true });
    expect(judge([adapter(true), battery(19, { powerW: -0.1 })]).level).toBe('FULL');
  });

  it('is not known from an empty battery without an adapter', () => {
    const judgement = judge([battery(0, { status: 'unknown', powerW: null })]);
    expect(judgement).toMatchObject({ level: 'UNKNOWN', onExternalPower: null, state: 'empty' });
  });

  it('is believed from any one of several inputs', () => {
    const usb = battery(null, { name: 'usb', kind: 'usb', status: null, online: true, powerW: null });
    expect(judge([adapter(null), usb, battery(50, { status: 'unknown' })]).onExternalPower).toBe(true);
  });
});

describe('a desktop', () => {
  it('without anything is on mains', () => {
    expect(judge([])).toEqual({
      level: 'FULL',
      levelValue: 4,
      why: 'mains, no battery',
      onExternalPower: true,
      percent: null,
      netPowerW: null,
      state: null,
      reservePercent: null,
      batteryPresent: false,
    });
  });

  it('counts no battery when it is set to always on mains', () => {
    expect(judge([battery(3)], [], true)).toMatchObject({ level: 'FULL', why: 'always on mains, as set' });
  });

  it.each<[string, Partial<UpsReading>, string]>([
    ['on line', {}, 'FULL'],
    ['on line with a low battery still', { lowBattery: true }, 'FULL'],
    ['on bypass', { bypass: true }, 'FULL'],
    ['on battery, full', { onBattery: true, chargePercent: 100 }, 'HIGH'],
    ['on battery, 60 %', { onBattery: true, chargePercent: 60 }, 'MEDIUM'],
    ['on battery, 4 %', { onBattery: true, chargePercent: 4 }, 'CRITICAL'],
    ['900 s left', { onBattery: true, runtimeSeconds: 900 }, 'HIGH'],
    ['899 s left', { onBattery: true, runtimeSeconds: 899 }, 'LOW'],
    ['899 s left at 3 %', { onBattery: true, runtimeSeconds: 899, chargePercent: 3 }, 'CRITICAL'],
    ['299 s left', { onBattery: true, runtimeSeconds: 299 }, 'CRITICAL'],
    ['low battery', { onBattery: true, lowBattery: true }, 'CRITICAL'],
    ['forced shutdown', { forcedShutdown: true }, 'CRITICAL'],
    ['no charge told', { onBattery: true, chargePercent: null }, 'UNKNOWN'],
    ['no charge told, 10 min left', { onBattery: true, chargePercent: null, runtimeSeconds: 600 }, 'LOW'],
    ['neither on line nor on battery', { onBattery: null }, 'UNKNOWN'],
    ['switched off', { off: true, onBattery: null }, 'FULL'],
    ['silent, last on battery', { onBattery: true, problem: 'not answering for 17 s' }, 'CRITICAL'],
    ['silent, last on line', { problem: 'not answering for 17 s' }, 'FULL'],
    ['never heard', { onBattery: null, problem: 'refused', readAt: null }, 'UNKNOWN'],
    ['its line to the UPS lost', { onBattery: null, commLost: true }, 'UNKNOWN'],
    ['its line lost while on battery', { onBattery: true, commLost: true }, 'CRITICAL'],
    ['of another machine', { onBattery: true, lowBattery: true, feedsThisMachine: false }, 'FULL'],
  ])('with a UPS %s is %s', (_, more, level) => {
    expect(judge([], [ups(more)]).level).toBe(level);
  });

  it('goes by the worst UPS that feeds it', () => {
    expect(judge([], [ups(), ups({ onBattery: true, chargePercent: 15 })]).level).toBe('LOW');
  });

  it('says what the UPS says', () => {
    const judgement = judge([], [ups({ onBattery: true, chargePercent: 59, runtimeSeconds: 1312 })]);
    expect(judgement).toMatchObject({ why: 'UPS on battery, 59 %, 21 min left', onExternalPower: false });
  });
});

describe('a laptop behind a UPS', () => {
  const charging = battery(80, { status: 'charging', powerW: 20 });

  it('goes by its own battery while the UPS runs down, never FULL', () => {
    const judgement = judge([adapter(true), charging], [ups({ onBattery: true, lowBattery: true })]);
    expect(judgement).toMatchObject({ level: 'HIGH', onExternalPower: false });
    expect(judgement.why).toMatch(/^UPS on battery.*battery 80 %/);
  });

  it('is on external power while the UPS is on line, or silent', () => {
    expect(judge([adapter(true), charging], [ups()]).level).toBe('FULL');
    expect(
      judge([adapter(true), charging], [ups({ onBattery: null, problem: 'refused', readAt: null })]).level,
    ).toBe('FULL');
  });
});

it('rounds down what it shows and compares what it was given', () => {
  expect(judge([battery(19.99)])).toMatchObject({ level: 'LOW', why: 'battery 19 %, draining 9.0 W' });
});
