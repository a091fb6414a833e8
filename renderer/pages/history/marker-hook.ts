import { useEffect, useState } from 'react';
import { useStore } from 'zustand/react';

import type { TimeSpan } from '../../view/history-span.ts';
import type { FigureParts } from './figure-parts.ts';
import type { HistoryKit } from './history-kit.ts';

/** The instant whose values are told: under the marker, else the newest; null while neither is in sight. */
export function useToldInstant({ kit, data }: Pick<FigureParts, 'kit' | 'data'>): number | null {
  const cursorMs = useStore(kit.cursor, ({ atMs }) => atMs);
  const isUpToNow = useStore(kit.desk.store, ({ range }) => range !== null);
  // What holds until the end of what is known does not hold at it any more.
  const newestMs = data === null ? null : data.span.toMs - 1;
  return cursorMs ?? (isUpToNow ? newestMs : null);
}

/** Long enough to be at rest after a pan. */
const REST_MS = 200;

/** What is in sight, once it rests: a table that followed every step could not be read. */
export function useRestedView({ desk }: Pick<HistoryKit, 'desk'>): TimeSpan {
  const [view, setView] = useState(() => desk.store.getState().view);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = desk.store.subscribe((state, before) => {
      if (state.view === before.view) return;
      clearTimeout(timer);
      timer = setTimeout(() => setView(state.view), REST_MS);
    });
    return () => {
      clearTimeout(timer);
      forget();
    };
  }, [desk]);
  return view;
}
