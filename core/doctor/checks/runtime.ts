import { ok, problem } from '../check.ts';
import type { DoctorCheck } from '../check.ts';

/** Built-in SQLite without a flag. */
const NODE_LEAST = [22, 13] as const;
/** The first with the fix for a WAL reset that could lose a commit. */
const SQLITE_LEAST = [3, 51, 3] as const;

/** The Node and SQLite this runs on. */
export const runtime: DoctorCheck = {
  id: 'runtime',
  title: 'Node and SQLite',
  applicable: () => true,
  check({ versions }) {
    const { node, sqlite } = versions;
    const said = `Node ${node}, SQLite ${sqlite ?? 'none'}`;
    if (!isAtLeast(node, NODE_LEAST)) {
      return Promise.resolve(problem(`${said}: too old.`, `Install Node ${NODE_LEAST.join('.')} or later.`));
    }
    if (sqlite === null || !isAtLeast(sqlite, SQLITE_LEAST)) {
      const next = 'Install a newer Node; history is kept only on a sound SQLite.';
      return Promise.resolve(problem(`${said}: SQLite ${SQLITE_LEAST.join('.')} is needed.`, next));
    }
    return Promise.resolve(ok(`${said}.`));
  },
};

function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = version.replace(/^v/, '').split('.').map(Number);
  for (const [at, wanted] of least.entries()) {
    const part = parts[at] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}
