/**
 * What is to be told elsewhere, and what is known of elsewhere. A row of `outbox` is written in the transaction of the
 * fact it carries; `commit_links` and `manus_tasks` are our own truth, of which the service keeps a mirror.
 */
export const MIGRATION_4_OUTBOX = `
  CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    destination TEXT NOT NULL,
    act TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('state', 'event')),
    is_repeatable INTEGER NOT NULL CHECK (is_repeatable IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'unsure', 'sent', 'dead')),
    project TEXT,
    cause TEXT NOT NULL,
    body TEXT NOT NULL,
    queued_at_ms INTEGER NOT NULL,
    due_at_ms INTEGER NOT NULL,
    tries_count INTEGER NOT NULL,
    claimed_at_ms INTEGER,
    ended_at_ms INTEGER,
    outcome TEXT
  ) STRICT;
  CREATE INDEX outbox_open ON outbox (destination, key, sequence)
    WHERE state IN ('waiting', 'sending', 'unsure');
  CREATE INDEX outbox_by_key ON outbox (destination, key, sequence);
  CREATE INDEX outbox_ended ON outbox (state, ended_at_ms);

  CREATE TABLE sync_values (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;

  CREATE TABLE deliveries_seen (
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (source, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE commit_links (
    project TEXT NOT NULL,
    commit_sha TEXT NOT NULL,
    task TEXT NOT NULL,
    patch_id TEXT,
    source TEXT NOT NULL,
    linked_at_ms INTEGER NOT NULL,
    PRIMARY KEY (project, commit_sha, task)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX commit_links_by_task ON commit_links (task);
  CREATE INDEX commit_links_by_patch ON commit_links (project, patch_id);

  CREATE TABLE manus_tasks (
    task TEXT PRIMARY KEY,
    project TEXT,
    role TEXT NOT NULL CHECK (role IN ('board', 'task')),
    our_title TEXT,
    our_status TEXT,
    our_changed_at_ms INTEGER,
    their_title TEXT,
    their_status TEXT,
    their_url TEXT,
    their_changed_at_ms INTEGER,
    seen_at_ms INTEGER,
    missing_since_ms INTEGER,
    added_at_ms INTEGER NOT NULL,
    differs_since_ms INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX manus_tasks_by_project ON manus_tasks (project);
`;
