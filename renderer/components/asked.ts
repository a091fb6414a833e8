import { useCallback, useEffect, useRef, useState } from 'react';

import type { PageParts } from '../pages/page-parts.ts';
import { FAILED, LOADING, ready } from '../store/loaded.ts';
import type { Loaded } from '../store/loaded.ts';

export interface Asked<T> {
  readonly answer: Loaded<T>;
  /** Asks again; what is known stays until the answer is here. */
  readonly again: () => void;
  /** An answer that came another way, such as with a change. */
  readonly take: (value: T) => void;
}

/** What the core answers to GET `path`, asked when it is first shown and whenever the path changes. */
export function useAsked<T>(ask: PageParts['ask'], path: string): Asked<T> {
  const [answer, setAnswer] = useState<Loaded<T>>(LOADING);
  const newest = useRef('');
  const send = useCallback(() => {
    const isNewest = (): boolean => newest.current === path;
    ask('GET', path).then(
      (value) => {
        if (isNewest()) setAnswer(ready(value as T));
      },
      () => {
        // What was read before is still the best there is.
        if (isNewest()) setAnswer((known) => (known.kind === 'ready' ? known : FAILED));
      },
    );
  }, [ask, path]);
  useEffect(() => {
    newest.current = path;
    send();
    return () => {
      newest.current = '';
    };
  }, [path, send]);
  return {
    answer,
    again: send,
    take: (value) => setAnswer(ready(value)),
  };
}
