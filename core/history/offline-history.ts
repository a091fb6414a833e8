import { createAlertStore } from './alert-store.ts';
import { databaseSizeBytes } from './database.ts';
import type { HistorySource } from './export-rows.ts';
import { createHistoryDesk } from './history-desk.ts';
import { createHistoryEvents } from './history-events.ts';
import { MIGRATIONS } from './migrations.ts';
import { createRecordStore } from './record.ts';
import { createSampleStore } from './sample-store.ts';

/** The default of `history.sizeLimitMb`: without a core its settings are not read. */
const SIZE_LIMIT_BYTES = 200e6;
const INTERVAL_MS = 30_000;

/**
 * `history.db` read beside or without a core, changing nothing. `why` is half a sentence: why it cannot be read.
 */
export async function openOfflineHistory(
  path: string,
  nowMs: number,
): Promise<(HistorySource & { close(): void }) | { readonly why: string }> {
  try {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(path, { readOnly: true, timeout: 500 });
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (version !== MIGRATIONS.length) {
      database.close();
      return { why: `${path} has schema ${version}, this version reads ${MIGRATIONS.length}` };
    }
    const desk = createHistoryDesk({
      wallMs: () => nowMs,
      intervalMs: () => INTERVAL_MS,
      store: createSampleStore(database),
      window: null,
      events: createHistoryEvents(createRecordStore(database), createAlertStore(database)),
      sizeBytes: () => databaseSizeBytes(path),
      sizeLimitBytes: () => SIZE_LIMIT_BYTES,
    });
    return {
      metrics: () => Promise.resolve(desk.metrics()),
      ask(query) {
        const answer = desk.answer(query);
        return answer.ok
          ? Promise.resolve(answer.reply)
          : Promise.reject(new Error(`${answer.field}: ${answer.why}.`));
      },
      close: () => database.close(),
    };
  } catch (error) {
    const { message } = error as Error;
    return { why: `${path} cannot be read: ${message}` };
  }
}
