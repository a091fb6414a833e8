import { numberOf } from './sysfs-files.ts';
import type { SysfsAttribute, SysfsFiles } from './sysfs-files.ts';

/** The attributes of one supply, as long as its folder stays the same. */
export interface SupplyAttributes {
  readonly has: (key: string) => boolean;
  readonly text: (key: string) => string | null;
  readonly number: (key: string) => number | null;
  /** What could not be read since it was asked last, as "current_now: ENODEV". */
  readonly takeProblems: () => readonly string[];
  readonly close: () => void;
}

/**
 * The file of an attribute's name, or its line of `uevent` where there is no such file or it cannot be read.
 * Files come first: a `uevent` asks the gauge for everything it knows, which over a slow bus takes tens of
 * milliseconds, and it is older than the files in some recorded trees.
 *
 * @returns null when the folder cannot be listed
 */
export function supplyAttributes(files: SysfsFiles, path: string): SupplyAttributes | null {
  const names = files.list(path);
  if (names === null) return null;
  const attributes = new Map<string, SysfsAttribute>(
    names.map((name) => [name, files.attribute(`${path}/${name}`)]),
  );
  const uevent = attributes.get('uevent');
  const ueventValue = (key: string): string | null => ueventLine(uevent?.text() ?? null, key);
  const inUevent = new Set(ueventKeys(uevent?.text() ?? null));
  let problems: string[] = [];

  const text = (key: string): string | null => {
    const attribute = attributes.get(key);
    if (attribute === undefined) return inUevent.has(key) ? ueventValue(key) : null;
    const value = attribute.text();
    if (value !== null) return value;
    const cause = files.cause();
    const spare = inUevent.has(key) ? ueventValue(key) : null;
    if (spare === null && cause !== 'empty') problems.push(`${key}: ${cause}`);
    return spare;
  };
  return {
    has: (key) => attributes.has(key) || inUevent.has(key),
    text,
    number: (key) => numberOf(text(key)),
    takeProblems: () => {
      if (problems.length === 0) return problems;
      const taken = problems;
      problems = [];
      return taken;
    },
    close: () => {
      for (const attribute of attributes.values()) attribute.close();
    },
  };
}

const PREFIX = 'POWER_SUPPLY_';

function ueventKeys(text: string | null): readonly string[] {
  return (text?.split('\n') ?? []).flatMap((line) => {
    const end = line.indexOf('=');
    return line.startsWith(PREFIX) && end > 0 ? [line.slice(PREFIX.length, end).toLowerCase()] : [];
  });
}

function ueventLine(text: string | null, key: string): string | null {
  const start = `${PREFIX}${key.toUpperCase()}=`;
  const line = text?.split('\n').find((one) => one.startsWith(start));
  const value = line?.slice(start.length).trim() ?? '';
  return value === '' ? null : value;
}
