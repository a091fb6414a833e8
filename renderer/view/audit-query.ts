/** What the audit is narrowed down to; an empty text is no filter. */
export interface AuditFilter {
  readonly project: string;
  readonly actor: string;
  readonly act: string;
}

export const NO_FILTER: AuditFilter = { project: '', actor: '', act: '' };

export const AUDIT_PAGE_ROWS = 100;

/** Where `limit` entries older than `before` are asked for; null begins with the newest. */
export function auditPath(filter: AuditFilter, before: number | null, limit: number): string {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const [name, value] of Object.entries(filter)) if (value !== '') query.set(name, String(value));
  if (before !== null) query.set('before', String(before));
  return `/v1/audit?${query.toString()}`;
}

export function isFiltered(filter: AuditFilter): boolean {
  return filter.project !== '' || filter.actor !== '' || filter.act !== '';
}
