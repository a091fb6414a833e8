import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import { createHistoryDesk, type HistoryDesk } from '../../../../core/history/history-desk.ts';
import { createHistoryEvents } from '../../../../core/history/history-events.ts';
import { createAlertStore, type AlertStore } from '../../../../core/history/alert-store.ts';
import { openRecord } from '../../../../core/history/open-record.ts';
import type { RecordStore } from '../../../../core/history/record.ts';
import { createSampleStore, type SampleStore } from '../../../../core/history/sample-store.ts';
import type { HistoryEvents, HistorySeries, HistorySpans } from '../../../../shared/contract/history.ts';

export const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

export interface HistoryHome {
  readonly dir: string;
  readonly path: string;
  readonly database: DatabaseSync;
  readonly record: RecordStore;
  readonly alerts: AlertStore;
  readonly store: SampleStore;
  readonly desk: HistoryDesk;
  /** One reading every 30 s, sealed as a core would. */
  sampleEvery30s(fromMs: number, toMs: number, readings: (atMs: number) => Record<string, number>): void;
  series(metric: string, query?: Record<string, string | number>): HistorySeries;
  spans(metric: string, query?: Record<string, string | number>): HistorySpans;
  events(query?: Record<string, string | number>): HistoryEvents;
  remove(): void;
}

/** A record in a temporary folder, and the questions one may ask of it at NOW_MS. */
export async function openHistory(dir = mkdtempSync(join(tmpdir(), 'orch-history-'))): Promise<HistoryHome> {
  const path = join(dir, 'history.db');
  const { database, record } = await openRecord(path, NOW_MS);
  if (database === null) throw new Error('no database');
  const store = createSampleStore(database);
  const alerts = createAlertStore(database);
  const desk = createHistoryDesk({
    wallMs: () => NOW_MS,
    intervalMs: () => 30_000,
    store,
    window: null,
    events: createHistoryEvents(record, alerts),
    sizeBytes: () => 0,
    sizeLimitBytes: () => 200e6,
  });
  const ask = (metric: string, query: Record<string, string | number>): unknown => {
    const answer = desk.answer({ metric, from: '-24h', to: 'now', ...query });
    if (!answer.ok) throw new Error(`${answer.field}: ${answer.why}`);
    return answer.reply;
  };
  return {
    dir,
    path,
    database,
    record,
    alerts,
    store,
    desk,
    sampleEvery30s(fromMs, toMs, readings) {
      for (let atMs = fromMs; atMs <= toMs; atMs += 30_000) {
        store.seal(atMs);
        store.keepTick(atMs, new Map(Object.entries(readings(atMs))));
      }
    },
    series: (metric, query = {}) => ask(metric, query) as HistorySeries,
    spans: (metric, query = {}) => ask(metric, query) as HistorySpans,
    events: (query = {}) => ask('events', query) as HistoryEvents,
    remove() {
      if (database.isOpen) record.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
