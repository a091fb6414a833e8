import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { Alert } from '../../shared/contract/state.ts';

/** An alert as it is kept: raised once under its id, and told again when it ends. */
export interface KeptAlert {
  readonly id: string;
  readonly code: string;
  readonly severity: Alert['severity'];
  readonly project: string | null;
  readonly title: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly sinceMs: number;
  /** Null while it stands. */
  readonly untilMs: number | null;
}

export interface AlertFilter {
  readonly project?: string;
  readonly code?: string;
  /** Those that stand or ended at or after this instant. */
  readonly fromMs?: number;
  /** Those raised at or before this instant. */
  readonly toMs?: number;
  /** Only those that stand. */
  readonly isOpen?: boolean;
  readonly limit: number;
}

export interface AlertStore {
  /** Keeps a new alert, or changes the one of the same id: its text, its severity, its end. */
  keepAlert(alert: KeptAlert): void;
  /** Newest first. */
  alerts(filter: AlertFilter): KeptAlert[];
}

/** Table `alerts` of the record. Throws what SQLite throws: a full disk is the caller's to bear. */
export function createAlertStore(database: DatabaseSync): AlertStore {
  const put = database.prepare('INSERT OR REPLACE INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const some = database.prepare(`
    SELECT * FROM alerts
    WHERE (?1 IS NULL OR project = ?1) AND (?2 IS NULL OR code = ?2)
      AND coalesce(until_ms, 9e15) >= ?3 AND since_ms <= ?4 AND (?5 = 0 OR until_ms IS NULL)
    ORDER BY since_ms DESC, id DESC LIMIT ?6`);
  return {
    keepAlert({ id, code, severity, project, title, text, sinceMs, untilMs }) {
      put.run(id, code, severity, project, title, text, sinceMs, untilMs);
    },
    alerts: ({ project, code, fromMs, toMs, isOpen, limit }) =>
      some
        .all(project ?? null, code ?? null, fromMs ?? 0, toMs ?? 9e15, isOpen === true ? 1 : 0, limit)
        .map(alertOf),
  };
}

function alertOf(row: Record<string, SQLOutputValue>): KeptAlert {
  return {
    id: String(row['id']),
    code: String(row['code']),
    severity: row['severity'] as KeptAlert['severity'],
    project: row['project'] === null ? null : String(row['project']),
    title: String(row['title']),
    text: String(row['text']),
    sinceMs: Number(row['since_ms']),
    untilMs: row['until_ms'] === null ? null : Number(row['until_ms']),
  };
}
