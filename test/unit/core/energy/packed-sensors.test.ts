import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { ReadSupply } from '../../../../core/energy/linux-power-supply.ts';
import type { SensorsRead } from '../../../../core/energy/linux-sensors.ts';
import { packSensors, unpackSensors } from '../../../../core/energy/packed-sensors.ts';
import { createSensorChannel } from '../../../../core/energy/sensor-channel.ts';
import { powerSupplySchema, thermalSchema, thermalSensorSchema } from '../../../../shared/contract/energy.ts';
import { BATTERY_STATES, COOLING_STATUSES } from '../../../../shared/contract/vocabulary.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { nil: null });

const { kind, scope, source } = powerSupplySchema.shape;
const supply = fc.record(
  {
    name: text,
    kind: fc.constantFrom(...kind.options),
    scope: fc.constantFrom(...scope.options),
    source: fc.constantFrom(...source.options),
    online: maybe(fc.boolean()),
    status: maybe(fc.constantFrom(...BATTERY_STATES)),
    percent: maybe(number),
    energyWh: maybe(number),
    energyFullWh: maybe(number),
    powerW: maybe(number),
    currentA: number,
    voltageV: number,
    counted: fc.boolean(),
    reason: text,
  },
  {
    requiredKeys: [
      ...(['name', 'kind', 'scope', 'source', 'online', 'status', 'percent', 'energyWh'] as const),
      ...(['energyFullWh', 'powerW', 'counted', 'reason'] as const),
    ],
  },
) as fc.Arbitrary<ReadSupply>;

const heat = fc.oneof(
  fc.constant({ coolingStatus: null, zone: null, headroomC: null }),
  fc.record({ coolingStatus: fc.constantFrom(...COOLING_STATUSES), zone: text, headroomC: number }),
);
const rest = fc.record({
  hottestC: maybe(number),
  throttleCount: maybe(fc.nat()),
  sensors: fc.array(
    fc.record({ path: text, label: text, valueC: maybe(number), plausible: fc.boolean(), reason: text }),
    { maxLength: 6 },
  ),
});
const read: fc.Arbitrary<SensorsRead> = fc.record({
  supplies: fc.array(supply, { maxLength: 4 }),
  thermal: fc.tuple(heat, rest).map(([one, other]) => ({ ...one, ...other })),
  problems: fc.array(text, { maxLength: 3 }),
});

it('is all of a look, whatever was read', () => {
  fc.assert(
    fc.property(read, (look) => {
      const { texts, numbers } = packSensors(look);
      expect(unpackSensors(texts, numbers)).toEqual(look);
    }),
    { numRuns: 1000 },
  );
});

it('leaves out nothing that the contract has', () => {
  const made = fc.sample(read, { numRuns: 200, seed: 1 });
  const keysOf = (all: readonly object[]): string[] => [...new Set(all.flatMap(Object.keys))].sort();
  const expected = (shape: object): string[] => Object.keys(shape).sort();
  const unpacked = made.map((look) => {
    const { texts, numbers } = packSensors(look);
    return unpackSensors(texts, numbers);
  });
  const stamped = unpacked.flatMap(({ supplies }) => supplies.map((one) => ({ ...one, readAt: '' })));
  expect(keysOf(stamped)).toEqual(expected(powerSupplySchema.shape));
  expect(keysOf(unpacked.map(({ thermal }) => thermal))).toEqual(expected(thermalSchema.shape));
  const sensors = unpacked.flatMap(({ thermal }) => thermal.sensors);
  expect(keysOf(sensors)).toEqual(expected(thermalSensorSchema.shape));
});

it('goes from thread to thread look after look, with failures in between', () => {
  const { asker, answerer } = createSensorChannel();
  const ask = (): void => {
    asker.ask([]);
    answerer.question();
  };
  fc.assert(
    fc.property(fc.array(fc.option(read, { nil: null }), { minLength: 2, maxLength: 5 }), (looks) => {
      for (const look of looks.flatMap((one) => [one, one])) {
        ask();
        answerer.answer(look === null ? { error: 'is /sys a sysfs?' } : { read: look });
        if (look === null) expect(() => asker.answer()).toThrow('is /sys a sysfs?');
        else expect(asker.answer()).toEqual(look);
      }
    }),
    { numRuns: 200 },
  );
});
