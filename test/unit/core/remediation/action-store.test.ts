import { DatabaseSync } from 'node:sqlite';

import { expect, it } from 'vitest';

import { MIGRATION_3_JOBS } from '../../../../core/history/migration-3-jobs.ts';
import type { ActionRecord } from '../../../../core/remediation/action-record.ts';
import { createActionStore } from '../../../../core/remediation/action-store.ts';

function emptyDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(MIGRATION_3_JOBS);
  return database;
}

it.each([
  ['in the record', emptyDatabase],
  ['in memory', () => null],
])('keeps the newest of each kind that are over, and all that are open: %s', (_, open) => {
  const database = open();
  const store = createActionStore(database, 3);
  const keep = (kind: ActionRecord['kind'], state: ActionRecord['state'], beganMs: number): void => {
    const [id, endedMs] = [`${kind}-${beganMs}`, state === 'done' ? beganMs + 1 : null];
    store.keep({ id, kind, state, beganMs, endedMs, project: null, subject: 'x' } as ActionRecord);
  };
  keep('rollback', 'done', 1);
  keep('throttle', 'active', 2);
  for (let beganMs = 3; beganMs < 10; beganMs += 1) keep('throttle', 'done', beganMs);
  expect(store.list({ limit: 100 }).map(({ id }) => id)).toEqual([
    'throttle-9',
    'throttle-8',
    'throttle-7',
    'throttle-2',
    'rollback-1',
  ]);
  database?.close();
});
