import { Suspense } from 'react';

import type { Snapshot } from '../../shared/contract/state.ts';
import { PAGES } from '../pages/page-list.ts';
import type { LaterPageId } from '../pages/page-list.ts';
import type { DashboardState } from '../store/dashboard-store.ts';
import { words } from '../words/words.ts';
import type { AppParts } from './App.tsx';
import { NoProject } from './NoProject.tsx';
import { NowPage } from './NowPage.tsx';
import { PageFence } from './PageFence.tsx';
import { ProjectPage } from './ProjectPage.tsx';
import { YouToday } from './YouToday.tsx';

interface ShownPageProps {
  readonly parts: AppParts;
  readonly state: DashboardState;
  readonly snapshot: Snapshot;
  readonly wide: boolean;
}

/** The page that the address asks for. */
export function ShownPage({ parts, state, snapshot, wide }: ShownPageProps) {
  const { page, project: id } = state.route;
  if (id !== null || page === 'project') {
    const project = snapshot.projects.find((each) => each.id === id);
    if (project === undefined) return <NoProject id={id ?? ''} />;
    return (
      <ProjectPage
        key={project.id}
        parts={parts}
        state={state}
        snapshot={snapshot}
        project={project}
        wide={wide}
        onRetry={parts.onRetry}
      />
    );
  }
  if (page === 'now') {
    const you = <YouToday desk={parts.desk} canSave={state.connection.kind === 'live'} />;
    const { ask, clock, onRetry } = parts;
    return (
      <NowPage
        state={state}
        snapshot={snapshot}
        wide={wide}
        onRetry={onRetry}
        ask={ask}
        clock={clock}
        you={you}
      />
    );
  }
  return (
    <PageFence key={page}>
      <Suspense fallback={<Opening page={page} />}>
        <LaterPage page={page} parts={parts} wide={wide} />
      </Suspense>
    </PageFence>
  );
}

function LaterPage({ page, parts, wide }: { page: LaterPageId; parts: AppParts; wide: boolean }) {
  const Page = PAGES[page];
  const { store, ask, clock, openProject, onRetry } = parts;
  return (
    <Page store={store} ask={ask} clock={clock} openProject={openProject} onRetry={onRetry} wide={wide} />
  );
}

/** Seen only where the page's script takes long. */
function Opening({ page }: { page: LaterPageId }) {
  return (
    <div className="page page-opening" aria-busy="true">
      <p className="quiet">{words.shell.opening(words.shell.pages[page])}</p>
    </div>
  );
}
