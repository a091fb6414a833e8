import { useEffect } from 'react';
import { useStore } from 'zustand/react';

import type { ProjectState, Snapshot } from '../../shared/contract/state.ts';
import { ageText } from '../../shared/view/quantities.ts';
import type { AskMethod } from '../connection/core-requests.ts';
import type { DashboardState } from '../store/dashboard-store.ts';
import type { ProjectRecord } from '../store/project-record.ts';
import { instantAgeSeconds, snapshotAgeSeconds } from '../store/selectors.ts';
import type { Simulator } from '../store/simulator.ts';
import { AuditPanel } from './AuditPanel.tsx';
import { DecisionPanel } from './DecisionPanel.tsx';
import { DeploymentPanel } from './DeploymentPanel.tsx';
import { HaltPanel } from './HaltPanel.tsx';
import { IncidentPanel } from './IncidentPanel.tsx';
import { LostBanner } from './LostBanner.tsx';
import { PageFooter } from './PageFooter.tsx';
import type { ProjectDoings } from './project-doings.ts';
import { ProjectHeader } from './ProjectHeader.tsx';
import { ScorePanel } from './ScorePanel.tsx';
import { SimulatorPanel } from './SimulatorPanel.tsx';
import { VerdictTable } from './VerdictTable.tsx';
import { WaiverPanel } from './WaiverPanel.tsx';

/** What a project's page is made with, beside the state. */
export interface ProjectPageParts {
  readonly record: ProjectRecord;
  readonly simulator: Simulator;
  readonly ask: (method: AskMethod, path: string, body?: unknown) => Promise<unknown>;
}

interface ProjectPageProps {
  readonly parts: ProjectPageParts;
  readonly state: DashboardState;
  readonly snapshot: Snapshot;
  readonly project: ProjectState;
  readonly wide: boolean;
  readonly onRetry: () => void;
}

/** All about one project, and what a person may do about it. */
export function ProjectPage({ parts, state, snapshot, project, wide, onRetry }: ProjectPageProps) {
  const { record, simulator, ask } = parts;
  const { id } = project;
  useEffect(() => {
    record.open(id);
    simulator.open(id);
    return () => {
      record.open(null);
      simulator.open(null);
    };
  }, [id, record, simulator]);
  const { incidents, deployments, audits, decisions } = useStore(record.store);
  const sinceSeconds = snapshotAgeSeconds(state);
  const lost = state.connection.kind === 'lost';
  const doings: ProjectDoings = {
    wide,
    canAct: state.connection.kind === 'live',
    async ask(method, path, body) {
      const answer = await ask(method, path, body);
      record.refresh();
      return answer;
    },
    ageOf: (at) => ageText(instantAgeSeconds(state, at) ?? 0),
    nowAt: snapshot.at,
  };
  const again = (): void => record.refresh();
  const isHaltAsked = state.route.query === 'at=halt';
  const halt = <HaltPanel project={project} doings={doings} isAsked={isHaltAsked} />;
  const audit = <AuditPanel audits={audits} doings={doings} onRetry={again} />;
  return (
    <div className="project" data-lost={lost}>
      {lost && (
        <div className="top">
          <LostBanner stateAge={ageText(sinceSeconds)} onRetry={onRetry} />
        </div>
      )}
      <ProjectHeader
        project={project}
        snapshot={snapshot}
        backTo={state.cameFrom?.page === 'projects' ? 'projects' : 'now'}
      />
      <main>
        <div className="project-main">
          {!wide && halt}
          <VerdictTable project={project} wide={wide} sinceSeconds={sinceSeconds} />
          <ScorePanel project={project} wide={wide} sinceSeconds={sinceSeconds} />
          <SimulatorPanel simulator={simulator} projectId={id} wide={wide} />
          {wide && audit}
        </div>
        <div className="project-side">
          {wide && halt}
          <WaiverPanel project={project} doings={doings} />
          <IncidentPanel projectId={id} incidents={incidents} doings={doings} onRetry={again} />
          <DecisionPanel decisions={decisions} doings={doings} onRetry={again} />
          <DeploymentPanel deployments={deployments} doings={doings} onRetry={again} />
          {!wide && audit}
        </div>
      </main>
      <PageFooter state={state} snapshot={snapshot} />
    </div>
  );
}
