import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand/react';

import type { PageParts } from '../pages/page-parts.ts';
import { createAsked } from '../store/asked.ts';
import type { AskedState } from '../store/asked.ts';

/**
 * The core's answer to GET `path`, with the way to ask again. With `follows`, each new snapshot and a core that
 * came back ask again by themselves.
 */
export function useAsked<T>(
  { ask, store }: PageParts,
  path: string,
  follows = true,
): AskedState<T> & { readonly again: () => void } {
  const [asked] = useState(() => createAsked<T>((wanted) => ask('GET', wanted)));
  useEffect(() => asked.read(path), [asked, path]);
  const heard = useStore(
    store,
    ({ snapshot, connection }) => `${connection.kind} ${snapshot?.sequence ?? ''}`,
  );
  const lastHeard = useRef(heard);
  useEffect(() => {
    if (lastHeard.current === heard) return;
    lastHeard.current = heard;
    if (follows && heard.startsWith('live')) asked.again();
  }, [asked, follows, heard]);
  return { ...useStore(asked.store), again: () => asked.again() };
}
