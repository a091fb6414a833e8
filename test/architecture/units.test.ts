import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { ROOT } from './repository.ts';

/** A quantity says its unit at the end of its name, in code, JSON and settings alike. */
const UNITS = [
  'Ms',
  'Seconds',
  'Minutes',
  'Hours',
  'Days',
  'Percent',
  'Wh',
  'W',
  'C',
  'V',
  'A',
  'Hz',
  'Bytes',
  'Mb',
  'PerSecond',
  'PerMinute',
  'PerHour',
  // How many of the thing named.
  'Count',
];

/** Numbers without a unit, each with the reason. */
const COUNTS: Readonly<Record<string, string>> = {
  version: 'which form of a file',
  schemaVersion: 'which form of an answer',
  sequence: 'a count of snapshots',
  port: 'a number of the network',
  pid: 'a number of the system',
  appId: 'a number that GitHub gave',
  installationId: 'a number that GitHub gave',
  levelValue: 'a rank, 0 to 4',
  confidence: 'a share, 0 to 1',
  percent: 'its own unit',
  minutes10: 'minutes, at the tenth of the range',
  minutes50: 'minutes, at its middle',
  minutes90: 'minutes, at its ninth tenth',
  count: 'how many of the thing beside it',
  exitCode: 'a number of the system',
  value: 'a score, 0 to 100, as PUT /v1/wellbeing takes it',
  effective: 'a score, 0 to 100, as it counts now',
  delta: 'points of a score, 0 to 100',
  points: 'points of a score, 0 to 100',
  minutes: 'its own unit',
  step: 'seconds a point, as GET /v1/history takes it',
  probability: 'a share, 0 to 1',
  accuracy: 'a share, 0 to 1',
  drift: 'a share, 0 to 1',
  desiredReplicas: 'how many instances, as autoscalers name it',
  setReplicas: 'how many instances, as autoscalers name it',
  min: 'how many instances',
  max: 'how many instances',
  limit: 'how many entries are asked for',
  before: 'a sequence of the audit',
  priority: 'a rank, -10 to 10',
  dailyTaskBudget: 'how many tasks a day',
  mediumAt: 'a border in the unit of the source the person named',
  lowAt: 'a border in the unit of the source the person named',
  integration: 'a score, 0 to 100, as report files name it',
  wellbeing: 'a score, 0 to 100, as report files name it',
  stability: 'a score, 0 to 100, as report files name it',
  model_health: 'a score, 0 to 100, as report files name it',
  embedding_quality: 'a score, 0 to 100, as report files name it',
  computation_load: 'a score, 0 to 100, as report files name it',
};

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** The keys of a schema that hold a number and do not say which, as paths. */
function unitlessKeys(schema: JsonSchema, path: string): string[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, value]) => [
      ...(holdsNumber(value) && !saysUnit(key) ? [`${path}.${key}`] : []),
      ...unitlessKeys(value, `${path}.${key}`),
    ]),
    ...(schema.items === undefined ? [] : unitlessKeys(schema.items, `${path}[]`)),
    ...(typeof schema.additionalProperties === 'object'
      ? unitlessKeys(schema.additionalProperties, `${path}{}`)
      : []),
    ...inner.flatMap((option) => unitlessKeys(option, path)),
    ...Object.values(schema.$defs ?? {}).flatMap((definition) => unitlessKeys(definition, path)),
  ];
}

function holdsNumber(schema: JsonSchema): boolean {
  const types = [schema.type ?? []].flat();
  const options = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return types.includes('number') || types.includes('integer') || options.some(holdsNumber);
}

function saysUnit(key: string): boolean {
  return Object.hasOwn(COUNTS, key) || UNITS.some((unit) => key.endsWith(unit) && key.length > unit.length);
}

const CONTRACT_DIR = join(ROOT, 'shared/contract');
const schemas = (
  await Promise.all(
    readdirSync(CONTRACT_DIR)
      .filter((filename) => filename.endsWith('.ts'))
      .map(async (filename) =>
        Object.entries((await import(join(CONTRACT_DIR, filename))) as Record<string, unknown>),
      ),
  )
)
  .flat()
  .filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType);

describe('numbers on the wire and in settings', () => {
  it('say their unit', () => {
    const found = schemas.flatMap(([name, schema]) =>
      unitlessKeys(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as JsonSchema, name),
    );
    expect(schemas.length).toBeGreaterThan(10);
    expect([...new Set(found)]).toEqual([]);
  });

  it('are excused only where they exist', () => {
    const text = JSON.stringify(
      schemas.map(([, schema]) => z.toJSONSchema(schema, { unrepresentable: 'any' })),
    );
    expect(Object.keys(COUNTS).filter((key) => !text.includes(`"${key}":`))).toEqual([]);
  });

  it('are found wherever they hide', () => {
    const schema = z.object({
      interval: z.number(),
      intervalMs: z.number(),
      list: z.array(z.object({ power: z.number().nullable() })),
      either: z.union([z.object({ size: z.int() }), z.string()]),
      byName: z.record(z.string(), z.object({ age: z.number().optional() })),
      coerced: z.coerce.number(),
      name: z.string(),
    });
    expect(unitlessKeys(z.toJSONSchema(schema, { io: 'output' }) as JsonSchema, 'x').sort()).toEqual(
      ['x.byName{}.age', 'x.coerced', 'x.either.size', 'x.interval', 'x.list[].power'].sort(),
    );
  });
});
