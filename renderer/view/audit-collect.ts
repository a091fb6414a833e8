import type { AuditEntry } from '../../shared/contract/record.ts';
import { auditPath } from './audit-query.ts';
import type { AuditFilter } from './audit-query.ts';

/** As many as the core gives at once. */
const STEP = 1000;
/** A file of more is nothing a spreadsheet opens gladly; a filter reaches the rest. */
export const MOST_SAVED = 100_000;

export interface CollectedAudit {
  readonly entries: readonly AuditEntry[];
  /** There are more than were collected. */
  readonly isCut: boolean;
}

/** Every entry that fits the filter, newest first, asked for in steps. Rejects when one step does. */
export async function collectAudit(
  ask: (path: string) => Promise<unknown>,
  filter: AuditFilter,
  onProgress: (count: number) => void,
  most = MOST_SAVED,
): Promise<CollectedAudit> {
  const entries: AuditEntry[] = [];
  let before: number | null = null;
  for (;;) {
    const step = (await ask(auditPath(filter, before, STEP))) as readonly AuditEntry[];
    entries.push(...step);
    const last = step.at(-1);
    if (entries.length > most) return { entries: entries.slice(0, most), isCut: true };
    if (last === undefined || step.length < STEP) return { entries, isCut: false };
    before = last.sequence;
    onProgress(entries.length);
  }
}
