import type { ReactNode } from 'react';

import type { Loaded } from '../store/loaded.ts';
import { words } from '../words/words.ts';

interface AnswerProps<T> {
  readonly answer: Loaded<T>;
  readonly onRetry: () => void;
  readonly children: (value: T) => ReactNode;
}

/** Something asked of the core: on its way, not to be had, or here. */
export function Answer<T>({ answer, onRetry, children }: AnswerProps<T>) {
  if (answer.kind === 'ready') return children(answer.value);
  if (answer.kind === 'loading') return <p className="quiet small">{words.page.loading}</p>;
  return (
    <p className="failed">
      <span>{words.page.failed}</span>
      <button type="button" className="button" onClick={onRetry}>
        {words.page.retry}
      </button>
    </p>
  );
}
