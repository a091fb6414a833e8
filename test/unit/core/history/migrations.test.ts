import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { openDatabase } from '../../../../core/history/database.ts';
import { MIGRATIONS } from '../../../../core/history/migrations.ts';
import { openRecord } from '../../../../core/history/open-record.ts';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/history');
const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const dir = mkdtempSync(join(tmpdir(), 'orch-migrate-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('there is a database of every version that was ever written (test/fixtures/history/README.md)', () => {
  const versions = MIGRATIONS.map((_, index) => `history-v${index + 1}.db`);
  expect(readdirSync(FIXTURES).filter((name) => name.endsWith('.db'))).toEqual(versions);
});

const schemaOf = (rows: readonly Record<string, unknown>[]): string[] =>
  rows.map(({ sql }) => String(sql).replace(/\s+/g, ' ')).sort();

describe.each(readdirSync(FIXTURES).filter((name) => name.endsWith('.db')))('%s', (name) => {
  it('opens with what was recorded, gets the schema of a new one, and is written to', async () => {
    const path = join(dir, name);
    copyFileSync(join(FIXTURES, name), path);
    const { record, database, problem } = await openRecord(path, NOW_MS);
    expect(problem).toBeNull();
    expect(record.audits({ limit: 10 })).toMatchObject([
      { actor: 'ann', act: 'halt', project: 'shop', cause: 'checkout is broken' },
    ]);
    expect(record.decisions({ limit: 10 })).toMatchObject([{ id: 'decision-1', verdict: 'block' }]);
    expect(record.deployments({ sinceMs: 0 })).toMatchObject([
      { id: 'deployment-1', result: 'ok', energyWh: 1.5, energyProvenance: 'measured' },
    ]);
    expect(record.incidents({ sinceMs: 0 })).toMatchObject([{ id: 'incident-1', closedAt: null }]);
    expect(record.control('controls')).toBe('{"halts":{}}');
    record.audit({
      at: '2026-01-06T10:00:00.000Z',
      actor: 'bob',
      act: 'x',
      project: null,
      cause: 'y',
      detail: {},
    });
    expect(record.audits({ limit: 10 })).toHaveLength(2);

    const fresh = await openDatabase(join(dir, `fresh-of-${name}`), NOW_MS);
    const schema = 'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL';
    expect(schemaOf(database?.prepare(schema).all() ?? [])).toEqual(
      schemaOf(fresh.database.prepare(schema).all()),
    );
    fresh.database.close();
    record.close();
  });
});
