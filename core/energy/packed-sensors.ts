import type { ThermalSensor } from '../../shared/contract/energy.ts';
import type { ReadSupply } from './linux-power-supply.ts';
import type { SensorsRead } from './linux-sensors.ts';

/**
 * One look, packed for the way between two threads: names, states and reasons, which mostly are those of the look
 * before, apart from the numbers, which hardly ever are.
 */
export interface PackedSensors {
  readonly texts: readonly string[];
  /** NaN stands for one that could not be read. */
  readonly numbers: readonly number[];
}

type Texts = PackedSensors['texts'];
type Numbers = ArrayLike<number>;

/** Texts and numbers of each supply. */
const SUPPLY = { texts: 6, numbers: 8 };
/** Those of each temperature. */
const SENSOR = { texts: 3, numbers: 2 };
/** How many supplies and sensors there are; then what is told of the heat as a whole. */
const COUNTS = 2;
const HEAT = { texts: 2, numbers: 3 };

export function packSensors({ supplies, thermal, problems }: SensorsRead): PackedSensors {
  const { coolingStatus, zone, hottestC, headroomC, throttleCount, sensors } = thermal;
  const texts = [coolingStatus ?? '', zone ?? ''];
  const numbers = [supplies.length, sensors.length];
  numbers.push(hottestC ?? NaN, headroomC ?? NaN, throttleCount ?? NaN);
  for (const one of supplies) {
    texts.push(one.name, one.kind, one.scope, one.source, one.status ?? '', one.reason);
    numbers.push(one.online === null ? NaN : Number(one.online), Number(one.counted), one.percent ?? NaN);
    numbers.push(one.energyWh ?? NaN, one.energyFullWh ?? NaN, one.powerW ?? NaN);
    numbers.push(one.currentA ?? NaN, one.voltageV ?? NaN);
  }
  for (const { path, label, reason, valueC, plausible } of sensors) {
    texts.push(path, label, reason);
    numbers.push(valueC ?? NaN, Number(plausible));
  }
  texts.push(...problems);
  return { texts, numbers };
}

/** @param texts and @param numbers of one `packSensors`; there may be more numbers behind them */
export function unpackSensors(texts: Texts, numbers: Numbers): SensorsRead {
  const supplies: ReadSupply[] = [];
  const sensors: ThermalSensor[] = [];
  let text = HEAT.texts;
  let number = COUNTS + HEAT.numbers;
  for (let left = numbers[0] ?? 0; left > 0; left -= 1) {
    supplies.push(supplyAt(texts, text, numbers, number));
    text += SUPPLY.texts;
    number += SUPPLY.numbers;
  }
  for (let left = numbers[1] ?? 0; left > 0; left -= 1) {
    sensors.push(sensorAt(texts, text, numbers, number));
    text += SENSOR.texts;
    number += SENSOR.numbers;
  }
  const coolingStatus = told(texts[0]) as SensorsRead['thermal']['coolingStatus'];
  const thermal = {
    coolingStatus,
    hottestC: known(numbers[COUNTS]),
    // A sensor may have no name; none decides without a status.
    zone: coolingStatus === null ? null : (texts[1] ?? ''),
    headroomC: known(numbers[COUNTS + 1]),
    throttleCount: known(numbers[COUNTS + 2]),
    sensors,
  };
  return { supplies, thermal, problems: texts.slice(text) };
}

function supplyAt(texts: Texts, text: number, numbers: Numbers, number: number): ReadSupply {
  const online = known(numbers[number]);
  const currentA = known(numbers[number + 6]);
  const voltageV = known(numbers[number + 7]);
  const supply = {
    name: texts[text] ?? '',
    kind: texts[text + 1] as ReadSupply['kind'],
    scope: texts[text + 2] as ReadSupply['scope'],
    source: texts[text + 3] as ReadSupply['source'],
    online: online === null ? null : online === 1,
    status: told(texts[text + 4]) as ReadSupply['status'],
    percent: known(numbers[number + 2]),
    energyWh: known(numbers[number + 3]),
    energyFullWh: known(numbers[number + 4]),
    powerW: known(numbers[number + 5]),
    counted: numbers[number + 1] === 1,
    reason: texts[text + 5] ?? '',
  };
  if (currentA !== null)
    return voltageV === null ? { ...supply, currentA } : { ...supply, currentA, voltageV };
  return voltageV === null ? supply : { ...supply, voltageV };
}

function sensorAt(texts: Texts, text: number, numbers: Numbers, number: number): ThermalSensor {
  return {
    path: texts[text] ?? '',
    label: texts[text + 1] ?? '',
    valueC: known(numbers[number]),
    plausible: numbers[number + 1] === 1,
    reason: texts[text + 2] ?? '',
  };
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function told(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
