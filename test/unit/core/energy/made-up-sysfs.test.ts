import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createPowerSupplies } from '../../../../core/energy/linux-power-supply.ts';
import type { SysfsFiles } from '../../../../core/energy/sysfs-files.ts';
import { createThermalSensors } from '../../../../core/energy/linux-thermal.ts';
import { powerSupplySchema, thermalSchema } from '../../../../shared/contract/energy.ts';
import type { PowerSupply } from '../../../../shared/contract/energy.ts';
import { RANKED_LEVELS } from '../../../../shared/contract/vocabulary.ts';
import { coolingOf } from '../../../../shared/energy/cooling.ts';
import { levelOfPercent } from '../../../../shared/energy/level.ts';
import { judgeChain } from '../../../../shared/energy/supply-chain.ts';

/** A file's text, or the error its read gives. */
type Content = string | { readonly errno: string };
type Folders = Record<string, Record<string, Content>>;

/** sysfs in memory, for trees by the thousand. */
function memoryFiles(classes: Record<string, Folders>): SysfsFiles {
  let cause = '';
  const fail = (why: string): null => {
    cause = why;
    return null;
  };
  const folderOf = (path: string) => {
    const [, className = '', folder = ''] = path.split('/');
    return classes[className]?.[folder];
  };
  const text = (path: string): string | null => {
    const content = folderOf(path)?.[path.split('/')[3] ?? ''];
    if (content === undefined) return fail('ENOENT');
    if (typeof content !== 'string') return fail(content.errno);
    return content.trim() === '' ? fail('empty') : content.trim();
  };
  return {
    text,
    attribute: (path) => ({ text: () => text(path), close: () => undefined }),
    cause: () => cause,
    list(path) {
      const [, className = '', folder] = path.split('/');
      const names = folder === undefined ? classes[className] : folderOf(path);
      return names === undefined ? fail('ENOENT') : Object.keys(names);
    },
    identity: (path) => (folderOf(path) === undefined ? fail('ENOENT') : { dev: 1, ino: 1, mtimeMs: 1 }),
  };
}

const failure = fc.constantFrom('ENODEV', 'EIO', 'EACCES', 'ENODATA', 'EAGAIN').map((errno) => ({ errno }));
const nonsense = fc.constantFrom(
  '',
  'N/A',
  '-1',
  '65535',
  '1e9',
  'NaN',
  '99999999999999999999',
  '101',
  '\u0001',
);
const micro = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 100_000_000 }).map(String) },
  { weight: 1, arbitrary: fc.integer().map(String) },
  { weight: 1, arbitrary: nonsense },
  { weight: 1, arbitrary: failure },
);
const charge = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 100 }).map(String) },
  { weight: 1, arbitrary: nonsense },
  { weight: 1, arbitrary: failure },
);
const status = fc.oneof(
  fc.constantFrom<Content>('Charging', 'Discharging', 'Full', 'Not charging', 'Unknown', 'Empty', 'what'),
  failure,
);
const type = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Content>('Battery') },
  { weight: 3, arbitrary: fc.constantFrom<Content>('Mains', 'USB', 'Wireless') },
  { weight: 1, arbitrary: fc.constantFrom<Content>('UPS', 'BMS', 'Unknown', '') },
  { weight: 1, arbitrary: failure },
);
const supply = fc.record<Record<string, Content>>(
  {
    type,
    scope: fc.constantFrom('System', 'Device', 'Unknown'),
    online: fc.oneof(fc.constantFrom<Content>('0', '1', '2', 'x'), failure),
    present: fc.constantFrom<Content>('0', '1', '1', '1'),
    status,
    capacity: charge,
    energy_full: micro,
    energy_now: micro,
    energy_full_design: micro,
    charge_full: micro,
    charge_now: micro,
    power_now: micro,
    current_now: micro,
    voltage_now: micro,
    voltage_min_design: micro,
  },
  { requiredKeys: ['type'] },
);
const tree = fc.dictionary(fc.constantFrom('AC', 'BAT0', 'BAT1', 'CMB0', 'ucsi', 'hid'), supply as never, {
  maxKeys: 5,
});

function lookAt(power_supply: Folders): PowerSupply[] {
  const files = memoryFiles({ power_supply });
  const choice = { alwaysOnMains: false, ignoreSupplies: [] };
  const { supplies } = createPowerSupplies('class', files, choice).read(() => true);
  return supplies.map((s) => ({ ...s, readAt: '2026-01-05T10:00:00.000Z' }));
}

function isReadable(folders: Folders, name: string, key: string): boolean {
  return typeof folders[name]?.[key] === 'string' && /^\d+$/.test(folders[name][key]);
}

describe('made-up machines', () => {
  it('never fail, never lie, never exceed what the counted supplies allow', () => {
    fc.assert(
      fc.property(tree as fc.Arbitrary<Folders>, (folders) => {
        const supplies = lookAt(folders);
        expect(supplies).toHaveLength(Object.keys(folders).length);
        for (const one of supplies) {
          powerSupplySchema.parse(one);
          expect(Math.abs(one.powerW ?? 0)).toBeLessThanOrEqual(300);
          if (one.percent === 0) {
            const keys = ['capacity', 'energy_now', 'charge_now'];
            expect(keys.some((key) => isReadable(folders, one.name, key))).toBe(true);
          }
        }
        const judgement = judgeChain({ supplies, ups: [], alwaysOnMains: false });
        const counted = supplies.filter((s) => s.counted);
        const batteries = counted.filter((s) => s.kind === 'battery');
        const isFed = counted.some((s) => s.online === true);
        if (judgement.level === 'UNKNOWN') expect(judgement.levelValue).toBeNull();
        else expect(judgement.levelValue).toBe(RANKED_LEVELS.indexOf(judgement.level));
        if (judgement.percent === 0) expect(['FULL', 'UNKNOWN']).toContain(judgement.level);
        expect(judgement.batteryPresent).toBe(batteries.length > 0);

        const percents = batteries.flatMap((b) => (b.percent === null ? [] : [b.percent]));
        const isDraining = batteries.length > 0 && batteries.every((b) => b.status === 'discharging');
        if (isDraining && !isFed) {
          if (percents.length === 0) expect(judgement.level).toBe('UNKNOWN');
          else {
            const best = RANKED_LEVELS.indexOf(levelOfPercent(Math.max(...percents)));
            expect(judgement.levelValue ?? 0).toBeLessThanOrEqual(best);
            expect(judgement.onExternalPower).not.toBe(true);
          }
        }
        const mains = counted.filter((s) => s.kind === 'mains');
        if (batteries.length > 0 && mains.length > 0 && !isFed && mains.every((m) => m.online === false)) {
          const others = counted.filter((s) => s.kind === 'usb' || s.kind === 'wireless');
          if (others.every((s) => s.online === false)) expect(judgement.level).not.toBe('FULL');
        }
        if (counted.some((s) => s.kind === 'other') && !isFed && batteries.length === 0) {
          expect(judgement.level).toBe('UNKNOWN');
        }
      }),
      { numRuns: 4000 },
    );
  }, 60_000);

  it('give heat that is one or none', () => {
    const temperature = fc.oneof(
      fc.integer({ min: -300_000, max: 300_000 }).map(String),
      fc.integer().map(String),
      nonsense,
      failure,
    );
    const zones = fc.dictionary(
      fc.integer({ min: 0, max: 12 }).map((n) => `thermal_zone${n}`),
      fc.record(
        {
          type: fc.constantFrom('acpitz', 'x86_pkg_temp', 'INT3400 Thermal', 'iwlwifi_1'),
          temp: temperature,
          trip_point_0_type: fc.constantFrom('critical', 'hot', 'passive'),
          trip_point_0_temp: temperature,
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(zones as fc.Arbitrary<Folders>, (thermal) => {
        const sensors = createThermalSensors('class', memoryFiles({ thermal })).read(() => true);
        const heat = coolingOf(sensors, null);
        thermalSchema.parse(heat);
        for (const sensor of sensors) {
          if (sensor.valueC === null) expect(sensor.plausible).toBe(false);
          if (sensor.plausible) expect(sensor.valueC).toBeGreaterThan(-40);
        }
        expect(heat.coolingStatus === null).toBe(heat.headroomC === null);
      }),
      { numRuns: 2000 },
    );
  }, 60_000);
});
