import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { upsFromVariables } from '../../../../shared/energy/ups-status.ts';
import { recordedDir } from '../../../fixtures/recorded.ts';
import { readDevVariables } from '../../../fixtures/dev-dump.ts';

const facts = (variables: Readonly<Record<string, string>>) =>
  upsFromVariables(new Map(Object.entries(variables)));

describe('the words of ups.status', () => {
  it.each([
    ['OL', false],
    ['OB', true],
    ['OB LB DISCHRG', true],
    ['OL DISCHRG', false],
    ['ALARM OL CHRG RB', false],
    ['OL OB', null],
    ['OFF', null],
    ['BOOST BYPASS', null],
    ['WAIT', null],
    ['', null],
    ['OLD OBSCURE', null],
  ])('%j leaves onBattery %j', (status, onBattery) => {
    expect(facts({ 'ups.status': status })).toMatchObject({ status, onBattery });
  });

  it('turns each flag into its own field', () => {
    expect(facts({ 'ups.status': '  FSD OB LB RB   BYPASS OVER OFF CAL ' })).toMatchObject({
      status: 'FSD OB LB RB BYPASS OVER OFF CAL',
      onBattery: true,
      lowBattery: true,
      replaceBattery: true,
      forcedShutdown: true,
      bypass: true,
      overload: true,
      off: true,
      calibrating: true,
      commLost: false,
    });
  });

  it('does not take a longer word for a flag', () => {
    expect(facts({ 'ups.status': 'OL OVERHEAT OFFLINE CALM LBX' })).toMatchObject({
      overload: false,
      off: false,
      calibrating: false,
      lowBattery: false,
    });
  });
});

describe('the numbers', () => {
  it.each([
    ['100', 100],
    ['045.2', 45.2],
    ['  0.0', 0],
    ['96.', 96],
    ['120', null],
    ['-143.2', null],
    ['65535', null],
    ['98,5', 98.5],
    ['98,555', null],
    ['45 %', 45],
    ['45.5%', 45.5],
    ['45 V', null],
    ['%', null],
    ['N/A', null],
    ['0x64', null],
    ['1e2', null],
    ['NaN', null],
    ['', null],
    ['9'.repeat(400), null],
  ])('battery.charge %j is %j', (text, chargePercent) => {
    expect(facts({ 'ups.status': 'OL', 'battery.charge': text }).chargePercent).toBe(chargePercent);
  });

  it('keeps a load over 100 % and refuses negative times', () => {
    expect(facts({ 'ups.load': '131.5', 'battery.runtime': '-60.0' })).toMatchObject({
      loadPercent: 131.5,
      runtimeSeconds: null,
    });
  });

  it.each([
    ['600 s', 600],
    ['600 seconds', 600],
    ['10 min', null],
    [' 1:57', 1],
    ['1:57:00', null],
    [':57', null],
  ])('battery.runtime %j is %j seconds', (text, seconds) => {
    expect(facts({ 'battery.runtime': text }).runtimeSeconds).toBe(seconds);
  });

  it('leaves what is absent unknown, never zero', () => {
    expect(facts({})).toMatchObject({ chargePercent: null, runtimeSeconds: null, loadPercent: null });
  });
});

interface Expected {
  readonly status: string;
  readonly source: 'mains' | 'battery' | null;
  readonly low_battery: boolean;
  readonly replace_battery: boolean;
  readonly forced_shutdown: boolean;
  readonly bypass: boolean;
  readonly overload: boolean;
  readonly off: boolean;
  readonly calibrating: boolean;
  readonly charge_percent: number | null;
  readonly runtime_s: number | null;
  readonly load_percent: number | null;
}

const recorded = recordedDir('ups');

describe.skipIf(recorded === null)('recorded device dumps (needs ../shared/fixtures/ups)', () => {
  const dir = recorded ?? '';
  const expected =
    recorded === null
      ? {}
      : (JSON.parse(readFileSync(join(dir, 'EXPECTED.json'), 'utf8')) as Record<string, Expected>);
  const dumps = recorded === null ? [] : readdirSync(dir).filter((name) => name.endsWith('.dev'));

  it('has an expectation for each dump', () => {
    expect(dumps.sort()).toEqual(Object.keys(expected).sort());
  });

  // What the dummy driver makes of an open quote, or adds where a status is missing, only a real server
  // shows: the integration test serves these as well.
  const readable = dumps.filter((name) => {
    const text = readFileSync(join(dir, name), 'utf8').replace(/#.*$/gm, '');
    return !text.includes('"') && /^ups\.status:/m.test(text);
  });

  it('can be read without a server, nearly all of them', () => {
    expect(readable.length).toBeGreaterThan(dumps.length * 0.9);
  });

  it.each(readable)('%s', (name) => {
    const variables = readDevVariables(readFileSync(join(dir, name), 'utf8'));
    const want = expected[name]!;
    const inRange = (value: number | null, max: number) =>
      value !== null && value >= 0 && value <= max ? value : null;
    expect(upsFromVariables(variables)).toEqual({
      status: want.status,
      onBattery: want.source === null ? null : want.source === 'battery',
      lowBattery: want.low_battery,
      replaceBattery: want.replace_battery,
      forcedShutdown: want.forced_shutdown,
      bypass: want.bypass,
      overload: want.overload,
      off: want.off,
      calibrating: want.calibrating,
      commLost: false,
      chargePercent: inRange(want.charge_percent, 100),
      runtimeSeconds: inRange(want.runtime_s, Infinity),
      loadPercent: inRange(want.load_percent, Infinity),
    });
  });
});
