import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openDatabase } from '../../../../core/history/database.ts';
import { openRecord, type OpenedRecord } from '../../../../core/history/open-record.ts';
import type { Note } from '../../../../core/orchestrator.ts';
import { createSampleStore } from '../../../../core/history/sample-store.ts';
import { createSteadyDatabase } from '../../../../core/history/steady-database.ts';

const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const entry = (cause: string) => ({
  at: new Date(NOW_MS).toISOString(),
  actor: 'ann',
  act: 'note',
  project: null,
  cause,
  detail: {},
});
const big = 'x'.repeat(3000);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'orch-steady-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('a full disk', () => {
  /** A database that may not grow further: SQLite answers as it does when the disk is full. */
  const fill = (database: DatabaseSync): void => {
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
    database.exec(`PRAGMA max_page_count = ${pages}`);
  };
  const empty = (database: DatabaseSync): void => database.exec('PRAGMA max_page_count = 100000');

  it('holds what is written, says so, and writes it in order when there is room again', async () => {
    const opened = await openRecord(join(dir, 'history.db'), NOW_MS);
    const { record, database } = opened;
    const notes = (): Note[] => opened.notes();
    if (database === null) throw new Error('no database');
    expect(notes()).toEqual([]);
    fill(database);
    for (let count = 0; count < 20; count += 1) record.audit(entry(`${count} ${big}`));
    const kept = record.audits({ limit: 100 }).length;
    expect(kept).toBeLessThan(20);
    expect(notes().map(({ code }) => code)).toEqual(['record-unwritten']);
    expect(notes()[0]?.text).toContain('the disk is full');
    expect(notes()[0]?.text).toContain(`${20 - kept} entries are held`);
    empty(database);
    record.audit(entry('last'));
    expect(notes()).toEqual([]);
    const causes = record.audits({ limit: 100 }).map(({ cause }) => cause.split(' ')[0]);
    expect(causes).toEqual(['last', ...Array.from({ length: 20 }, (_, count) => `${19 - count}`)]);
    record.close();
  });

  it('keeps samples in memory meanwhile, and they are on disk afterwards', async () => {
    const opened = await openRecord(join(dir, 'history.db'), NOW_MS);
    const { record, database } = opened;
    const notes = (): Note[] => opened.notes();
    if (database === null) throw new Error('no database');
    const store = createSampleStore(database);
    const readings = (index: number) =>
      new Map(Array.from({ length: 200 }, (_, at) => [`score/shop/s${at}`, index] as const));
    store.keepTick(NOW_MS, readings(0));
    fill(database);
    for (let index = 1; index <= 30; index += 1) store.keepTick(NOW_MS + index * 30_000, readings(index));
    expect(notes()).toHaveLength(1);
    expect(() => store.seal(NOW_MS + 3_600_000)).toThrow();
    const range = { fromMs: NOW_MS, toMs: NOW_MS + 3_600_000 };
    expect(store.samples('score/shop/s7', range).values).toHaveLength(31);
    empty(database);
    expect(store.seal(NOW_MS + 3_600_000)).toBe(31);
    expect(notes()).toEqual([]);
    expect(createSampleStore(database).samples('score/shop/s7', range).values).toEqual(
      Array.from({ length: 31 }, (_, index) => index),
    );
    record.close();
  });

  it('gives the oldest up when it lasts too long, and says how many', async () => {
    const opened = await openRecord(join(dir, 'history.db'), NOW_MS);
    const { record, database } = opened;
    const notes = (): Note[] => opened.notes();
    if (database === null) throw new Error('no database');
    fill(database);
    for (let count = 0; count < 520; count += 1) record.audit(entry(`${count} ${big}`));
    expect(notes()[0]?.text).toMatch(/500 entries are held in memory.*; \d+ older ones were given up/);
    record.setControl('controls', '{}', NOW_MS);
    empty(database);
    record.audit(entry('last'));
    expect(record.audits({ limit: 1 })[0]?.cause).toBe('last');
    expect(record.control('controls')).toBe('{}');
    record.close();
  });
});

describe('a file that proves damaged while it is in use', () => {
  it('is set aside by name; everything goes on with a new one', async () => {
    const path = join(dir, 'history.db');
    const opened: OpenedRecord = await openRecord(path, NOW_MS);
    const { record, database } = opened;
    const notes = (): Note[] => opened.notes();
    if (database === null) throw new Error('no database');
    const store = createSampleStore(database);
    for (let count = 0; count < 300; count += 1) record.audit(entry(`${count} ${big}`));
    store.keepTick(NOW_MS, new Map([['percent', 50]]));
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    // What SQLite holds in memory would hide the damage.
    database.exec('PRAGMA cache_size = 1');
    truncateSync(path, 20_000);
    // Whoever meets it first, by reading or by writing, sees no error.
    expect(record.audits({ limit: 300 })).toHaveLength(0);
    const aside = readdirSync(dir).find((name) => name.includes('.corrupt-'));
    expect(aside).toBe('history.db.corrupt-2026-01-05T10-00-00.000Z');
    expect(notes().map(({ code }) => code)).toEqual(['record']);
    expect(notes()[0]?.text).toContain(aside);
    record.audit(entry('after'));
    store.keepTick(NOW_MS + 30_000, new Map([['percent', 49]]));
    record.close();
    const again = await openRecord(path, NOW_MS);
    expect(again.problem).toBeNull();
    expect(again.record.audits({ limit: 10 }).map(({ cause }) => cause)).toEqual(['after']);
    if (again.database === null) throw new Error('no database');
    const range = { fromMs: NOW_MS, toMs: NOW_MS + 60_000 };
    expect(createSampleStore(again.database).samples('percent', range).values).toEqual([49]);
    again.record.close();
  });
});

it('shows a mistake in the SQL where it is made', async () => {
  const opened = await openDatabase(join(dir, 'history.db'), NOW_MS);
  const steady = createSteadyDatabase(opened.database, (damaged) => opened.renew(damaged, NOW_MS));
  expect(() => steady.database.prepare('SELECT a FROM nowhere')).toThrow('nowhere');
  const broken = steady.database.prepare('INSERT INTO controls VALUES (?, NULL, 1)');
  expect(() => broken.run('key')).toThrow('NOT NULL');
  steady.database.close();
});

it('lets the disk confirm what people and decisions did, and lets samples go without', async () => {
  const { record, database } = await openRecord(join(dir, 'history.db'), NOW_MS);
  if (database === null) throw new Error('no database');
  const store = createSampleStore(database);
  const isSynced = (): boolean => database.prepare('PRAGMA synchronous').get()?.['synchronous'] === 2;
  const tick = (minute: number): void => store.keepTick(NOW_MS + minute * 60_000, new Map([['percent', 50]]));
  const acts = [
    () => record.audit(entry('first')),
    () => record.setControl('key', 'value', NOW_MS),
    () => database.exec('BEGIN; COMMIT'),
  ];
  for (const [minute, act] of acts.entries()) {
    tick(minute * 10);
    expect(isSynced()).toBe(false);
    act();
    expect(isSynced()).toBe(true);
  }
  tick(40);
  expect(store.seal(NOW_MS + 3_600_000)).toBe(4);
  expect(isSynced()).toBe(false);
  record.audit(entry('last'));
  expect(isSynced()).toBe(true);
  record.close();
});
