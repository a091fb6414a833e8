import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createPowerSupplies } from '../../../../core/energy/linux-power-supply.ts';
import type { SuppliesRead, SupplyChoice } from '../../../../core/energy/linux-power-supply.ts';
import { createSysfsFiles } from '../../../../core/energy/sysfs-files.ts';
import { judgeChain } from '../../../../shared/energy/supply-chain.ts';
import type { ChainJudgement } from '../../../../shared/energy/supply-chain.ts';
import { recordedDir } from '../../../fixtures/recorded.ts';
import { AC_OFF, AC_ON, MACHINES, pack } from '../../../fixtures/sysfs/machines.ts';
import { laySysfs, linkSysfs, setAttribute } from '../../../fixtures/sysfs/tree.ts';

const NO_CHOICE: SupplyChoice = { alwaysOnMains: false, ignoreSupplies: [] };

function reader(root: string, choice = NO_CHOICE): () => SuppliesRead {
  const supplies = createPowerSupplies(join(root, 'class'), createSysfsFiles(), choice);
  return () => supplies.read(() => true);
}

function judged(read: SuppliesRead, alwaysOnMains = false): ChainJudgement {
  const supplies = read.supplies.map((supply) => ({ ...supply, readAt: '2026-01-05T10:00:00Z' }));
  return judgeChain({ supplies, ups: [], alwaysOnMains });
}

function one(read: SuppliesRead, name: string): SuppliesRead['supplies'][number] {
  return read.supplies.find((supply) => supply.name === name)!;
}

describe('a machine below sysfs', () => {
  it.each(MACHINES)('$rule', (machine) => {
    const read = reader(laySysfs({ power_supply: machine.tree }))();
    const judgement = judged(read);
    expect(judgement.level, judgement.why).toBe(machine.level);
    expect(judgement.onExternalPower).toBe(machine.external);
    if (machine.percent === null) expect(judgement.percent).toBeNull();
    else expect(judgement.percent).toBeCloseTo(machine.percent, 6);
    expect(judgement.state).toBe(machine.state);
    if (machine.powerW !== undefined) expect(judgement.netPowerW).toBe(machine.powerW);
    if (machine.why !== undefined) expect(judgement.why).toMatch(machine.why);
    const leftOut = read.supplies.filter((supply) => !supply.counted).map((supply) => supply.name);
    expect(leftOut).toEqual(machine.leftOut ?? []);
    for (const supply of read.supplies) expect(supply.reason).not.toBe('');
  });
});

describe('what the person says', () => {
  it('leaves out a supply that is to be ignored', () => {
    const root = laySysfs({ power_supply: { BAT0: pack(50), BAT1: pack(10) } });
    const read = reader(root, { alwaysOnMains: false, ignoreSupplies: ['BAT1'] })();
    expect(one(read, 'BAT1')).toMatchObject({ counted: false, percent: 10 });
    expect(judged(read).percent).toBe(50);
  });

  it('shows the battery of a machine that is always on mains, and does not count it', () => {
    const root = laySysfs({ power_supply: { BAT0: pack(4) } });
    const read = reader(root, { alwaysOnMains: true, ignoreSupplies: [] })();
    expect(one(read, 'BAT0')).toMatchObject({ counted: false, percent: 4 });
    expect(judged(read, true)).toMatchObject({ level: 'FULL', batteryPresent: false });
  });
});

describe('changes between two looks', () => {
  it('sees new values in the same files', () => {
    const root = laySysfs({ power_supply: { AC: AC_ON, BAT0: pack(50, { status: 'Charging' }) } });
    const look = reader(root);
    expect(judged(look()).level).toBe('FULL');
    setAttribute(root, 'power_supply', 'AC', 'online', 0);
    setAttribute(root, 'power_supply', 'BAT0', 'status', 'Discharging');
    setAttribute(root, 'power_supply', 'BAT0', 'energy_now', 2_000_000);
    setAttribute(root, 'power_supply', 'BAT0', 'capacity', 4);
    expect(judged(look())).toMatchObject({ level: 'CRITICAL', percent: 4, onExternalPower: false });
  });

  it('sees files that were replaced, added and taken away', () => {
    const root = laySysfs({ power_supply: { AC: AC_OFF, BAT0: pack(50) } });
    const look = reader(root);
    look();
    const dir = join(root, 'class/power_supply/BAT0');
    for (const [file, value] of [
      ['capacity', 30],
      ['energy_now', 15_000_000],
    ] as const) {
      writeFileSync(join(dir, 'new'), `${value}\n`);
      renameSync(join(dir, 'new'), join(dir, file));
    }
    rmSync(join(dir, 'power_now'));
    expect(judged(look())).toMatchObject({ percent: 30, netPowerW: null });
  });

  it('sees a battery taken out and another put in', () => {
    const root = laySysfs({ power_supply: { AC: AC_ON, BAT0: pack(50) } });
    const look = reader(root);
    look();
    rmSync(join(root, 'class/power_supply/BAT0'), { recursive: true });
    expect(judged(look())).toMatchObject({ batteryPresent: false, level: 'FULL' });
    mkdirSync(join(root, 'class/power_supply/BAT0'));
    for (const [file, value] of Object.entries(pack(70, { status: 'Charging' }))) {
      setAttribute(root, 'power_supply', 'BAT0', file, value);
    }
    expect(judged(look())).toMatchObject({ percent: 70, state: 'charging' });
  });
});

describe('a hostile sysfs', () => {
  const broken: [string, string][] = [
    ['nothing', ''],
    ['a lone line end', '\n'],
    ['N/A', 'N/A\n'],
    ['-1', '-1\n'],
    ['65535', '65535\n'],
    ['1e9', '1e9\n'],
    ['NaN', 'NaN\n'],
    ['101 with a tail', '101 %\n'],
    ['1 MB without a line end', '7'.repeat(1024 * 1024)],
    ['binary', '\u0000\u0001\u0002'],
  ];

  it.each(broken)('%s as the only charge is not known, and never 0 %%', (_, text) => {
    const root = laySysfs({ power_supply: { AC: AC_OFF, BAT0: { type: 'Battery', status: 'Discharging' } } });
    writeFileSync(join(root, 'class/power_supply/BAT0/capacity'), text);
    const read = reader(root)();
    expect(one(read, 'BAT0')).toMatchObject({ percent: null, counted: true });
    expect(judged(read)).toMatchObject({ level: 'UNKNOWN', percent: null });
  });

  it('does not wait for a FIFO', () => {
    const root = laySysfs({ power_supply: { AC: AC_OFF, BAT0: { type: 'Battery', status: 'Discharging' } } });
    for (const name of ['capacity', 'energy_now', 'energy_full', 'power_now', 'present', 'uevent']) {
      execFileSync('mkfifo', [join(root, 'class/power_supply/BAT0', name)]);
    }
    const read = reader(root)();
    expect(judged(read)).toMatchObject({ level: 'UNKNOWN', percent: null });
    expect(read.problems).toContain('BAT0/capacity: not a file');
  });

  it('names what could not be read', () => {
    const root = laySysfs({ power_supply: { BAT0: pack(50, { power_now: null }) } });
    const read = reader(root)();
    expect(read.problems).toEqual(['BAT0/power_now: not a file']);
    expect(judged(read)).toMatchObject({ level: 'MEDIUM', percent: 50, netPowerW: null });
  });

  it('refuses a class that cannot be listed instead of seeing a desktop', () => {
    const root = laySysfs({});
    writeFileSync(join(root, 'class/power_supply'), 'no folder');
    expect(reader(root)).toThrow(/cannot be listed/);
  });

  it('takes a supply that is no folder for one that could not be read', () => {
    const root = laySysfs({ power_supply: {} });
    writeFileSync(join(root, 'class/power_supply/BAT0'), 'no folder');
    const read = reader(root)();
    expect(read.problems).toEqual(['BAT0: not a folder']);
    expect(judged(read).level).toBe('UNKNOWN');
  });

  it('goes on without a folder that hung before', () => {
    const root = laySysfs({ power_supply: { AC: AC_ON, BAT0: pack(50) } });
    const supplies = createPowerSupplies(join(root, 'class'), createSysfsFiles(), NO_CHOICE);
    const read = supplies.read((folder) => folder !== 'power_supply/BAT0');
    expect(read.problems).toEqual(['BAT0: did not answer']);
    expect(judged(read)).toMatchObject({ level: 'FULL', onExternalPower: true });
  });
});

interface Expected {
  readonly has_system_battery: boolean;
  readonly on_ac: boolean | null;
  readonly percent: number | null;
  readonly percent_tolerance: number | null;
  readonly state: string | null;
  readonly watts: number | null;
  readonly watts_alternatives?: number[];
  readonly ambiguous_fields?: string[];
  readonly supplies: Record<string, { counts: boolean; percent?: number | null; online?: boolean }>;
}

const recorded = recordedDir('power_supply');
const STATES: Record<string, string[]> = {
  'fully-charged': ['full', 'not-charging'],
  'pending-charge': ['not-charging'],
};

describe.skipIf(recorded === null)('recorded machines (../shared/fixtures/power_supply)', () => {
  const machines: [string, Expected][] =
    recorded === null
      ? []
      : Object.entries(
          JSON.parse(readFileSync(join(recorded, 'EXPECTED.json'), 'utf8')) as Record<string, Expected>,
        );

  it.each(machines)('%s', (name, expected) => {
    const read = reader(linkSysfs({ power_supply: join(recorded!, name) }))();
    const judgement = judged(read);
    const isJudged = (field: string): boolean => expected.ambiguous_fields?.includes(field) !== true;
    const tolerance = expected.percent_tolerance ?? 1;
    if (isJudged('has_system_battery')) expect(judgement.batteryPresent).toBe(expected.has_system_battery);
    if (isJudged('on_ac')) expect(judgement.onExternalPower).toBe(expected.on_ac);
    if (isJudged('percent')) expectNear(judgement.percent, expected.percent, tolerance);
    if (isJudged('state')) {
      const allowed = expected.state === null ? [null] : (STATES[expected.state] ?? [expected.state]);
      expect(allowed).toContain(judgement.state);
    }
    if (isJudged('watts')) expectWatts(judgement.netPowerW, expected);
    for (const [supply, facts] of Object.entries(expected.supplies)) {
      expect(one(read, supply).counted, supply).toBe(facts.counts);
      if (facts.online !== undefined) expect(one(read, supply).online).toBe(facts.online);
      if (facts.percent !== undefined && isJudged('percent')) {
        expectNear(one(read, supply).percent, facts.percent, 1);
      }
    }
    expect(judgement.percent ?? 0).toBeLessThanOrEqual(100);
  });
});

function expectNear(actual: number | null, expected: number | null, tolerance: number): void {
  if (expected === null) expect(actual).toBeNull();
  else {
    expect(actual).not.toBeNull();
    expect(Math.abs(actual! - expected)).toBeLessThanOrEqual(tolerance);
  }
}

/** No draw and a draw of nothing are the same to a person. */
function expectWatts(netPowerW: number | null, expected: Expected): void {
  const allowed = expected.watts_alternatives ?? [expected.watts ?? 0];
  const watts = Math.abs(netPowerW ?? 0);
  const nearest = Math.min(...allowed.map((w) => Math.abs(w - watts) / Math.max(w, 0.4)));
  expect(nearest, `${watts} W, allowed ${allowed.join(', ')}`).toBeLessThanOrEqual(0.05);
}
