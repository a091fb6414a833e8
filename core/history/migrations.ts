import { MIGRATION_2_HISTORY } from './migration-2-history.ts';
import { MIGRATION_3_JOBS } from './migration-3-jobs.ts';
import { MIGRATION_4_OUTBOX } from './migration-4-outbox.ts';

/**
 * The schema's steps, oldest first; a database at version N has seen the first N. Never change one that was
 * released: add the next.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE decisions (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    decided_at_ms INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    project TEXT NOT NULL,
    change TEXT NOT NULL,
    verdict TEXT NOT NULL,
    decision TEXT NOT NULL
  ) STRICT;
  CREATE INDEX decisions_by_project ON decisions (project, decided_at_ms);

  CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    project TEXT,
    cause TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_by_time ON audit (at_ms);

  CREATE TABLE deployments (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    commit_sha TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    finished_at_ms INTEGER,
    result TEXT CHECK (result IN ('ok', 'failed', 'rolled-back')),
    energy_wh REAL,
    energy_provenance TEXT NOT NULL
  ) STRICT;
  CREATE INDEX deployments_by_project ON deployments (project, started_at_ms);

  CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    severity TEXT NOT NULL,
    title TEXT NOT NULL,
    opened_at_ms INTEGER NOT NULL,
    closed_at_ms INTEGER
  ) STRICT;
  CREATE INDEX incidents_by_project ON incidents (project, opened_at_ms);

  CREATE TABLE controls (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    set_at_ms INTEGER NOT NULL
  ) STRICT;
  `,
  MIGRATION_2_HISTORY,
  MIGRATION_3_JOBS,
  MIGRATION_4_OUTBOX,
];
