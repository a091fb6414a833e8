import type { Snapshot } from '../../shared/contract/state.ts';

/** The snapshot in `text`. Throws when it is not JSON or not of the version this page was made for. */
export function parseSnapshot(text: string): Snapshot {
  const value: unknown = JSON.parse(text);
  if (!isSnapshot(value)) throw new Error('not a snapshot of version 1');
  return value;
}

/** The page and its core come from one build; this only keeps a foreign answer from breaking the page. */
function isSnapshot(value: unknown): value is Snapshot {
  if (typeof value !== 'object' || value === null) return false;
  const { schemaVersion, energy, projects } = value as Partial<Record<keyof Snapshot, unknown>>;
  return schemaVersion === 1 && typeof energy === 'object' && energy !== null && Array.isArray(projects);
}
