import { readFile, rename, unlink } from 'node:fs/promises';

import type { Places } from './places.ts';

/** Gates that found no core while it was away: behaviour 28 asks that they are shown at the next start. */
export interface SkippedGates {
  readonly count: number;
  readonly projects: readonly string[];
  /** ISO instant of the last one. */
  readonly lastAt: string;
}

const MAX_SIZE_BYTES = 1024 * 1024;

/** Takes the records over, so that each is shown by one core. Null when there are none. */
export async function takeSkippedGates(places: Places): Promise<SkippedGates | null> {
  const takenPath = `${places.skippedGatesPath}.taken`;
  try {
    await rename(places.skippedGatesPath, takenPath);
    const text = (await readFile(takenPath, 'utf8')).slice(-MAX_SIZE_BYTES);
    await unlink(takenPath);
    const records = text.split('\n').flatMap(parsed);
    const last = records.at(-1);
    if (last === undefined) return null;
    return {
      count: records.length,
      projects: [...new Set(records.map(({ project }) => project))],
      lastAt: last.at,
    };
  } catch {
    return null;
  }
}

function parsed(line: string): { at: string; project: string }[] {
  try {
    const { at, project } = JSON.parse(line) as { at?: unknown; project?: unknown };
    return typeof at === 'string' && typeof project === 'string'
      ? [{ at, project: project.slice(0, 64) }]
      : [];
  } catch {
    return [];
  }
}
