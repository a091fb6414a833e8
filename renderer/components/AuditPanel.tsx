import type { AuditEntry } from '../../shared/contract/record.ts';
import type { Loaded } from '../store/loaded.ts';
import { plainText } from '../view/plain-text.ts';
import { auditText } from '../view/record-view.ts';
import { words } from '../words/words.ts';
import { LoadedRows } from './LoadedRows.tsx';
import { Panel } from './Panel.tsx';
import type { ProjectDoings } from './project-doings.ts';

const MOST_SHOWN = 20;

interface AuditPanelProps {
  readonly audits: Loaded<readonly AuditEntry[]>;
  readonly doings: ProjectDoings;
  readonly onRetry: () => void;
}

/** Who did what to this project, and why; newest first. */
export function AuditPanel({ audits, doings, onRetry }: AuditPanelProps) {
  const { audit: said } = words.page;
  return (
    <Panel title={said.name} summary="" wide={doings.wide}>
      <LoadedRows
        rows={audits}
        none={said.none}
        most={MOST_SHOWN}
        onRetry={onRetry}
        row={(entry) => (
          <li key={entry.sequence}>
            <div className="row-main">
              <span className="row-name">
                <bdi>{plainText(entry.actor)}</bdi> · {auditText(entry, words)}
              </span>
              <span className="row-value quiet small">{doings.ageOf(entry.at)}</span>
            </div>
            <p className="quiet small">{plainText(entry.cause)}</p>
          </li>
        )}
      />
    </Panel>
  );
}
