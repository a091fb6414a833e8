import { useState } from 'react';
import { useStore } from 'zustand/react';

import type { EnergyDaysReply } from '../../../shared/contract/energy-ledger.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { Deployment } from '../../../shared/contract/record.ts';
import { Answer } from '../../components/Answer.tsx';
import { useAsked } from '../../components/asked-hook.ts';
import { OneOf } from '../../components/OneOf.tsx';
import { PageFrame } from '../../components/PageFrame.tsx';
import { Panel } from '../../components/Panel.tsx';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { DayChart } from './DayChart.tsx';
import { DayTable } from './DayTable.tsx';
import { DeploymentEnergy } from './DeploymentEnergy.tsx';
import { EnergyFigures } from './EnergyFigures.tsx';
import { JobEnergy } from './JobEnergy.tsx';
import './energy.css';

const DAY_COUNTS = [7, 30, 90] as const;

/** What the machine drew: by day, by deployment, by job, and by this product itself. */
export default function EnergyPage(parts: PageParts) {
  const { wide, store } = parts;
  const { energyPage: said } = words;
  const [count, setCount] = useState<(typeof DAY_COUNTS)[number]>(30);
  const snapshot = useStore(store, (state) => state.snapshot);
  const days = useAsked<EnergyDaysReply>(parts, `/v1/energy/days?dayCount=${count}`);
  const deployments = useAsked<readonly Deployment[]>(parts, '/v1/deployments');
  const jobs = useAsked<readonly Job[]>(parts, '/v1/jobs');
  const hasBattery = snapshot?.energy.batteryPresent ?? false;
  return (
    <PageFrame
      parts={parts}
      title={words.shell.pages.energy}
      lead={said.lead}
      controls={
        <OneOf
          name={said.rangeName}
          choices={DAY_COUNTS}
          labels={said.ranges}
          chosen={count}
          onChoose={setCount}
        />
      }
    >
      <Answer answer={days.answer} onRetry={days.again}>
        {(reply) => <EnergyFigures reply={reply} draw={snapshot?.draw ?? null} />}
      </Answer>
      <Panel title={said.chart.name} summary="" wide={wide} open>
        <Answer answer={days.answer} onRetry={days.again}>
          {(reply) => (
            <>
              <DayChart key={reply.days.length} reply={reply} hasBattery={hasBattery} wide={wide} />
              <DayTable reply={reply} />
            </>
          )}
        </Answer>
      </Panel>
      <div className="energy-parts">
        <DeploymentEnergy deployments={deployments.answer} parts={parts} onRetry={deployments.again} />
        <div className="energy-side">
          <JobEnergy
            jobs={jobs.answer.kind === 'ready' ? jobs.answer.value : (snapshot?.jobs ?? [])}
            wide={wide}
          />
          <Panel title={said.sources.name} summary="" wide={wide}>
            <ul className="rows quiet small">
              {[said.sources.measured, said.sources.modelled, said.sources.unknown, said.sources.own].map(
                (text) => (
                  <li key={text}>{text}</li>
                ),
              )}
            </ul>
          </Panel>
        </div>
      </div>
    </PageFrame>
  );
}
