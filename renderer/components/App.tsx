import { useEffect, useRef } from 'react';
import { useStore } from 'zustand/react';

import type { DashboardStore } from '../store/dashboard-store.ts';
import { screenOf } from '../store/selectors.ts';
import type { WellbeingDesk } from '../store/wellbeing-desk.ts';
import { levelProperties } from '../view/level-properties.ts';
import { plainText } from '../view/plain-text.ts';
import { tabView } from '../view/tab-view.ts';
import { words } from '../words/words.ts';
import { Announcer } from './Announcer.tsx';
import { Loading } from './Loading.tsx';
import { useMediaQuery } from './media-query.ts';
import { NoProject } from './NoProject.tsx';
import { NowPage } from './NowPage.tsx';
import { ProjectPage } from './ProjectPage.tsx';
import type { ProjectPageParts } from './ProjectPage.tsx';
import { SignIn } from './SignIn.tsx';
import { Unreached } from './Unreached.tsx';
import { YouToday } from './YouToday.tsx';

interface AppProps {
  readonly store: DashboardStore;
  readonly desk: WellbeingDesk;
  readonly parts: ProjectPageParts;
  readonly onRetry: () => void;
}

export function App({ store, desk, parts, onRetry }: AppProps) {
  const state = useStore(store);
  const wide = useMediaQuery('(min-width: 60rem)');
  const { connection, snapshot, announcement } = state;
  const known = connection.kind === 'signed-out' ? null : snapshot;
  const project = known?.projects.find(({ id }) => id === state.project) ?? null;
  const tab = tabView(known, words);
  const title = state.project === null ? tab.title : words.page.title(plainText(state.project), tab.title);
  useEffect(() => {
    document.title = title;
    document.querySelector('link[rel=icon]')?.setAttribute('href', tab.iconUrl);
  }, [title, tab.iconUrl]);
  useReturnToCard(state.project);
  return (
    <div className="app" style={levelProperties(known?.energy.level ?? 'UNKNOWN')}>
      {screenOf(state) === 'loading' && <Loading />}
      {screenOf(state) === 'unreached' && <Unreached onRetry={onRetry} />}
      {connection.kind === 'signed-out' && <SignIn why={connection.why} />}
      {known !== null && state.project === null && (
        <NowPage
          state={state}
          snapshot={known}
          wide={wide}
          onRetry={onRetry}
          you={<YouToday desk={desk} canSave={connection.kind === 'live'} />}
        />
      )}
      {known !== null && state.project !== null && project === null && <NoProject id={state.project} />}
      {known !== null && project !== null && (
        <ProjectPage
          key={project.id}
          parts={parts}
          state={state}
          snapshot={known}
          project={project}
          wide={wide}
          onRetry={onRetry}
        />
      )}
      <Announcer announcement={announcement} />
    </div>
  );
}

/** Back on the page of all projects, the focus is on the card it left from. */
function useReturnToCard(project: string | null): void {
  const left = useRef<string | null>(null);
  useEffect(() => {
    if (project === null && left.current !== null) {
      const card = document.querySelector(`[data-project="${CSS.escape(left.current)}"] a`);
      if (card instanceof HTMLElement) card.focus();
    }
    left.current = project;
  }, [project]);
}
