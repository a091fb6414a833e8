/** `projects[0].evidence.healthUrls` -> `['projects', 0, 'evidence', 'healthUrls']`. */
export function settingKeys(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) =>
    index === undefined ? (key ?? '') : Number(index),
  );
}

/** The same, back as text. */
export function settingPath(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/**
 * Every setting in `value` that holds something by itself: texts, numbers, switches, nulls, lists of those, and
 * empty groups.
 */
export function settingLeaves(
  value: unknown,
  keys: readonly (string | number)[] = [],
): readonly { readonly keys: readonly (string | number)[]; readonly value: unknown }[] {
  const isGroup = typeof value === 'object' && value !== null;
  const isListOfGroups = Array.isArray(value) && value.some((item) => typeof item === 'object');
  if (!isGroup || (Array.isArray(value) && !isListOfGroups) || Object.keys(value).length === 0) {
    return keys.length === 0 ? [] : [{ keys, value }];
  }
  const parts: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return parts.flatMap(([key, part]) => settingLeaves(part, [...keys, key]));
}
