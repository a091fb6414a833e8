import type { Deployment } from '../../shared/contract/record.ts';
import type { Loaded } from '../store/loaded.ts';
import { plainText } from '../view/plain-text.ts';
import { deploymentEnergy, deploymentResult, shortCommit } from '../view/record-view.ts';
import { words } from '../words/words.ts';
import { LoadedRows } from './LoadedRows.tsx';
import { Panel } from './Panel.tsx';
import type { ProjectDoings } from './project-doings.ts';

const MOST_SHOWN = 6;

interface DeploymentPanelProps {
  readonly deployments: Loaded<readonly Deployment[]>;
  readonly doings: ProjectDoings;
  readonly onRetry: () => void;
}

/** The last deployments, each with the energy it took and where that number comes from. */
export function DeploymentPanel({ deployments, doings, onRetry }: DeploymentPanelProps) {
  const { deployments: said } = words.page;
  const last = deployments.kind === 'ready' ? deployments.value[0] : undefined;
  return (
    <Panel title={said.name} summary={summaryOf(last)} wide={doings.wide}>
      <LoadedRows
        rows={deployments}
        none={said.none}
        most={MOST_SHOWN}
        onRetry={onRetry}
        row={(deployment) => (
          <li key={deployment.id}>
            <div className="row-main">
              <span className="row-name">
                <code>{plainText(shortCommit(deployment.commit))}</code>
              </span>
              <span className="row-value">{deploymentResult(deployment, words)}</span>
            </div>
            <p className="quiet small">
              {[said.began(doings.ageOf(deployment.startedAt)), deploymentEnergy(deployment, words)]
                .filter((fact) => fact !== null)
                .join(' · ')}
            </p>
          </li>
        )}
      />
    </Panel>
  );
}

/** "last ok", "still running"; nothing where nothing is known. */
function summaryOf(last: Deployment | undefined): string {
  if (last === undefined) return '';
  const result = deploymentResult(last, words);
  return last.result === null ? result : words.page.deployments.last(result);
}
