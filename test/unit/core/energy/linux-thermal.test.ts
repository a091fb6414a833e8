import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createThermalSensors } from '../../../../core/energy/linux-thermal.ts';
import { createThrottleCounter } from '../../../../core/energy/linux-throttle.ts';
import { createSysfsFiles } from '../../../../core/energy/sysfs-files.ts';
import type { Thermal } from '../../../../shared/contract/energy.ts';
import { coolingOf } from '../../../../shared/energy/cooling.ts';
import { recordedDir } from '../../../fixtures/recorded.ts';
import type { SysfsTree } from '../../../fixtures/sysfs/tree.ts';
import { laySysfs, linkSysfs, setAttribute } from '../../../fixtures/sysfs/tree.ts';

function reader(root: string): () => Thermal {
  const sensors = createThermalSensors(join(root, 'class'), createSysfsFiles());
  return () =>
    coolingOf(
      sensors.read(() => true),
      null,
    );
}

function read(tree: SysfsTree): Thermal {
  return reader(laySysfs(tree))();
}

const zone = (type: string, temp: number | null, more = {}) => ({ type, temp, ...more });
const critical = (milliC: number) => ({ trip_point_0_type: 'critical', trip_point_0_temp: milliC });

describe('heat sensors below sysfs', () => {
  it('judges a zone against its own critical trip point', () => {
    const thermal = read({
      thermal: {
        thermal_zone0: zone('x86_pkg_temp', 82_000, critical(105_000)),
        thermal_zone1: zone('acpitz', 79_000, { ...critical(85_000), mode: 'disabled' }),
      },
    });
    expect(thermal).toMatchObject({ coolingStatus: 'HOT', zone: 'acpitz', headroomC: 6, hottestC: 82 });
  });

  it('judges without trip points at 80, 90 and 100 C', () => {
    const status = (milliC: number) =>
      read({ thermal: { thermal_zone0: zone('cpu', milliC) } }).coolingStatus;
    expect([79_999, 80_000, 90_000, 100_000].map(status)).toEqual(['NORMAL', 'WARM', 'HOT', 'CRITICAL']);
  });

  it.each([0, -32_768_000, -274_000, 200_000])('takes a trip point of %i for none', (milliC) => {
    const thermal = read({ thermal: { thermal_zone0: zone('TSKN', 48_000, critical(milliC)) } });
    expect(thermal).toMatchObject({ coolingStatus: 'NORMAL', headroomC: 52 });
  });

  it('uses the "hot" trip point where there is one', () => {
    const trips = { ...critical(100_000), trip_point_1_type: 'hot', trip_point_1_temp: 70_000 };
    const thermal = read({ thermal: { thermal_zone0: zone('cpu', 75_000, trips) } });
    expect(thermal).toMatchObject({ coolingStatus: 'HOT', headroomC: 25 });
  });

  it('does not believe constants, absent sensors and the ends of scales', () => {
    const thermal = read({
      thermal: {
        thermal_zone0: zone('INT3400 Thermal', 20_000),
        thermal_zone1: zone('acpitz', -20_000),
        thermal_zone2: zone('iwlwifi_1', null),
        thermal_zone3: zone('cpu', 55_000),
      },
      hwmon: {
        hwmon0: { name: 'thinkpad', temp1_input: 44_000, temp2_input: 0 },
        hwmon1: { name: 'nct6792', temp1_input: -128_000, temp2_input: 0, temp2_label: 'PCH_CPU_TEMP' },
        hwmon2: { name: 'w83627', temp1_input: 127_500, temp2_input: 129_000 },
        hwmon3: { name: 'it8721', temp1_input: 40_000, temp1_fault: 1 },
        hwmon4: { name: 'other', temp1_input: 4_294_967_000, temp2_input: 'N/A' },
      },
    });
    expect(thermal.sensors.filter((s) => s.plausible).map((s) => s.path)).toEqual([
      'thermal/thermal_zone3/temp',
      'hwmon/hwmon0/temp1_input',
    ]);
    expect(thermal.hottestC).toBe(55);
    expect(thermal.sensors.find((s) => s.path === 'thermal/thermal_zone2/temp')?.valueC).toBeNull();
    for (const sensor of thermal.sensors) expect(sensor.reason).not.toBe('');
  });

  it('lets a disk decide only against its own limit, and a radio or a loose input never', () => {
    const hwmon = {
      hwmon0: { name: 'iwlwifi_1', temp1_input: 105_000 },
      hwmon1: { name: 'nct6792', temp1_input: 112_000, temp1_label: 'AUXTIN2' },
      hwmon2: { name: 'nvme', temp1_input: 86_000, temp1_label: 'Composite', temp1_crit: 84_850 },
      hwmon3: { name: 'nvme', temp1_input: 90_000, temp1_label: 'Sensor 1' },
    };
    expect(read({ hwmon })).toMatchObject({ coolingStatus: 'CRITICAL', zone: 'Composite', hottestC: 112 });
    const loose = { hwmon0: hwmon.hwmon0, hwmon1: hwmon.hwmon1, hwmon3: hwmon.hwmon3 };
    expect(read({ hwmon: loose })).toMatchObject({ coolingStatus: null, zone: null, headroomC: null });
  });

  it('says nothing where there is no sensor', () => {
    expect(read({})).toEqual({
      coolingStatus: null,
      hottestC: null,
      zone: null,
      headroomC: null,
      throttleCount: null,
      sensors: [],
    });
  });

  it('lists zones in their order and names hwmon sensors by their label', () => {
    const thermal = read({
      thermal: { thermal_zone10: zone('b', 40_000), thermal_zone2: zone('a', 40_000) },
      hwmon: {
        hwmon0: { name: 'coretemp', temp1_input: 41_000, temp1_label: 'Package id 0', temp2_input: 42_000 },
      },
    });
    expect(thermal.sensors.map((s) => s.label)).toEqual(['a', 'b', 'Package id 0', 'coretemp']);
  });

  it('reads the chips of old kernels in their parent device', () => {
    const root = laySysfs({ hwmon: { hwmon0: {} } });
    const device = join(root, 'class/hwmon/hwmon0/device');
    mkdirSync(device);
    writeFileSync(join(device, 'name'), 'coretemp\n');
    writeFileSync(join(device, 'temp1_input'), '51000\n');
    expect(reader(root)().sensors).toMatchObject([{ path: 'hwmon/hwmon0/device/temp1_input', valueC: 51 }]);
  });

  it('follows values, and sensors that go and come', () => {
    const root = laySysfs({
      thermal: { thermal_zone0: zone('a', 40_000), thermal_zone1: zone('b', 41_000) },
    });
    const look = reader(root);
    look();
    setAttribute(root, 'thermal', 'thermal_zone0', 'temp', 95_000);
    expect(look()).toMatchObject({ coolingStatus: 'HOT', hottestC: 95 });
    rmSync(join(root, 'class/thermal/thermal_zone0'), { recursive: true });
    look();
    look();
    expect(look().sensors.map((s) => s.label)).toEqual(['b']);
  });

  it('finds out at once when a sensor falls silent, and says so', () => {
    const root = laySysfs({
      thermal: { thermal_zone0: zone('a', 40_000), thermal_zone1: zone('b', 41_000) },
    });
    const look = reader(root);
    look();
    setAttribute(root, 'thermal', 'thermal_zone0', 'temp', '');
    expect(look().sensors[0]).toMatchObject({ label: 'a', valueC: null, reason: 'read fails: empty' });
    rmSync(join(root, 'class/thermal/thermal_zone0'), { recursive: true });
    expect(look().sensors.map((s) => s.label)).toEqual(['b']);
  });

  it('does not wait for FIFOs', () => {
    const root = laySysfs({ thermal: {} });
    for (let n = 0; n < 8; n += 1) {
      const dir = join(root, `class/thermal/thermal_zone${n}`);
      mkdirSync(dir);
      execFileSync('mkfifo', [join(dir, 'temp')]);
    }
    const thermal = reader(root)();
    expect(thermal.sensors).toHaveLength(8);
    expect(thermal.sensors.every((s) => s.valueC === null && !s.plausible)).toBe(true);
  });

  it('counts the throttling of each package once', () => {
    const root = laySysfs({});
    for (const [cpu, packageId, count] of [
      [0, 0, 7],
      [1, 0, 7],
      [2, 1, 5],
    ] as const) {
      const dir = join(root, `devices/system/cpu/cpu${cpu}`);
      mkdirSync(join(dir, 'thermal_throttle'), { recursive: true });
      mkdirSync(join(dir, 'topology'));
      writeFileSync(join(dir, 'thermal_throttle/package_throttle_count'), `${count}\n`);
      writeFileSync(join(dir, 'topology/physical_package_id'), `${packageId}\n`);
    }
    expect(createThrottleCounter(root, createSysfsFiles())()).toBe(12);
    expect(createThrottleCounter(laySysfs({}), createSysfsFiles())()).toBeNull();
  });
});

interface Expected {
  readonly hottest_plausible_c: number | null;
  readonly also_acceptable_c?: number[];
  readonly sensors: Record<string, { value_c: number | null; plausible: boolean | 'ambiguous' }>;
}

const recorded = recordedDir('thermal');

describe.skipIf(recorded === null)('recorded heat sensors (../shared/fixtures/thermal)', () => {
  const trees: [string, Expected][] =
    recorded === null
      ? []
      : Object.entries(
          JSON.parse(readFileSync(join(recorded, 'EXPECTED.json'), 'utf8')) as Record<string, Expected>,
        );

  it.each(trees)('%s', (name, expected) => {
    const folders = ['thermal', 'hwmon'].filter((kind) => existsSync(join(recorded!, name, kind)));
    const thermal = reader(
      linkSysfs(Object.fromEntries(folders.map((f) => [f, join(recorded!, name, f)]))),
    )();
    expect([expected.hottest_plausible_c, ...(expected.also_acceptable_c ?? [])]).toContain(thermal.hottestC);
    expect(thermal.sensors.map((s) => s.path).sort()).toEqual(Object.keys(expected.sensors).sort());
    for (const sensor of thermal.sensors) {
      const facts = expected.sensors[sensor.path]!;
      expect(sensor.valueC, sensor.path).toBe(facts.value_c);
      if (facts.plausible !== 'ambiguous') expect(sensor.plausible, sensor.path).toBe(facts.plausible);
    }
  });
});
