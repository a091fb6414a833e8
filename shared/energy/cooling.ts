import type { Thermal, ThermalSensor } from '../contract/energy.ts';
import type { CoolingStatus } from '../contract/vocabulary.ts';
import { COOLING_STATUSES } from '../contract/vocabulary.ts';

/** A sensor as read, with the limits its own driver states. */
export interface ReadSensor extends ThermalSensor {
  /** The driver's name: a zone's type or a hwmon chip's name. */
  readonly chip: string;
  /** Degrees at which the machine would be shut down or throttled hard; null when the driver states none. */
  readonly criticalC: number | null;
  /** Degrees of the driver's own "hot" trip point. */
  readonly hotC: number | null;
}

/** Without trip points of its own a sensor is WARM, HOT and CRITICAL from here (domain 1.2). */
const DEFAULT_WARM_C = 80;
const DEFAULT_HOT_C = 90;
const DEFAULT_CRITICAL_C = 100;
/** Below its own critical point a sensor is HOT and WARM so many degrees before: the distances of the defaults. */
const HOT_MARGIN_C = DEFAULT_CRITICAL_C - DEFAULT_HOT_C;
const WARM_MARGIN_C = DEFAULT_CRITICAL_C - DEFAULT_WARM_C;

/**
 * What a sensor sits on, by its driver:
 * - `board`: processor, chipset and board zones; decide, against their own trip points or the defaults;
 * - `device`: disks, memory modules, graphics, network cards; decide only against a critical point of their own,
 *   because what is hot for a processor is ordinary or fatal for them;
 * - `loose`: radios, whose heat says nothing about the machine, and inputs of monitoring chips, often not wired to
 *   anything; shown, never deciding.
 */
export type SensorPlace = 'board' | 'device' | 'loose';

const LOOSE =
  /^(iwlwifi|ath\d+k|mt7\d+|rtw\d+|brcmf|nct\d|it8\d|w83\d|f71\d|lm7\d|lm8\d|adt7|sch5|asus_?ec|asuswmi|battery)/i;
const DEVICE =
  /^(nvme|drivetemp|spd5118|jc42|amdgpu|radeon|nouveau|i915|xe|r8169|mlx|ixgbe|bnxt|tg3|igc|enp|eth)/i;

export function sensorPlace(chip: string): SensorPlace {
  if (LOOSE.test(chip)) return 'loose';
  return DEVICE.test(chip) ? 'device' : 'board';
}

/** Status and headroom of one sensor; null when it may not decide. */
export function sensorCooling(
  sensor: ReadSensor,
): { readonly status: CoolingStatus; readonly headroomC: number } | null {
  const place = sensorPlace(sensor.chip);
  const { valueC, criticalC } = sensor;
  if (!sensor.plausible || valueC === null || place === 'loose') return null;
  if (place === 'device' && criticalC === null) return null;
  const limitC = criticalC ?? DEFAULT_CRITICAL_C;
  const hotC = sensor.hotC !== null && sensor.hotC < limitC ? sensor.hotC : limitC - HOT_MARGIN_C;
  const warmC = Math.min(hotC, limitC - WARM_MARGIN_C);
  const status = valueC >= limitC ? 'CRITICAL' : valueC >= hotC ? 'HOT' : valueC >= warmC ? 'WARM' : 'NORMAL';
  return { status, headroomC: limitC - valueC };
}

/** The machine's heat: the worst sensor that may decide, and of equals the one with the least headroom. */
export function coolingOf(sensors: readonly ReadSensor[], throttleCount: number | null): Thermal {
  const plausible = sensors.flatMap((s) => (s.plausible && s.valueC !== null ? [s.valueC] : []));
  let worst: { status: CoolingStatus; headroomC: number; label: string } | null = null;
  for (const sensor of sensors) {
    const cooling = sensorCooling(sensor);
    if (cooling === null) continue;
    const byStatus = worst === null ? 1 : rank(cooling.status) - rank(worst.status);
    if (worst === null || byStatus > 0 || (byStatus === 0 && cooling.headroomC < worst.headroomC)) {
      worst = { ...cooling, label: sensor.label };
    }
  }
  return {
    coolingStatus: worst?.status ?? null,
    hottestC: plausible.length === 0 ? null : Math.max(...plausible),
    zone: worst?.label ?? null,
    headroomC: worst === null ? null : worst.headroomC,
    throttleCount,
    sensors: sensors.map(({ path, label, valueC, plausible: isPlausible, reason }) => ({
      path,
      label,
      valueC,
      plausible: isPlausible,
      reason,
    })),
  };
}

function rank(status: CoolingStatus): number {
  return COOLING_STATUSES.indexOf(status);
}
