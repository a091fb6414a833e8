import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TraceRow } from '../../shared/energy/replay.ts';

const FULL_WH = 50;
const ADAPTER = 'ADP1';
const BATTERY = 'BAT0';

/** One adapter, one battery and one thermal zone, as the kernel would show them. */
export interface DemoLaptop {
  show(row: Pick<TraceRow, 'percent' | 'state'> & { readonly powerW: number | null }): void;
}

export function createDemoLaptop(sysfsDir: string): DemoLaptop {
  const supply = (name: string): string => join(sysfsDir, 'class/power_supply', name);
  const zone = join(sysfsDir, 'class/thermal/thermal_zone0');
  for (const dir of [supply(ADAPTER), supply(BATTERY), zone]) mkdirSync(dir, { recursive: true });
  put(supply(ADAPTER), { type: 'Mains', online: 1 });
  put(zone, { type: 'x86_pkg_temp', trip_point_0_type: 'critical', trip_point_0_temp: 105_000 });
  return {
    show({ percent, state, powerW }) {
      const isPlugged = state !== 'discharging';
      put(supply(ADAPTER), { online: isPlugged ? 1 : 0 });
      put(supply(BATTERY), {
        type: 'Battery',
        present: 1,
        status: state === 'charging' ? 'Charging' : isPlugged ? 'Full' : 'Discharging',
        energy_full: FULL_WH * 1e6,
        energy_now: Math.round((FULL_WH * 1e6 * (percent ?? 0)) / 100),
        power_now: Math.round((powerW ?? 0) * 1e6),
        capacity: Math.floor(percent ?? 0),
      });
      put(zone, { temp: 44_000 + Math.round((powerW ?? 0) * 900) });
    },
  };
}

/** By rename, so that no look sees half a number. */
function put(dir: string, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    writeFileSync(join(dir, `.${name}`), `${value}\n`);
    renameSync(join(dir, `.${name}`), join(dir, name));
  }
}
