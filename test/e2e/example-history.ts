import { DatabaseSync } from 'node:sqlite';

import { createAlertStore } from '../../core/history/alert-store.ts';
import { createHistoryDesk } from '../../core/history/history-desk.ts';
import { createHistoryEvents } from '../../core/history/history-events.ts';
import { MIGRATIONS } from '../../core/history/migrations.ts';
import { createRecordStore } from '../../core/history/record.ts';
import { createSampleStore } from '../../core/history/sample-store.ts';
import type { HistoryQuery } from '../../shared/contract/history.ts';
import type { MoreAnswers } from '../fakes/fake-core-server.ts';
import { keepExampleEvents } from './example-history-events.ts';
import { keepExampleSamples } from './example-history-samples.ts';

export interface ExampleHistory {
  /** Answers as the endpoint would, out of a real database. */
  readonly answer: MoreAnswers;
  /** The queries it answered, in order. */
  readonly asked: readonly HistoryQuery[];
  close(): void;
}

/** A month of a laptop and two projects up to `endMs`; `days` 0 is a record that has just begun. */
export function createExampleHistory(endMs: number, days: number): ExampleHistory {
  const database = new DatabaseSync(':memory:');
  database.exec(MIGRATIONS.join(';'));
  const store = createSampleStore(database);
  const record = createRecordStore(database);
  const alerts = createAlertStore(database);
  if (days > 0) {
    keepExampleSamples(store, database, { endMs, days });
    keepExampleEvents(record, alerts, endMs);
  }
  const desk = createHistoryDesk({
    wallMs: () => endMs,
    intervalMs: () => 30_000,
    store,
    window: null,
    events: createHistoryEvents(record, alerts),
    sizeBytes: () => 24_000_000,
    sizeLimitBytes: () => 200_000_000,
  });
  const asked: HistoryQuery[] = [];
  return {
    asked,
    answer(method, url) {
      if (method !== 'GET') return null;
      if (url.pathname === '/v1/history/metrics') return { status: 200, value: desk.metrics() };
      if (url.pathname !== '/v1/history') return null;
      const { step, ...rest } = Object.fromEntries(url.searchParams);
      const query = { from: '-24h', to: 'now', ...rest, step: Number(step) } as HistoryQuery;
      asked.push(query);
      const answer = desk.answer(query);
      return answer.ok
        ? { status: 200, value: answer.reply }
        : { status: 422, value: { error: { code: 'invalid', message: answer.why, field: answer.field } } };
    },
    close: () => database.close(),
  };
}
