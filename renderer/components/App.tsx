import { useEffect, useRef } from 'react';
import { useStore } from 'zustand/react';

import type { PageParts } from '../pages/page-parts.ts';
import type { DashboardState } from '../store/dashboard-store.ts';
import { screenOf } from '../store/selectors.ts';
import type { WellbeingDesk } from '../store/wellbeing-desk.ts';
import { levelProperties } from '../view/level-properties.ts';
import { plainText } from '../view/plain-text.ts';
import { tabView } from '../view/tab-view.ts';
import { words } from '../words/words.ts';
import { Announcer } from './Announcer.tsx';
import { BottomBar } from './BottomBar.tsx';
import { Loading } from './Loading.tsx';
import { useMediaQuery } from './media-query.ts';
import { CameFromPage } from './PageHeading.tsx';
import type { ProjectPageParts } from './ProjectPage.tsx';
import { Rail } from './Rail.tsx';
import { ShownPage } from './ShownPage.tsx';
import { SignIn } from './SignIn.tsx';
import { SkipLink } from './SkipLink.tsx';
import { Unreached } from './Unreached.tsx';

/** What the page is made of: all that its pages are given, and the person's own desk. */
export interface AppParts extends Omit<PageParts, 'wide'>, ProjectPageParts {
  readonly desk: WellbeingDesk;
}

export function App({ parts }: { parts: AppParts }) {
  const state = useStore(parts.store);
  const wide = useMediaQuery('(min-width: 60rem)');
  const { connection, snapshot, announcement, route } = state;
  const known = connection.kind === 'signed-out' ? null : snapshot;
  const tab = tabView(known, words);
  const title = titleOf(state, tab.title);
  useEffect(() => {
    document.title = title;
    document.querySelector('link[rel=icon]')?.setAttribute('href', tab.iconUrl);
  }, [title, tab.iconUrl]);
  useReturnToCard(route.project);
  return (
    <div className="app" style={levelProperties(known?.energy.level ?? 'UNKNOWN')}>
      {screenOf(state) === 'loading' && <Loading />}
      {screenOf(state) === 'unreached' && <Unreached onRetry={parts.onRetry} />}
      {connection.kind === 'signed-out' && <SignIn why={connection.why} />}
      {known !== null && (
        <CameFromPage value={state.cameFrom !== null}>
          <div className="shell">
            {wide && <SkipLink />}
            {wide && <Rail page={route.page} />}
            <div className="shell-page">
              <ShownPage parts={parts} state={state} snapshot={known} wide={wide} />
            </div>
            {!wide && <BottomBar page={route.page} />}
          </div>
        </CameFromPage>
      )}
      <Announcer announcement={announcement} />
    </div>
  );
}

/** The first page is what the tab tells anyway; every other page is named before it. */
function titleOf({ route, connection }: DashboardState, rest: string): string {
  if (route.project !== null) return words.page.title(plainText(route.project), rest);
  if (route.page === 'now' || connection.kind === 'signed-out') return rest;
  return words.shell.title(words.shell.pages[route.page], rest);
}

/** Back on a page that lists the projects, the focus is on the one it left from. */
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
