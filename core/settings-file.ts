import { readFile } from 'node:fs/promises';

import { parse } from 'yaml';

import { editConfig, tryConfigEdit } from './config-edit.ts';
import type { ConfigProblem, ConfigResult } from './config-file.ts';
import type { Places } from './places.ts';

/** The person's file as the core changes it: one change after the other, so that none undoes another. */
export interface SettingsFile {
  readonly path: string;
  /** What the file itself says, without defaults; empty where it is not there or cannot be read. */
  read(): Promise<Record<string, unknown>>;
  /** Checks the change and writes nothing. */
  check(change: Change): Promise<ConfigResult>;
  /** A result that is not `ok` has written nothing. */
  edit(change: Change): Promise<ConfigResult>;
}

type Change = Parameters<typeof editConfig>[1];

export function createSettingsFile(places: Places): SettingsFile {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
    const mine = last.then(act);
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    path: places.configPath,
    async read() {
      try {
        const value: unknown = parse(await readFile(places.configPath, 'utf8'), { maxAliasCount: 50 });
        return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
      } catch {
        return {};
      }
    },
    check: async (change) => (await tryConfigEdit(places, change)).result,
    edit: (change) => inTurn(() => editConfig(places, change)),
  };
}

/** The problem's own words, without the place in the file that the person did not write. */
export function problemWords({ text, key }: ConfigProblem): string {
  const start = key === null ? -1 : text.indexOf(`${key}: `);
  return start < 0 || key === null ? text : text.slice(start + key.length + 2);
}
