import type { SettingsReply } from '../../shared/contract/settings.ts';
import { settingPath } from '../../shared/view/setting-path.ts';
import type { Words } from '../words/words.ts';
import { plainText } from './plain-text.ts';
import { fieldOf, isObjectSchema, settled } from './setting-schema.ts';
import type { Schema, SettingField } from './setting-schema.ts';
import { spelledWords } from './setting-text.ts';

/** One setting as a row of the page. */
export interface SettingRowView {
  readonly kind: 'row';
  readonly path: string;
  readonly label: string;
  readonly help: string;
  readonly field: SettingField;
  readonly value: unknown;
  readonly defaultValue: unknown;
  /** The file itself says it. */
  readonly isSet: boolean;
  /** There is a value, and it is not shown. */
  readonly isHidden: boolean;
  readonly needsRestart: boolean;
}

/** A group that can be left off as a whole, and is. */
export interface SettingOffView {
  readonly kind: 'off';
  readonly path: string;
  readonly title: string;
  readonly help: string;
  /** The value that turns it on, before anything in it is set. */
  readonly first: unknown;
}

export interface SettingGroupView {
  /** Empty for what stands at the top of the file. */
  readonly path: string;
  readonly title: string;
  readonly help: string;
  readonly rows: readonly (SettingRowView | SettingOffView)[];
  /** A group that may be left off can be turned off again. */
  readonly canTurnOff: boolean;
  /** One of several of its kind: it can be removed. */
  readonly isItem: boolean;
  /** A list of groups: another can be added at this path. */
  readonly nextItemPath: string | null;
}

type Keys = readonly (string | number)[];

/**
 * Every setting there is, in the order of the schema, with what is being changed already applied. Nested groups
 * follow the group they belong to.
 */
export function settingGroups(
  reply: SettingsReply,
  values: unknown,
  words: Words,
): readonly SettingGroupView[] {
  const set = new Set(reply.set);
  const hidden = new Set(reply.hidden);

  const rowOf = (schema: Schema, keys: Keys, value: unknown): SettingRowView => {
    const path = settingPath(keys);
    return {
      kind: 'row',
      path,
      label: labelOf(keys, words),
      help: schema.description ?? '',
      field: fieldOf(schema),
      value,
      defaultValue: schema.default ?? null,
      isSet: set.has(path),
      isHidden: hidden.has(path),
      needsRestart: schema.restart === true,
    };
  };

  const groupsOf = (
    schema: Schema,
    keys: Keys,
    value: unknown,
    more: Pick<SettingGroupView, 'canTurnOff' | 'isItem'>,
  ): readonly SettingGroupView[] => {
    const held = (value ?? {}) as Readonly<Record<string, unknown>>;
    const parts = Object.entries(schema.properties ?? {}).map(([key, part]) => ({
      keys: [...keys, key],
      part,
      inner: settled(part),
      value: held[key],
    }));
    const rows = parts.flatMap((each): readonly (SettingRowView | SettingOffView)[] => {
      if (isListOfGroups(each.inner.schema)) return [];
      if (!isObjectSchema(each.inner.schema)) return [rowOf(each.part, each.keys, each.value)];
      return each.inner.isNullable && (each.value === null || each.value === undefined)
        ? [offOf(each.part, each.keys)]
        : [];
    });
    const nested = parts.flatMap((each) => {
      if (isListOfGroups(each.inner.schema))
        return itemsOf(each.part, each.inner.schema, each.keys, each.value);
      const isOff = each.inner.isNullable && (each.value === null || each.value === undefined);
      if (!isObjectSchema(each.inner.schema) || isOff) return [];
      const described = { ...each.inner.schema, ...descriptionOf(each.part) };
      return groupsOf(described, each.keys, each.value, { canTurnOff: each.inner.isNullable, isItem: false });
    });
    const own = {
      path: settingPath(keys),
      title: titleOf(keys, values, words),
      help: schema.description ?? '',
      rows,
      nextItemPath: null,
      ...more,
    };
    return rows.length === 0 ? nested : [own, ...nested];
  };

  const itemsOf = (part: Schema, list: Schema, keys: Keys, value: unknown): readonly SettingGroupView[] => {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    const own = {
      path: settingPath(keys),
      title: titleOf(keys, values, words),
      help: part.description ?? '',
      rows: [],
      canTurnOff: false,
      isItem: false,
      nextItemPath: settingPath([...keys, items.length]),
    };
    const schema = settled(list.items ?? {}).schema;
    return [
      own,
      ...items.flatMap((item, index) =>
        groupsOf(schema, [...keys, index], item, { canTurnOff: false, isItem: true }),
      ),
    ];
  };

  const offOf = (schema: Schema, keys: Keys): SettingOffView => ({
    kind: 'off',
    path: settingPath(keys),
    title: titleOf(keys, values, words),
    help: schema.description ?? '',
    first: {},
  });

  return groupsOf(reply.schema as Schema, [], values, { canTurnOff: false, isItem: false }).map((group) =>
    // The top of the file is told by the page's own heading.
    group.path === '' ? { ...group, help: '' } : group,
  );
}

/** The groups with only what speaks of every word of `query`; all of them while nothing is looked for. */
export function foundSettings(
  groups: readonly SettingGroupView[],
  query: string,
): readonly SettingGroupView[] {
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (asked.length === 0) return groups;
  return groups
    .map((group) => ({
      ...group,
      rows: group.rows.filter((row) => {
        const label = row.kind === 'row' ? row.label : row.title;
        const text = `${row.path} ${label} ${row.help} ${group.title}`.toLowerCase();
        return asked.every((word) => text.includes(word));
      }),
    }))
    .filter((group) => group.rows.length > 0);
}

export function countRows(groups: readonly SettingGroupView[]): number {
  return groups.reduce((count, group) => count + group.rows.length, 0);
}

function isListOfGroups(schema: Schema): boolean {
  return schema.type === 'array' && isObjectSchema(settled(schema.items ?? {}).schema);
}

function descriptionOf(part: Schema): Pick<Schema, 'description'> {
  return part.description === undefined ? {} : { description: part.description };
}

/** "Seconds between rounds"; without a name of its own the key, read as words. */
function labelOf(keys: Keys, words: Words): string {
  const said = words.settingsPage.labels[settingPath(keys)];
  return said ?? sentenceCase(spelledWords(String(keys.at(-1) ?? ''), words));
}

/** "Power: grid", "Projects: shop". What is one of several is called by its own name. */
function titleOf(keys: Keys, values: unknown, words: Words): string {
  const { groups, item, itemNumber } = words.settingsPage;
  const said = groups[settingPath(keys)];
  if (said !== undefined) return said;
  const last = keys.at(-1);
  const above = titleOf(keys.slice(0, -1), values, words);
  if (typeof last === 'number') return item(above, ownName(valueAt(values, keys)) ?? itemNumber(last + 1));
  const name = spelledWords(String(last), words);
  return keys.length === 1 ? sentenceCase(name) : item(above, name);
}

function valueAt(values: unknown, keys: Keys): unknown {
  return keys.reduce<unknown>(
    (held, key) => (held as Record<string | number, unknown> | null)?.[key],
    values,
  );
}

function ownName(value: unknown): string | null {
  const { id, name } = (value ?? {}) as { readonly id?: unknown; readonly name?: unknown };
  const own = id ?? name;
  return typeof own === 'string' && own !== '' ? plainText(own) : null;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
