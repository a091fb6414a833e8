import { mkdtempSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { NewerDatabase, openDatabase } from '../../../../core/history/database.ts';
import { openRecord } from '../../../../core/history/open-record.ts';

const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const freshPath = (): string => join(mkdtempSync(join(tmpdir(), 'orch-db-')), 'history.db');
const halted = {
  at: '2026-01-05T10:00:00.000Z',
  actor: 'ann',
  act: 'halt',
  project: 'shop',
  cause: 'why',
  detail: {},
};

test('a new record is readable by its owner alone, also beside a loose umask', async () => {
  const path = freshPath();
  const umask = process.umask(0);
  try {
    const { record } = await openRecord(path, NOW_MS);
    record.audit(halted);
    for (const name of readdirSync(join(path, '..'))) {
      expect([name, statSync(join(path, '..', name)).mode & 0o777]).toEqual([name, 0o600]);
    }
    record.close();
  } finally {
    process.umask(umask);
  }
});

test('what was recorded is there after a restart', async () => {
  const path = freshPath();
  const first = await openRecord(path, NOW_MS);
  first.record.audit(halted);
  first.record.setControl('controls', '{"halts":{}}', NOW_MS);
  first.record.close();
  const { record, problem } = await openRecord(path, NOW_MS);
  expect(problem).toBeNull();
  expect(record.audits({ limit: 10 })).toEqual([{ ...halted, sequence: 1 }]);
  expect(record.control('controls')).toBe('{"halts":{}}');
  record.close();
});

test.each<[string, (path: string) => void]>([
  [
    'text that is no database',
    (path) => writeFileSync(path, 'not a database, but long enough to be looked at'),
  ],
  [
    'a zeroed header',
    (path) => writeFileSync(path, Buffer.concat([Buffer.alloc(100), readFileSync(path).subarray(100)])),
  ],
  ['a file cut in half', (path) => truncateSync(path, Math.floor(statSync(path).size / 2))],
])('%s is set aside by name, and a new record begins', async (_what, damage) => {
  const path = freshPath();
  const before = await openRecord(path, NOW_MS);
  for (let count = 0; count < 200; count += 1) before.record.audit(halted);
  before.record.close();
  damage(path);
  const { record, problem } = await openRecord(path, NOW_MS);
  const aside = readdirSync(join(path, '..')).find((name) => name.includes('.corrupt-'));
  expect(aside).toBe('history.db.corrupt-2026-01-05T10-00-00.000Z');
  expect(problem).toContain(aside);
  record.audit(halted);
  expect(record.audits({ limit: 10 })).toHaveLength(1);
  record.close();
});

test('a record of a newer version is left untouched, and the core goes on without', async () => {
  const path = freshPath();
  const { database } = await openDatabase(path, NOW_MS);
  database.exec('PRAGMA user_version = 99');
  database.close();
  const before = readFileSync(path);
  await expect(openDatabase(path, NOW_MS)).rejects.toThrow(NewerDatabase);
  const { record, problem } = await openRecord(path, NOW_MS);
  expect(problem).toContain('newer version');
  record.audit(halted);
  expect(record.audits({ limit: 10 })).toHaveLength(1);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a folder in its place is set aside as well', async () => {
  const path = join(freshPath(), '..');
  const { problem } = await openRecord(path, NOW_MS);
  expect(problem).not.toBeNull();
});
