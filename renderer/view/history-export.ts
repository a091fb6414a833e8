import type { HistoryReply } from '../../shared/contract/history.ts';
import { exportHead, exportRow, exportTail } from '../../shared/view/history-file.ts';
import type { ExportFormat, ExportRow, ExportSpan } from '../../shared/view/history-file.ts';
import { bandRows, gapRows, seriesRows } from '../../shared/view/history-rows.ts';

export const EXPORT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
};

/** What was answered as rows, answer after answer, in the order of time. What is about the person is left out. */
export function exportRows(answers: readonly HistoryReply[]): readonly ExportRow[] {
  return answers.flatMap((answer) => {
    if (answer.kind === 'series') return answer.private ? [] : seriesRows(answer);
    if (answer.kind === 'events') return [];
    // The gaps come with all bands: once is enough.
    return answer.metric === 'levels' ? [...bandRows(answer), ...gapRows(answer.gaps)] : bandRows(answer);
  });
}

/** The rows as the text of a file, the same as `orch history` writes. */
export function exportText(rows: readonly ExportRow[], span: ExportSpan, format: ExportFormat): string {
  const lines = rows.map((row, index) => exportRow(format, row, index === 0));
  return [exportHead(format, span), ...lines, exportTail(format)].join('');
}

/** "history-2026-01-05T10-00-to-2026-01-06T10-00.csv". */
export function exportName({ fromMs, toMs }: ExportSpan, format: ExportFormat): string {
  const text = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16).replace(':', '-');
  return `history-${text(fromMs)}-to-${text(toMs)}.${format}`;
}
