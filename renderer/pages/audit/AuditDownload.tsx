import { useState } from 'react';

import { collectAudit } from '../../view/audit-collect.ts';
import { auditFile, AUDIT_FORMATS } from '../../view/audit-file.ts';
import type { AuditFormat } from '../../view/audit-file.ts';
import type { AuditFilter } from '../../view/audit-query.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { download: said } = words.auditPage;

const CONTENT_TYPES: Readonly<Record<AuditFormat, string>> = {
  csv: 'text/csv;charset=utf-8',
  ndjson: 'application/x-ndjson',
};

/**
 * Saves what is filtered as a file. A plain link to the core would not do: the page's credential is a header,
 * so the page reads the entries itself.
 */
export function AuditDownload({ ask, filter }: { ask: PageParts['ask']; filter: AuditFilter }) {
  const [state, setState] = useState<{ isBusy: boolean; text: string }>({ isBusy: false, text: '' });
  const save = async (format: AuditFormat): Promise<void> => {
    if (state.isBusy) return;
    const told = (count: number): void => setState({ isBusy: true, text: said.busy(count) });
    told(0);
    try {
      const { entries, isCut } = await collectAudit((path) => ask('GET', path), filter, told);
      download(auditFile(entries, format), format);
      setState({ isBusy: false, text: (isCut ? said.cut : said.done)(entries.length) });
    } catch {
      setState({ isBusy: false, text: said.failed });
    }
  };
  return (
    <div className="audit-download" role="group" aria-label={said.name}>
      <span className="small quiet">{said.name}</span>
      {AUDIT_FORMATS.map((format) => (
        <button
          key={format}
          type="button"
          className="button"
          aria-disabled={state.isBusy}
          onClick={() => void save(format)}
        >
          {said[format]}
        </button>
      ))}
      <span className="small" role="status">
        {state.text}
      </span>
    </div>
  );
}

function download(text: string, format: AuditFormat): void {
  const url = URL.createObjectURL(new Blob([text], { type: CONTENT_TYPES[format] }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `orch-audit.${format}`;
  link.click();
  // The browser has taken the file by the next turn; holding it longer holds its memory.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
