import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What each made-up supply shows, as the kernel names it. */
const SUPPLIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AC: { type: 'Mains', online: '0' },
  BAT0: battery('Discharging', 23_000_000, 17_480_000, 4_100_000),
  BAT1: battery('Discharging', 48_000_000, 31_200_000, 5_010_000),
  hidpp_battery_0: { type: 'Battery', scope: 'Device', present: '1', status: 'Discharging', capacity: '55' },
};
const ZONES = 12;

function battery(status: string, fullUwh: number, nowUwh: number, powerUw: number): Record<string, string> {
  return {
    type: 'Battery',
    present: '1',
    status,
    technology: 'Li-poly',
    cycle_count: '211',
    voltage_min_design: '11400000',
    voltage_now: '11980000',
    energy_full_design: String(fullUwh + 2_000_000),
    energy_full: String(fullUwh),
    energy_now: String(nowUwh),
    power_now: String(powerUw),
    capacity: String(Math.floor((nowUwh / fullUwh) * 100)),
    capacity_level: 'Normal',
    model_name: 'Bench',
    manufacturer: 'Bench',
    serial_number: '1',
  };
}

/** Writes `class/power_supply` with 4 supplies and `class/thermal` with 12 zones below a folder. */
export function writeSensorTree(sysDir: string): void {
  for (const [name, files] of Object.entries(SUPPLIES)) {
    const dir = join(sysDir, 'class/power_supply', name);
    put(dir, files);
    const uevent = [['NAME', name], ...Object.entries(files)]
      .map(([key, value]) => `POWER_SUPPLY_${(key ?? '').toUpperCase()}=${value}\n`)
      .join('');
    put(dir, { uevent });
  }
  for (let zone = 0; zone < ZONES; zone += 1) {
    put(join(sysDir, 'class/thermal', `thermal_zone${zone}`), {
      type: zone === 0 ? 'x86_pkg_temp' : `zone${zone}`,
      temp: String(41_000 + zone * 1000),
      mode: 'enabled',
      trip_point_0_type: 'critical',
      trip_point_0_temp: '105000',
      trip_point_1_type: 'passive',
      trip_point_1_temp: '95000',
    });
  }
}

function put(dir: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(dir, { recursive: true });
  for (const [name, value] of Object.entries(files)) {
    writeFileSync(join(dir, name), value.endsWith('\n') ? value : `${value}\n`);
  }
}
