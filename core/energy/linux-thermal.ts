import type { ReadSensor } from '../../shared/energy/cooling.ts';
import { limitC, temperaturePlausibility } from '../../shared/energy/temperature.ts';
import type { MayRead } from './linux-power-supply.ts';
import { isSameFolder, numberOf } from './sysfs-files.ts';
import type { FolderIdentity, SysfsAttribute, SysfsFiles } from './sysfs-files.ts';

/** Reads every thermal zone and hwmon temperature below `class/`. */
export interface ThermalSensors {
  read(mayRead: MayRead): readonly ReadSensor[];
}

/** One input of a folder: what stays the same while the folder does. */
interface Input {
  readonly attribute: SysfsAttribute;
  /** Relative to `class/`. */
  readonly path: string;
  readonly label: string;
  readonly ownLabel: string;
  readonly chip: string;
  readonly criticalC: number | null;
  readonly hotC: number | null;
  /** Says 1 when the chip reports a broken sensor; null without one. */
  readonly fault: SysfsAttribute | null;
}

interface Plan {
  readonly identity: FolderIdentity;
  readonly inputs: readonly Input[];
}

/** New sensors, and folders that are not what they were, are looked for in every third look: within 6 s. */
const LIST_LOOKS = 3;
/** Trip points can be moved at run time (`thermald` does): they are read again after so many lists. */
const PLAN_LISTS = 7;

export function createThermalSensors(classDir: string, files: SysfsFiles): ThermalSensors {
  const plans = new Map<string, Plan & { lists: number }>();
  let listed: readonly string[] = [];
  let looksToList = 0;
  let silent: ReadonlySet<string> = new Set();

  /** What is known of a folder's inputs stays while the folder is the same. */
  const plan = (folder: string): void => {
    const identity = files.identity(`${classDir}/${folder}`);
    const known = plans.get(folder);
    if (known !== undefined && isSameFolder(known.identity, identity) && known.lists < PLAN_LISTS) {
      known.lists += 1;
      return;
    }
    closeAll(known?.inputs ?? []);
    plans.delete(folder);
    if (identity === null) return;
    const make = folder.startsWith('hwmon') ? hwmonInputs : zoneInputs;
    plans.set(folder, { identity, inputs: make(folder, files, classDir), lists: 0 });
  };

  const folders = (name: string, prefix: string): readonly string[] =>
    inOrder((files.list(`${classDir}/${name}`) ?? []).filter((entry) => entry.startsWith(prefix))).map(
      (entry) => `${name}/${entry}`,
    );

  const list = (): void => {
    listed = [...folders('thermal', 'thermal_zone'), ...folders('hwmon', 'hwmon')];
    for (const [folder, { inputs }] of plans) {
      if (listed.includes(folder)) continue;
      closeAll(inputs);
      plans.delete(folder);
    }
  };

  return {
    read(mayRead) {
      const isListed = looksToList <= 0;
      looksToList = isListed ? LIST_LOOKS - 1 : looksToList - 1;
      if (isListed) list();
      const sensors: ReadSensor[] = [];
      for (const folder of listed) {
        if (!mayRead(folder)) {
          sensors.push(silentSensor(folder));
          continue;
        }
        if (isListed || !plans.has(folder)) plan(folder);
        for (const input of plans.get(folder)?.inputs ?? []) sensors.push(sensorOf(input, files));
      }
      // A sensor that falls silent may be gone: everything is listed again in the next look.
      const before = silent;
      silent = new Set(sensors.flatMap(({ path, valueC }) => (valueC === null ? [path] : [])));
      if ([...silent].some((path) => !before.has(path))) looksToList = 0;
      return sensors;
    },
  };
}

function closeAll(inputs: readonly Input[]): void {
  for (const input of inputs) {
    input.attribute.close();
    input.fault?.close();
  }
}

function silentSensor(folder: string): ReadSensor {
  const name = folder.slice(folder.indexOf('/') + 1);
  const none = { valueC: null, criticalC: null, hotC: null };
  return { path: folder, label: name, chip: name, ...none, plausible: false, reason: 'did not answer' };
}

/** zone2 before zone10. */
function inOrder(names: string[]): string[] {
  return names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

function sensorOf(input: Input, files: SysfsFiles): ReadSensor {
  const { path, label, chip, criticalC, hotC } = input;
  const base = { path, label, chip, criticalC, hotC };
  const text = input.attribute.text();
  if (text === null) {
    return { ...base, valueC: null, plausible: false, reason: `read fails: ${files.cause()}` };
  }
  const milliC = numberOf(text);
  if (milliC === null) {
    return { ...base, valueC: null, plausible: false, reason: `not a number: "${text.slice(0, 64)}"` };
  }
  const valueC = milliC / 1000;
  if (input.fault?.text() === '1') {
    return { ...base, valueC, plausible: false, reason: 'the chip reports a broken sensor' };
  }
  return { ...base, valueC, ...temperaturePlausibility(chip, input.ownLabel, valueC) };
}

/** `mode` "disabled" turns off the kernel's governor, not the sensor: such a zone is read like any other. */
function zoneInputs(folder: string, files: SysfsFiles, classDir: string): readonly Input[] {
  const names = files.list(`${classDir}/${folder}`);
  if (!names?.includes('temp')) return [];
  const chip = files.text(`${classDir}/${folder}/type`) ?? folder;
  const trips = names.flatMap((name) => {
    const number = /^trip_point_(\d+)_type$/.exec(name)?.[1];
    return number === undefined ? [] : [number];
  });
  const tripC = (type: string): number | null => {
    const found = trips
      .filter((n) => files.text(`${classDir}/${folder}/trip_point_${n}_type`) === type)
      .map((n) => limitC(numberOf(files.text(`${classDir}/${folder}/trip_point_${n}_temp`))))
      .filter((c) => c !== null);
    return found.length === 0 ? null : Math.min(...found);
  };
  const path = `${folder}/temp`;
  return [
    {
      attribute: files.attribute(`${classDir}/${path}`),
      path,
      label: chip,
      ownLabel: '',
      chip,
      criticalC: tripC('critical'),
      hotC: tripC('hot'),
      fault: null,
    },
  ];
}

function hwmonInputs(folder: string, files: SysfsFiles, classDir: string): readonly Input[] {
  // Kernels before 3.15 put the attributes of some chips into the parent device.
  const own = files.list(`${classDir}/${folder}`) ?? [];
  const isInDevice = !own.some(isTemperature) && own.includes('device');
  const base = isInDevice ? `${folder}/device` : folder;
  const names = new Set(isInDevice ? (files.list(`${classDir}/${base}`) ?? []) : own);
  const text = (name: string): string | null =>
    names.has(name) ? files.text(`${classDir}/${base}/${name}`) : null;
  const chip = text('name') ?? folder;
  return inOrder([...names].filter(isTemperature)).map((name) => {
    const stem = name.slice(0, -'_input'.length);
    const ownLabel = text(`${stem}_label`) ?? '';
    const limit = (kind: string): number | null => limitC(numberOf(text(`${stem}_${kind}`)));
    return {
      attribute: files.attribute(`${classDir}/${base}/${name}`),
      path: `${base}/${name}`,
      label: ownLabel === '' ? chip : ownLabel,
      ownLabel,
      chip,
      criticalC: limit('crit') ?? limit('emergency'),
      hotC: null,
      fault: names.has(`${stem}_fault`) ? files.attribute(`${classDir}/${base}/${stem}_fault`) : null,
    };
  });
}

function isTemperature(name: string): boolean {
  return /^temp\d+_input$/.test(name);
}
