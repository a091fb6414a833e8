import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { openRecord } from '../../../../core/history/open-record.ts';
import { createSampleStore } from '../../../../core/history/sample-store.ts';

const START_MS = Date.parse('2026-01-05T10:00:00Z');
const dir = mkdtempSync(join(tmpdir(), 'orch-full-'));
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'orch-test', dir]).status === 0;
afterAll(() => {
  // A database that a failure left open keeps it busy.
  if (isMounted) spawnSync('umount', ['-l', dir]);
  rmdirSync(dir);
});

it.skipIf(!isMounted)(
  'a file system that is full (needs root for a small tmpfs): nothing throws, it is said, writing resumes in order',
  async () => {
    const path = join(dir, 'history.db');
    const opened = await openRecord(path, START_MS);
    const { record, database } = opened;
    if (database === null) throw new Error('no database');
    const store = createSampleStore(database);
    let atMs = START_MS;
    const tick = (): void => {
      store.keepTick(
        atMs,
        new Map([
          ['percent', (atMs / 30_000) % 100],
          ['levelCode', 2],
        ]),
      );
      record.audit({
        at: new Date(atMs).toISOString(),
        actor: 'core',
        act: 'note',
        project: null,
        cause: 'x'.repeat(2000),
        detail: {},
      });
      atMs += 30_000;
    };
    for (let count = 0; count < 20; count += 1) tick();

    const fillerPath = join(dir, 'filler');
    const { bavail, bsize } = statfsSync(dir);
    writeFileSync(fillerPath, Buffer.alloc(bavail * bsize));
    for (let count = 0; count < 200; count += 1) tick();
    expect(opened.notes().map(({ code }) => code)).toEqual(['record-unwritten']);
    expect(store.samples('percent', { fromMs: START_MS, toMs: atMs }).atMs).toHaveLength(220);
    expect(record.audits({ limit: 1 })).toHaveLength(1);

    rmSync(fillerPath);
    tick();
    expect(opened.notes()).toEqual([]);
    expect(record.audits({ limit: 500 })).toHaveLength(221);
    expect(store.seal(atMs + 3_600_000)).toBe(221);
    record.close();

    const again = await openRecord(path, START_MS);
    expect(again.problem).toBeNull();
    if (again.database === null) throw new Error('no database');
    const kept = createSampleStore(again.database).samples('percent', { fromMs: START_MS, toMs: atMs });
    expect(kept.atMs).toEqual(Array.from({ length: 221 }, (_, index) => START_MS + index * 30_000));
    again.record.close();
  },
);
