import type { HistoryReply, HistorySeries, HistorySpans } from '../../shared/contract/history.ts';

export const EXPORT_FORMATS = ['csv', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
};

/** One line of a file, the same as `orch history` writes: a measurement, or a band. */
export interface ExportRow {
  readonly at: string;
  /** End of a band or of what the row sums up; null for a sample. */
  readonly until: string | null;
  readonly metric: string;
  readonly project: string | null;
  readonly unit: string | null;
  readonly value: number | string;
  readonly min: number | null;
  readonly mean: number | null;
  readonly max: number | null;
  readonly count: number | null;
  readonly text: string | null;
}

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

/** What was answered as rows, answer after answer, in the order of time. What is about the person is left out. */
export function exportRows(answers: readonly HistoryReply[]): readonly ExportRow[] {
  return answers.flatMap((answer) => {
    if (answer.kind === 'series') return answer.private ? [] : seriesRows(answer);
    return answer.kind === 'spans' ? spanRows(answer) : [];
  });
}

/** The rows as the text of a file. */
export function exportText(
  rows: readonly ExportRow[],
  { fromMs, toMs }: ExportSpan,
  format: ExportFormat,
): string {
  switch (format) {
    case 'csv':
      return [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((name) => cell(row[name])).join(','))]
        .map((line) => `${line}\n`)
        .join('');
    case 'json':
      return `${JSON.stringify({ schemaVersion: 1, from: iso(fromMs), to: iso(toMs), rows })}\n`;
    case 'ndjson':
      return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  }
}

function seriesRows(answer: HistorySeries): readonly ExportRow[] {
  const { metric, unit, stepMs } = answer;
  const [kind, project = null] = metric.split('/');
  return answer.atMs.flatMap((atMs, index) => {
    const value = answer.last[index] ?? null;
    if (value === null) return [];
    return [
      {
        at: iso(atMs),
        until: stepMs === 0 ? null : iso(atMs + stepMs),
        metric,
        project: kind === 'score' ? project : null,
        unit,
        value,
        min: answer.min[index] ?? null,
        mean: answer.mean[index] ?? null,
        max: answer.max[index] ?? null,
        count: answer.count[index] ?? null,
        text: null,
      },
    ];
  });
}

const WORD = { unit: null, min: null, mean: null, max: null, count: null } as const;

/** The gaps come with the levels: once is enough. */
function spanRows({ metric, lanes, gaps }: HistorySpans): readonly ExportRow[] {
  const bands = lanes.flatMap(({ project, change, spans }) =>
    spans.map(({ fromMs, toMs, value }) => ({
      ...WORD,
      at: iso(fromMs),
      until: iso(toMs),
      metric,
      project,
      value,
      text: change,
    })),
  );
  if (metric !== 'levels') return bands;
  return [
    ...bands,
    ...gaps.map(({ fromMs, toMs, cause }) => ({
      ...WORD,
      at: iso(fromMs),
      until: iso(toMs),
      metric: 'gaps',
      project: null,
      value: cause,
      text: null,
    })),
  ];
}

/** A sheet takes a text that begins with = + - @ for a formula; numbers are left alone. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** "history-2026-01-05T10-00-to-2026-01-06T10-00.csv". */
export function exportName({ fromMs, toMs }: ExportSpan, format: ExportFormat): string {
  const text = (atMs: number): string => iso(atMs).slice(0, 16).replace(':', '-');
  return `history-${text(fromMs)}-to-${text(toMs)}.${format}`;
}
