/**
 * Version 2: what was measured, and alerts.
 *
 * `ticks` holds the hour under way, a row a tick. When an hour ends its ticks become one row a series in
 * `sample_hours` (see `hour-block.ts` for the bytes), so that a month of one metric is 720 rows and not 86,400.
 * `rollup_hours` holds the twelve 5-minute roll-ups of an hour in the same way, written as each closes.
 */
export const MIGRATION_2_HISTORY = `
  CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    metric TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE ticks (
    sequence INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    readings TEXT NOT NULL
  ) STRICT;

  CREATE TABLE sample_hours (
    series INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (series, hour)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE rollup_hours (
    series INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (series, hour)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE gaps (
    from_ms INTEGER PRIMARY KEY,
    to_ms INTEGER NOT NULL,
    cause TEXT NOT NULL
  ) STRICT;

  CREATE TABLE alerts (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    project TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    until_ms INTEGER
  ) STRICT;
  CREATE INDEX alerts_by_time ON alerts (since_ms);

  CREATE INDEX decisions_by_time ON decisions (decided_at_ms);
`;
