import type { Decision } from '../../shared/contract/decision.ts';
import { VERDICT_WORDS } from '../../shared/view/verdict-words.ts';
import { addressOf } from '../connection/page-route.ts';
import type { Loaded } from '../store/loaded.ts';
import { words } from '../words/words.ts';
import { LoadedRows } from './LoadedRows.tsx';
import { Panel } from './Panel.tsx';
import type { ProjectDoings } from './project-doings.ts';
import { VerdictMark } from './VerdictMark.tsx';

const MOST_SHOWN = 8;

interface DecisionPanelProps {
  readonly decisions: Loaded<readonly Decision[]>;
  readonly doings: ProjectDoings;
  readonly onRetry: () => void;
}

/** What gates were told about this project; each leads to its facts. */
export function DecisionPanel({ decisions, doings, onRetry }: DecisionPanelProps) {
  const { decisions: said } = words.projectsPage;
  return (
    <Panel title={said.name} summary="" wide={doings.wide}>
      <LoadedRows
        rows={decisions}
        none={said.none}
        most={MOST_SHOWN}
        onRetry={onRetry}
        row={(decision) => (
          <li key={decision.id} className="row-main kept-decision">
            <VerdictMark verdict={decision.verdict} />
            <a className="row-name" href={addressOf('decision', { id: decision.id })}>
              {said.open(
                VERDICT_WORDS[decision.verdict].title.toLowerCase(),
                words.projects.changes[decision.change],
              )}
            </a>
            <span className="row-value quiet small">{doings.ageOf(decision.decidedAt)}</span>
          </li>
        )}
      />
    </Panel>
  );
}
