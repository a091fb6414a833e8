import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { upsFromApcaccess } from '../../../../shared/energy/ups-apcaccess.ts';
import { recordedDir } from '../../../fixtures/recorded.ts';

const facts = (...lines: string[]) => upsFromApcaccess(lines.join('\n'));

describe('where the power comes from', () => {
  it.each([
    [['STATUS   : ONLINE', 'STATFLAG : 0x05000008'], false],
    [['STATUS   : TRIM ONLINE ', 'STATFLAG : 0x0700000A Status Flag'], false],
    [['STATUS   : ONBATT SLAVE', 'STATFLAG : 0x05060410'], true],
    [['STATUS   : ONBATT'], true],
    [['STATUS   : ONLINE'], false],
    [['STATFLAG : 0x10'], true],
    [['STATUS   : NOBATT', 'STATFLAG : 0x01000000'], null],
    [['STATUS   : ONBATT', 'STATFLAG : rubbish'], true],
    [['STATUS   : ONLINE ONBATT', 'STATFLAG : 0x18'], null],
    [['STATUS   :', 'STATFLAG : 0x00'], null],
    [['STATUS   : SHUTTING DOWN', 'STATFLAG : 0x05060650'], true],
    [['STATUS   : SHUTTING DOWN'], null],
    [['STATUS   : COMMLOST', 'STATFLAG : 0x05000100'], null],
    [['STATUS   : COMMLOST', 'STATFLAG : 0x05000108'], null],
    [['STATUS   : COMMLOST', 'STATFLAG : 0x05000110'], null],
    [['STATUS   : SHUTTING DOWN', 'STATFLAG : 0x05860710'], true],
  ])('%j gives onBattery %j', (lines, onBattery) => {
    expect(facts(...lines)?.onBattery).toBe(onBattery);
  });

  it('believes the flags where the words say otherwise', () => {
    expect(facts('STATUS   : ONLINE', 'STATFLAG : 0x05000010')?.onBattery).toBe(true);
  });
});

describe('the other flags', () => {
  it('come from the words', () => {
    expect(facts('STATUS   : CAL ONLINE OVERLOAD LOWBATT REPLACEBATT')).toMatchObject({
      status: 'CAL ONLINE OVERLOAD LOWBATT REPLACEBATT',
      calibrating: true,
      overload: true,
      lowBattery: true,
      replaceBattery: true,
      forcedShutdown: false,
      commLost: false,
    });
  });

  it('come from the bits when SHUTTING DOWN has replaced the words', () => {
    expect(facts('STATUS   : SHUTTING DOWN', 'STATFLAG : 0x050607F1')).toMatchObject({
      status: 'SHUTTING DOWN',
      forcedShutdown: true,
      lowBattery: true,
      replaceBattery: true,
      overload: true,
      calibrating: true,
      commLost: true,
    });
  });

  it('keeps an old charge as served and marks it by commLost', () => {
    expect(facts('STATUS   : COMMLOST', 'BCHARGE  : 100.0 Percent', 'STATFLAG : 0x05000100')).toMatchObject({
      commLost: true,
      chargePercent: 100,
      onBattery: null,
    });
  });
});

describe('numbers with units', () => {
  it.each([
    ['TIMELEFT : 737.5 Minutes', 44250],
    ['TIMELEFT :  46.8 Minutes', 2808],
    ['TIMELEFT : 90 Seconds', 90],
    ['TIMELEFT : 1.5 Hours', 5400],
    ['TIMELEFT : 12', 720],
    ['TIMELEFT : 12 Fortnights', null],
    ['TIMELEFT : N/A', null],
    ['TIMELEFT : -1 Minutes', null],
    ['TIMELEFT : 1:30 Hours', null],
    ['TIMELEFT :', null],
  ])('%s is %j seconds', (line, seconds) => {
    expect(facts('STATUS   : ONLINE', line)?.runtimeSeconds).toBe(seconds);
  });

  it.each([
    ['BCHARGE  : 096.0 Percent', 96],
    ['BCHARGE  : 100', 100],
    ['BCHARGE  : 98,5 Percent', 98.5],
    ['BCHARGE  : 098.0%', 98],
    ['BCHARGE  : 110.0 Percent', null],
    ['BCHARGE  : N/A', null],
    ['BCHARGE  : 12.0 Volts', null],
  ])('%s is %j %%', (line, percent) => {
    expect(facts('STATUS   : ONLINE', line)?.chargePercent).toBe(percent);
  });

  it('reads the load with its long unit', () => {
    expect(facts('STATUS   : ONLINE', 'LOADPCT  :  12.4 Percent Load Capacity')?.loadPercent).toBe(12.4);
  });
});

describe('the text around', () => {
  it('may hold a preamble and strange lines', () => {
    const text =
      'UPSCABLE smart\n\n/etc/apcupsd/apcupsd.status reads:\r\nUPSNAME  : den\r\nSTATUS   : ONBATT \r\n:::\n';
    expect(upsFromApcaccess(text)).toMatchObject({ onBattery: true, status: 'ONBATT' });
  });

  it.each([
    '',
    'Invalid command\n',
    'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n',
    'APC : 001\nEND APC : x',
  ])('%j is no status', (text) => {
    expect(upsFromApcaccess(text)).toBeNull();
  });
});

interface Expected {
  readonly status: string;
  readonly comm_lost: boolean;
  readonly shutting_down: boolean;
  readonly source: 'mains' | 'battery' | null;
  readonly low_battery: boolean;
  readonly replace_battery: boolean;
  readonly overload: boolean;
  readonly calibrating: boolean;
  readonly charge_percent: number | null;
  readonly time_left_min: number | null;
}

const recorded = recordedDir('apcaccess');

describe.skipIf(recorded === null)('recorded status texts (needs ../shared/fixtures/apcaccess)', () => {
  const dir = recorded ?? '';
  const expected =
    recorded === null
      ? {}
      : (JSON.parse(readFileSync(join(dir, 'EXPECTED.json'), 'utf8')) as Record<string, Expected>);
  const texts = recorded === null ? [] : readdirSync(dir).filter((name) => name.endsWith('.txt'));

  it.each(texts)('%s', (name) => {
    const want = expected[name]!;
    expect(upsFromApcaccess(readFileSync(join(dir, name), 'utf8'))).toMatchObject({
      status: want.status,
      onBattery: want.source === null ? null : want.source === 'battery',
      commLost: want.comm_lost,
      forcedShutdown: want.shutting_down,
      lowBattery: want.low_battery,
      replaceBattery: want.replace_battery,
      overload: want.overload,
      calibrating: want.calibrating,
      chargePercent: want.charge_percent,
      runtimeSeconds: want.time_left_min === null ? null : Math.round(want.time_left_min * 60),
    });
  });
});
