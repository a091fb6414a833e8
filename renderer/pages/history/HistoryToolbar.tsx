import { useStore } from 'zustand/react';

import { OneOf } from '../../components/OneOf.tsx';
import { HISTORY_RANGES, zoomed } from '../../view/history-span.ts';
import { spanText } from '../../view/history-ticks.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import type { HistoryKit } from './history-kit.ts';
import { useGlide } from './glide-hook.ts';
import { useRestedView } from './marker-hook.ts';

/** How far back, closer and further; what is in sight, in words. */
export function HistoryToolbar({ parts, kit: { desk } }: { parts: PageParts; kit: HistoryKit }) {
  const range = useStore(desk.store, (state) => state.range);
  const isLoading = useStore(desk.store, (state) => state.isLoading && state.data !== null);
  const glide = useGlide(parts);
  const zoom = (factor: number): void => {
    const { view, limits } = desk.store.getState();
    const middleMs = (view.fromMs + view.toMs) / 2;
    glide.go(view, zoomed(view, factor, middleMs, limits), (next) => desk.setView(next));
  };
  return (
    <div className="history-toolbar">
      <OneOf
        name={words.history.rangeName}
        choices={HISTORY_RANGES}
        labels={words.history.ranges}
        chosen={range}
        onChoose={(each) => desk.setRange(each)}
      />
      <div className="history-zoom">
        <button type="button" className="button" aria-label={words.history.zoomOut} onClick={() => zoom(2)}>
          −
        </button>
        <button type="button" className="button" aria-label={words.history.zoomIn} onClick={() => zoom(0.5)}>
          +
        </button>
        <button type="button" className="button" onClick={() => desk.reset()}>
          {words.history.reset}
        </button>
      </div>
      <p className="history-span quiet small" aria-busy={isLoading}>
        <SpanWords kit={{ desk }} />
        {isLoading && <span className="history-refining"> · {words.history.refining}</span>}
      </p>
    </div>
  );
}

function SpanWords({ kit: { desk } }: { kit: Pick<HistoryKit, 'desk'> }) {
  return <span>{spanText(useRestedView({ desk }))}</span>;
}
