/**
 * Jobs, and the acts of remediation that must outlive a restart: what was throttled and how to undo it, which commit
 * was rolled back, when a schedule last ran. The JSON is the shape of shared/contract; the columns are for looking up.
 */
export const MIGRATION_3_JOBS = `
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    is_over INTEGER NOT NULL CHECK (is_over IN (0, 1)),
    created_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    job TEXT NOT NULL
  ) STRICT;
  CREATE INDEX jobs_by_end ON jobs (is_over, ended_at_ms);

  CREATE TABLE actions (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    project TEXT,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    began_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    action TEXT NOT NULL
  ) STRICT;
  CREATE INDEX actions_by_subject ON actions (kind, subject, began_at_ms);
`;
