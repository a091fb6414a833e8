/** What of a JSON Schema says how a setting is shown. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: string;
  /** A change counts after the next start. */
  readonly restart?: boolean;
}

/** The control a setting is changed with. */
export type SettingField =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly isNullable: boolean }
  | {
      readonly kind: 'number';
      readonly least: number | null;
      readonly most: number | null;
      readonly isWhole: boolean;
      readonly isNullable: boolean;
    }
  | { readonly kind: 'text'; readonly isNullable: boolean; readonly isAddress: boolean }
  | { readonly kind: 'lines' }
  | { readonly kind: 'fixed' }
  /** Shapes of no control's own are written as they are. */
  | { readonly kind: 'json' };

/** The schema without "or null", and whether null may be. */
export function settled(schema: Schema): { readonly schema: Schema; readonly isNullable: boolean } {
  if (Array.isArray(schema.type)) {
    const others = (schema.type as readonly string[]).filter((type) => type !== 'null');
    const [only] = others;
    if (others.length !== 1 || only === undefined) return { schema, isNullable: false };
    return { schema: { ...schema, type: only }, isNullable: others.length < schema.type.length };
  }
  const branches = schema.anyOf ?? [];
  const others = branches.filter((branch) => branch.type !== 'null');
  const [only] = others;
  if (others.length !== 1 || only === undefined || others.length === branches.length) {
    return { schema, isNullable: false };
  }
  const inner = settled(only);
  const outer = Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'anyOf')) as Schema;
  return { schema: { ...inner.schema, ...outer }, isNullable: true };
}

/** A group of named settings; one whose names are the person's own is not. */
export function isObjectSchema(schema: Schema): boolean {
  return schema.type === 'object' && schema.properties !== undefined;
}

export function fieldOf(outer: Schema): SettingField {
  const { schema, isNullable } = settled(outer);
  if (schema.const !== undefined) return { kind: 'fixed' };
  const { enum: names } = schema;
  if (names?.every((name) => typeof name === 'string')) return { kind: 'choice', choices: names, isNullable };
  switch (schema.type) {
    case 'boolean':
      return { kind: 'switch' };
    case 'number':
    case 'integer':
      return {
        kind: 'number',
        least: bound(schema.minimum ?? schema.exclusiveMinimum),
        most: bound(schema.maximum),
        isWhole: schema.type === 'integer',
        isNullable,
      };
    case 'string':
      return { kind: 'text', isNullable, isAddress: schema.format === 'uri' };
    case 'array':
      return settled(schema.items ?? {}).schema.type === 'string' ? { kind: 'lines' } : { kind: 'json' };
    default:
      return { kind: 'json' };
  }
}

/** A whole number without a bound is given the largest that can be counted to. */
function bound(value: number | undefined): number | null {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
}
