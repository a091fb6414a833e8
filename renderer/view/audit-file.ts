import type { AuditEntry } from '../../shared/contract/record.ts';
import { withoutSecrets } from './audit-detail.ts';

export const AUDIT_FORMATS = ['csv', 'ndjson'] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

const COLUMNS = ['sequence', 'at', 'actor', 'act', 'project', 'cause', 'detail'] as const;

/** The entries as a file's text; what looks like a secret is masked in it too. */
export function auditFile(entries: readonly AuditEntry[], format: AuditFormat): string {
  const open = entries.map((entry) => withoutSecrets(entry) as AuditEntry);
  if (format === 'ndjson') return open.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  const rows = open.map((entry) =>
    COLUMNS.map((column) => cell(column === 'detail' ? JSON.stringify(entry.detail) : entry[column])).join(
      ',',
    ),
  );
  return [COLUMNS.join(','), ...rows, ''].join('\r\n');
}

/** RFC 4180; text that a spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection). */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
