import type { ExportRow } from './export-rows.ts';

export const EXPORT_FORMATS = ['csv', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS = [
  'at',
  'until',
  'metric',
  'project',
  'unit',
  'value',
  'min',
  'mean',
  'max',
  'count',
  'text',
] as const satisfies readonly (keyof ExportRow)[];

/** What stands before the first row. */
export function exportHead(
  format: ExportFormat,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): string {
  if (format === 'csv') return `${COLUMNS.join(',')}\n`;
  if (format === 'ndjson') return '';
  const [from, to] = [fromMs, toMs].map((ms) => JSON.stringify(new Date(ms).toISOString()));
  return `{"schemaVersion":1,"from":${from ?? ''},"to":${to ?? ''},"rows":[`;
}

export function exportRow(format: ExportFormat, row: ExportRow, isFirst: boolean): string {
  if (format === 'csv') return `${COLUMNS.map((column) => cell(row[column])).join(',')}\n`;
  const json = JSON.stringify(row);
  return format === 'ndjson' ? `${json}\n` : `${isFirst ? '\n' : ',\n'}${json}`;
}

export function exportTail(format: ExportFormat): string {
  return format === 'json' ? '\n]}\n' : '';
}

/** RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
