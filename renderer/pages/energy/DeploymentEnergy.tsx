import { useStore } from 'zustand/react';

import type { Deployment } from '../../../shared/contract/record.ts';
import { ageText } from '../../../shared/view/quantities.ts';
import { LoadedRows } from '../../components/LoadedRows.tsx';
import { Panel } from '../../components/Panel.tsx';
import { pageAddress } from '../../connection/page-route.ts';
import type { Loaded } from '../../store/loaded.ts';
import { instantAgeSeconds } from '../../store/selectors.ts';
import { plainText } from '../../view/plain-text.ts';
import { drawnText } from '../../view/energy-days-view.ts';
import { deploymentResult, shortCommit, wattHoursText } from '../../view/record-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const MOST_SHOWN = 20;
const { deployments: said } = words.energyPage;

interface DeploymentEnergyProps {
  readonly deployments: Loaded<readonly Deployment[]>;
  readonly parts: PageParts;
  readonly onRetry: () => void;
}

/** What each deployment drew, with where the number comes from. */
export function DeploymentEnergy({ deployments, parts, onRetry }: DeploymentEnergyProps) {
  const state = useStore(parts.store);
  const age = (at: string): string => ageText(instantAgeSeconds(state, at) ?? 0);
  return (
    <Panel title={said.name} summary={summaryOf(deployments)} wide={parts.wide} open>
      <LoadedRows
        rows={deployments}
        none={said.none}
        most={MOST_SHOWN}
        onRetry={onRetry}
        row={(deployment) => (
          <li key={deployment.id}>
            <div className="row-main">
              <span className="row-name">
                <a href={pageAddress(deployment.project)}>
                  <bdi>{plainText(deployment.project)}</bdi>
                </a>{' '}
                <code>{plainText(shortCommit(deployment.commit))}</code>
              </span>
              <span className="row-value">
                {deployment.finishedAt === null
                  ? words.page.deployments.running
                  : drawnText(deployment, words)}
              </span>
            </div>
            <p className="quiet small">
              {[deploymentResult(deployment, words), words.page.deployments.began(age(deployment.startedAt))]
                .filter((_text, index) => index > 0 || deployment.result !== null)
                .join(' · ')}
            </p>
          </li>
        )}
      />
    </Panel>
  );
}

/** "2.3 Wh in 2 of 4": a sum says over how many it is. */
function summaryOf(deployments: Loaded<readonly Deployment[]>): string {
  if (deployments.kind !== 'ready' || deployments.value.length === 0) return '';
  const known = deployments.value.filter(
    ({ energyWh, energyProvenance }) => energyWh !== null && energyProvenance !== 'unknown',
  );
  const { length } = deployments.value;
  if (known.length === 0) return said.noSum(length);
  const sum = known.reduce((all, { energyWh }) => all + (energyWh ?? 0), 0);
  return said.sum(wattHoursText(sum), known.length, length);
}
