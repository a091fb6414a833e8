import type { HistoryReply } from '../../../shared/contract/history.ts';
import type { ExportFormat } from '../../../shared/view/history-file.ts';
import { historyPath } from '../../store/history-answers.ts';
import { EXPORT_TYPES, exportName, exportRows, exportText } from '../../view/history-export.ts';
import type { TimeSpan } from '../../view/history-span.ts';
import { stepFor } from '../../view/history-steps.ts';
import type { PageParts } from '../page-parts.ts';

export interface HistoryExport {
  readonly metrics: readonly string[];
  readonly view: TimeSpan;
  readonly format: ExportFormat;
}

/** Asks the core anew, for exactly what is in sight, and hands the browser a file. Rejects on any refusal. */
export async function exportHistory(
  ask: PageParts['ask'],
  { metrics, view, format }: HistoryExport,
): Promise<void> {
  const wanted = { span: view, stepMs: stepFor(view) };
  const names = [...metrics, 'levels', 'verdicts'];
  const answers = await Promise.all(names.map((name) => ask('GET', historyPath(name, wanted))));
  const rows = exportRows(answers as HistoryReply[]);
  const url = URL.createObjectURL(new Blob([exportText(rows, view, format)], { type: EXPORT_TYPES[format] }));
  const link = document.createElement('a');
  link.href = url;
  link.download = exportName(view, format);
  link.click();
  URL.revokeObjectURL(url);
}
