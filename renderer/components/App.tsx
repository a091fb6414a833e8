import { useEffect } from 'react';
import { useStore } from 'zustand/react';

import type { DashboardStore } from '../store/dashboard-store.ts';
import { screenOf } from '../store/selectors.ts';
import type { WellbeingDesk } from '../store/wellbeing-desk.ts';
import { levelProperties } from '../view/level-properties.ts';
import { tabView } from '../view/tab-view.ts';
import { words } from '../words/words.ts';
import { Announcer } from './Announcer.tsx';
import { Loading } from './Loading.tsx';
import { useMediaQuery } from './media-query.ts';
import { NowPage } from './NowPage.tsx';
import { SignIn } from './SignIn.tsx';
import { Unreached } from './Unreached.tsx';
import { YouToday } from './YouToday.tsx';

interface AppProps {
  readonly store: DashboardStore;
  readonly desk: WellbeingDesk;
  readonly onRetry: () => void;
}

export function App({ store, desk, onRetry }: AppProps) {
  const state = useStore(store);
  const wide = useMediaQuery('(min-width: 60rem)');
  const { connection, snapshot, announcement } = state;
  const known = connection.kind === 'signed-out' ? null : snapshot;
  const tab = tabView(known, words);
  useEffect(() => {
    document.title = tab.title;
    document.querySelector('link[rel=icon]')?.setAttribute('href', tab.iconUrl);
  }, [tab.title, tab.iconUrl]);
  return (
    <div className="app" style={levelProperties(known?.energy.level ?? 'UNKNOWN')}>
      {screenOf(state) === 'loading' && <Loading />}
      {screenOf(state) === 'unreached' && <Unreached onRetry={onRetry} />}
      {connection.kind === 'signed-out' && <SignIn why={connection.why} />}
      {known !== null && (
        <NowPage
          state={state}
          snapshot={known}
          wide={wide}
          onRetry={onRetry}
          you={<YouToday desk={desk} canSave={connection.kind === 'live'} />}
        />
      )}
      <Announcer announcement={announcement} />
    </div>
  );
}
