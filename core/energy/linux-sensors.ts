import { coolingOf } from '../../shared/energy/cooling.ts';
import type { Thermal } from '../../shared/contract/energy.ts';
import { createPowerSupplies } from './linux-power-supply.ts';
import type { MayRead, ReadSupply, SupplyChoice } from './linux-power-supply.ts';
import { createThermalSensors } from './linux-thermal.ts';
import { createThrottleCounter } from './linux-throttle.ts';
import { createSysfsFiles } from './sysfs-files.ts';

/** One look at everything sysfs tells. */
export interface SensorsRead {
  readonly supplies: readonly ReadSupply[];
  readonly thermal: Thermal;
  readonly problems: readonly string[];
}

/**
 * All Linux sensors below one sysfs root. Synchronous.
 *
 * @throws Error from the returned function when the root is no sysfs or its supplies cannot be listed: never an
 * answer that looks like a machine without a battery
 */
export function createLinuxSensors(
  sysfsDir: string,
  choice: SupplyChoice,
): (mayRead: MayRead) => SensorsRead {
  const files = createSysfsFiles();
  const classDir = `${sysfsDir}/class`;
  const powerSupplies = createPowerSupplies(classDir, files, choice);
  const thermalSensors = createThermalSensors(classDir, files);
  const throttleCount = createThrottleCounter(sysfsDir, files);
  return (mayRead) => {
    const { supplies, problems } = powerSupplies.read(mayRead);
    if (supplies.length === 0 && files.identity(classDir) === null) {
      throw new Error(`${classDir} cannot be read (${files.cause()}): is ${sysfsDir} a sysfs?`);
    }
    return { supplies, thermal: coolingOf(thermalSensors.read(mayRead), throttleCount()), problems };
  };
}
