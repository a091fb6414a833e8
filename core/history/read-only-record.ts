import type { RecordFacts } from '../../shared/consciousness/stability.ts';
import { RECORD_WINDOW_MS, recordFacts } from '../evidence/record-facts.ts';

/**
 * What `history.db` holds of a project, read beside or without a running core and changing nothing. Null where
 * there is no database or this version cannot read it; never throws.
 */
export async function readRecord(
  historyPath: string,
  project: string,
  nowMs: number,
): Promise<RecordFacts | null> {
  try {
    const { DatabaseSync } = await import('node:sqlite');
    const { createRecordStore } = await import('./record.ts');
    const store = createRecordStore(new DatabaseSync(historyPath, { readOnly: true, timeout: 500 }));
    try {
      const filter = { project, sinceMs: nowMs - RECORD_WINDOW_MS };
      return recordFacts(store.deployments(filter), store.incidents(filter));
    } finally {
      store.close();
    }
  } catch {
    return null;
  }
}
