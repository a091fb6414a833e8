import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import { createAlertStore } from '../../core/history/alert-store.ts';
import { createHistoryDesk } from '../../core/history/history-desk.ts';
import { createHistoryEvents } from '../../core/history/history-events.ts';
import { openRecord } from '../../core/history/open-record.ts';
import { createSampleStore, type SampleStore } from '../../core/history/sample-store.ts';
import { type BenchResult, measured, median } from './bench-result.ts';
import { loadHistory, madeUpReadings, SAMPLE_MS } from './history-load.ts';

const END_MS = Date.parse('2026-01-05T10:00:00Z');
const DAYS = 35;
const POINTS = 1000;
const ROUNDS = 15;
const INSERTS = 500;

/**
 * 35 days of 30-second samples of five projects: the size of the file, a month and a day of one metric at 1,000
 * points, and the insert of a tick; the same month from a plain table (metric, instant, value) beside it.
 */
export async function run(): Promise<BenchResult> {
  const dir = mkdtempSync(join(tmpdir(), 'orch-bench-history-'));
  try {
    const path = join(dir, 'history.db');
    const { database, record } = await openRecord(path, END_MS);
    if (database === null)
      return { kind: 'left-out', name: 'history', because: 'this runtime has no SQLite' };
    const store = createSampleStore(database);
    database.exec('PRAGMA synchronous = OFF');
    const plain = await plainTable(join(dir, 'plain.db'));
    loadHistory(store, database, { endMs: END_MS, days: DAYS }, (atMs, metric, value) =>
      plain.add(atMs, metric, value),
    );
    plain.done();
    database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL');

    const desk = createHistoryDesk({
      wallMs: () => END_MS,
      intervalMs: () => SAMPLE_MS,
      store,
      window: null,
      events: createHistoryEvents(record, createAlertStore(database)),
      sizeBytes: () => 0,
      sizeLimitBytes: () => 0,
    });
    const ask = (metric: string, from: string): number => {
      const answer = desk.answer({ metric, from, to: 'now', points: POINTS });
      if (!answer.ok || answer.reply.kind === 'events') throw new Error(`no ${metric}`);
      return JSON.stringify(answer.reply).length;
    };
    const monthMs = medianMs(() => ask('percent', '-30d'));
    const plainMonthMs = medianMs(() => plain.ask('percent', END_MS - 30 * 86_400_000, END_MS, POINTS));
    const dayMs = medianMs(() => ask('percent', '-24h'));
    const plainDayMs = medianMs(() => plain.ask('percent', END_MS - 86_400_000, END_MS, POINTS));
    const bandsMs = medianMs(() => ask('verdicts', '-30d'));
    const seriesCount = store.metrics().length;
    const sizeMb = statSync(path).size / 1e6;
    const insert = inserted(store);
    record.close();
    plain.close();
    const plainMb = statSync(join(dir, 'plain.db')).size / 1e6;
    return measured(
      'history',
      { label: `30 days of one metric, ${POINTS} points`, median: monthMs, unit: 'ms', runs: ROUNDS },
      { label: 'the same from a plain table', median: plainMonthMs, unit: 'ms', runs: ROUNDS },
      { must: 'at most', ratio: 1 / 2 },
      [
        line('the same month', monthMs, 'ms', 30, plainMonthMs),
        line('a day of one metric', dayMs, 'ms', 5, plainDayMs),
        line(`${DAYS} days on disk, ${seriesCount} series`, sizeMb, 'MB', 60, plainMb),
        line('insert of a tick', insert.keepMs, 'ms', 1, null),
        `its p99 ${insert.keepP99Ms.toFixed(3)} ms; five minutes sealed in ${insert.sealMs.toFixed(2)} ms, beside the tick`,
        `verdict bands of five projects over 30 days: ${bandsMs.toFixed(1)} ms`,
      ],
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function line(what: string, value: number, unit: string, bar: number, plain: number | null): string {
  const beside =
    plain === null ? '' : `; plain table ${plain.toFixed(2)} ${unit}, ratio ${(value / plain).toFixed(3)}`;
  const met = value <= bar ? 'met' : 'MISSED';
  return `${what}: ${value.toFixed(3)} ${unit}, must be at most ${bar}: ${met}${beside}`;
}

function medianMs(act: () => unknown): number {
  act();
  return median(Array.from({ length: ROUNDS }, () => timed(act)));
}

function timed(act: () => unknown): number {
  const startedMs = performance.now();
  act();
  return performance.now() - startedMs;
}

/** As a running core inserts: one tick, and each five minutes a seal. */
function inserted(store: SampleStore): { keepMs: number; keepP99Ms: number; sealMs: number } {
  const next = madeUpReadings(11);
  const [keeps, seals]: [number[], number[]] = [[], []];
  for (let index = 1; index <= INSERTS; index += 1) {
    const atMs = END_MS + index * SAMPLE_MS;
    const readings = next();
    keeps.push(timed(() => store.keepTick(atMs, readings)));
    const sealMs = timed(() => store.seal(atMs));
    if (sealMs > 0.1) seals.push(sealMs);
  }
  keeps.sort((one, other) => one - other);
  return {
    keepMs: median(keeps),
    keepP99Ms: keeps[Math.floor(keeps.length * 0.99)] ?? Number.NaN,
    sealMs: median(seals),
  };
}

interface PlainTable {
  add(atMs: number, metric: string, value: number): void;
  done(): void;
  ask(metric: string, fromMs: number, toMs: number, points: number): number;
  close(): void;
}

/** What one would write first: a row a sample, and SQL that groups it. */
async function plainTable(path: string): Promise<PlainTable> {
  const { DatabaseSync } = await import('node:sqlite');
  const database: DatabaseSync = new DatabaseSync(path);
  database.exec(`
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE samples (metric TEXT NOT NULL, at_ms INTEGER NOT NULL, value REAL NOT NULL,
      PRIMARY KEY (metric, at_ms)) WITHOUT ROWID;
    BEGIN`);
  const add = database.prepare('INSERT INTO samples VALUES (?, ?, ?)');
  return {
    add: (atMs, metric, value) => void add.run(metric, atMs, value),
    done: () => database.exec('COMMIT'),
    ask(metric, fromMs, toMs, points) {
      const stepMs = Math.ceil((toMs - fromMs) / points);
      const rows = database
        .prepare(
          'SELECT at_ms / ?1 * ?1 AS at, min(value), avg(value), max(value), count(*) FROM samples WHERE metric = ?2 AND at_ms BETWEEN ?3 AND ?4 GROUP BY 1 ORDER BY 1',
        )
        .all(stepMs, metric, fromMs, toMs);
      return JSON.stringify(rows).length;
    },
    close: () => database.close(),
  };
}
