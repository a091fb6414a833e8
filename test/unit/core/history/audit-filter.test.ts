import { DatabaseSync } from 'node:sqlite';

import { describe, expect, it } from 'vitest';

import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import { MIGRATIONS } from '../../../../core/history/migrations.ts';
import { createRecordStore, type AuditFilter, type RecordStore } from '../../../../core/history/record.ts';

const AT = '2026-01-05T10:00:00.000Z';

function filled(record: RecordStore): RecordStore {
  const entries: [string, string, string | null][] = [
    ['ann', 'halt', 'shop'],
    ['core', 'energy-level', null],
    ['git hook', 'gate-asked', 'shop'],
    ['ann', 'waive', 'model'],
    ['ann', 'halt', 'model'],
  ];
  for (const [actor, act, project] of entries) {
    record.audit({ at: AT, actor, act, project, cause: 'why', detail: {} });
  }
  return record;
}

function databaseRecord(): RecordStore {
  const database = new DatabaseSync(':memory:');
  for (const step of MIGRATIONS) database.exec(step);
  return createRecordStore(database);
}

describe.each([
  ['in the database', databaseRecord],
  ['in memory', createMemoryRecord],
])('the audit, %s', (_where, create) => {
  it.each<[AuditFilter, number[]]>([
    [{ limit: 10 }, [5, 4, 3, 2, 1]],
    [{ limit: 2 }, [5, 4]],
    [{ before: 4, limit: 2 }, [3, 2]],
    [{ project: 'shop', limit: 10 }, [3, 1]],
    [{ actor: 'ann', limit: 10 }, [5, 4, 1]],
    [{ act: 'halt', limit: 10 }, [5, 1]],
    [{ actor: 'ann', act: 'halt', project: 'shop', limit: 10 }, [1]],
    [{ act: 'halt', before: 5, limit: 10 }, [1]],
    [{ actor: "ann' OR 1=1 --", limit: 10 }, []],
  ])('%j gives %j', (filter, sequences) => {
    expect(
      filled(create())
        .audits(filter)
        .map(({ sequence }) => sequence),
    ).toEqual(sequences);
  });

  it('names what there is to filter by, each once', () => {
    expect(filled(create()).auditNames()).toEqual({
      projects: ['model', 'shop'],
      actors: ['ann', 'core', 'git hook'],
      acts: ['energy-level', 'gate-asked', 'halt', 'waive'],
    });
    expect(create().auditNames()).toEqual({ projects: [], actors: [], acts: [] });
  });
});
