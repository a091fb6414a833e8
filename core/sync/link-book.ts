import type { DatabaseSync } from 'node:sqlite';

export const LINK_SOURCES = ['hook', 'person', 'github'] as const;
export type LinkSource = (typeof LINK_SOURCES)[number];

/** A commit that belongs to a task. */
export interface CommitLink {
  readonly project: string;
  readonly commit: string;
  /** A task's id, or "new" while one is asked for. */
  readonly task: string;
  /** Of the change itself (`git patch-id --stable`): survives a rebase. Null for merges and where git did not tell. */
  readonly patchId: string | null;
  readonly source: LinkSource;
  readonly linkedAtMs: number;
}

/** Which commit belongs to which task (migration 4). One change counts once, however often it was rewritten. */
export interface LinkBook {
  /** True when it was not known; false when it was, or when only its commit moved. A change asks for one task. */
  link(link: CommitLink): boolean;
  /** The commit of a change was rewritten. */
  move(from: Pick<CommitLink, 'project' | 'commit'>, commit: string): void;
  /** What the commit changes. */
  know(of: Pick<CommitLink, 'project' | 'commit'>, patchId: string): void;
  /** The task that was asked for is there. */
  name(of: Pick<CommitLink, 'project' | 'commit' | 'patchId'>, task: string): void;
  of(project: string): CommitLink[];
  byTask(task: string): CommitLink[];
  all(): CommitLink[];
}

export function createLinkBook(database: DatabaseSync): LinkBook {
  const insert = database.prepare('INSERT OR IGNORE INTO commit_links VALUES (?, ?, ?, ?, ?, ?)');
  const samePatch = database.prepare(
    "SELECT commit_sha FROM commit_links WHERE project = ?1 AND patch_id = ?2 AND (task = ?3 OR ?3 = 'new')",
  );
  const move = database.prepare(
    'UPDATE OR REPLACE commit_links SET commit_sha = ? WHERE project = ? AND commit_sha = ?',
  );
  const moveOne = database.prepare(
    "UPDATE OR REPLACE commit_links SET commit_sha = ?4 WHERE project = ?1 AND patch_id = ?2 AND (task = ?3 OR ?3 = 'new')",
  );
  const know = database.prepare(
    'UPDATE commit_links SET patch_id = ? WHERE project = ? AND commit_sha = ? AND patch_id IS NULL',
  );
  const name = database.prepare(
    "UPDATE OR REPLACE commit_links SET task = ? WHERE project = ? AND (commit_sha = ? OR patch_id = ?) AND task = 'new'",
  );
  const ofProject = database.prepare(
    'SELECT * FROM commit_links WHERE project = ? ORDER BY linked_at_ms DESC, commit_sha',
  );
  const byTask = database.prepare('SELECT * FROM commit_links WHERE task = ? ORDER BY linked_at_ms DESC');
  const all = database.prepare(
    'SELECT * FROM commit_links ORDER BY linked_at_ms DESC, commit_sha LIMIT 5000',
  );
  return {
    link({ project, commit, task, patchId, source, linkedAtMs }) {
      if (patchId !== null && samePatch.get(project, patchId, task) !== undefined) {
        moveOne.run(project, patchId, task, commit);
        return false;
      }
      return insert.run(project, commit, task, patchId, source, linkedAtMs).changes === 1;
    },
    move: ({ project, commit: from }, commit) => void move.run(commit, project, from),
    know: ({ project, commit }, patchId) => void know.run(patchId, project, commit),
    name: ({ project, commit, patchId }, task) => void name.run(task, project, commit, patchId),
    of: (project) => ofProject.all(project).map(linkOf),
    byTask: (task) => byTask.all(task).map(linkOf),
    all: () => all.all().map(linkOf),
  };
}

function linkOf(row: Record<string, unknown>): CommitLink {
  const patchId = row['patch_id'];
  return {
    project: String(row['project']),
    commit: String(row['commit_sha']),
    task: String(row['task']),
    patchId: typeof patchId === 'string' ? patchId : null,
    source: LINK_SOURCES.find((source) => source === row['source']) ?? 'hook',
    linkedAtMs: Number(row['linked_at_ms']),
  };
}
