import { useState } from 'react';

import { EXPORT_FORMATS } from '../../../shared/view/history-file.ts';
import type { ExportFormat } from '../../../shared/view/history-file.ts';
import type { HistoryPlot } from '../../view/history-plots.ts';
import { spanText } from '../../view/history-ticks.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { exportHistory } from './export-history.ts';
import type { HistoryKit } from './history-kit.ts';
import { useRestedView } from './marker-hook.ts';

interface ExportPanelProps {
  readonly parts: PageParts;
  readonly kit: HistoryKit;
  readonly shown: readonly HistoryPlot[];
}

/** What is shown, as a file. */
export function ExportPanel({ parts, kit, shown }: ExportPanelProps) {
  const [said, setSaid] = useState<'saved' | 'failed' | null>(null);
  const span = spanText(useRestedView(kit));
  const save = async (format: ExportFormat): Promise<void> => {
    const metrics = shown.flatMap(({ lines }) => lines.map(({ metric }) => metric));
    const { view } = kit.desk.store.getState();
    setSaid(null);
    try {
      await exportHistory(parts.ask, { metrics, view, format });
      setSaid('saved');
    } catch {
      setSaid('failed');
    }
  };
  return (
    <section className="panel history-export" aria-label={words.history.exportName}>
      <h2>{words.history.exportName}</h2>
      <p className="quiet small">{words.history.exportHint(span)}</p>
      <div className="history-formats">
        {EXPORT_FORMATS.map((format) => (
          <button key={format} type="button" className="button" onClick={() => void save(format)}>
            {words.history.exportAs(format.toUpperCase())}
          </button>
        ))}
        <span role="status" className="small">
          {said === 'saved' && words.history.exported}
          {said === 'failed' && words.history.exportFailed}
        </span>
      </div>
    </section>
  );
}
