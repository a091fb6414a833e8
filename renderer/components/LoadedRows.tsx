import type { ReactNode } from 'react';

import type { Loaded } from '../store/loaded.ts';
import { words } from '../words/words.ts';
import { Prose } from './Prose.tsx';

interface LoadedRowsProps<T> {
  readonly rows: Loaded<readonly T[]>;
  /** What an empty list means. */
  readonly none: string;
  /** Beyond so many, the rest is counted. */
  readonly most: number;
  readonly onRetry: () => void;
  readonly row: (item: T) => ReactNode;
}

/** A list that was asked of the core: on its way, not to be had, empty, or here. */
export function LoadedRows<T>({ rows, none, most, onRetry, row }: LoadedRowsProps<T>) {
  if (rows.kind === 'loading') return <p className="quiet small">{words.page.loading}</p>;
  if (rows.kind === 'failed') {
    return (
      <p className="failed">
        <span>{words.page.failed}</span>
        <button type="button" className="button" onClick={onRetry}>
          {words.page.retry}
        </button>
      </p>
    );
  }
  if (rows.value.length === 0) {
    return (
      <p className="quiet small">
        <Prose text={none} />
      </p>
    );
  }
  return (
    <>
      <ul className="rows">{rows.value.slice(0, most).map(row)}</ul>
      {rows.value.length > most && <p className="quiet small">{words.page.more(rows.value.length - most)}</p>}
    </>
  );
}
