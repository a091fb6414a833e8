/** One line of an export: a measurement, a band or a mark. */
export interface ExportRow {
  readonly at: string;
  /** End of a band or of what the row sums up; null for a sample. */
  readonly until: string | null;
  readonly metric: string;
  readonly project: string | null;
  readonly unit: string | null;
  /** The sample, the last of several, or a word. */
  readonly value: number | string;
  readonly min: number | null;
  readonly mean: number | null;
  readonly max: number | null;
  /** Samples in it; null for bands and marks. */
  readonly count: number | null;
  readonly text: string | null;
}

export const EXPORT_FORMATS = ['csv', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Milliseconds since 1970. */
export interface ExportSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

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
export function exportHead(format: ExportFormat, { fromMs, toMs }: ExportSpan): string {
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

/** What stands behind the last row. */
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
