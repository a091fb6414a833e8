import { useEffect, useState } from 'react';

import type { HistoryReply, HistorySeries } from '../../shared/contract/history.ts';
import { addressOf } from '../connection/page-route.ts';
import type { PageParts } from '../pages/page-parts.ts';
import { CHARGE_BANDS, lastHourView } from '../view/last-hour-view.ts';
import { levelProperties } from '../view/level-properties.ts';
import { words } from '../words/words.ts';

const PATH = '/v1/history?metric=percent&from=-60m&points=120';
/** A point is half a minute wide: asking more often shows nothing new. */
const AGAIN_MS = 60_000;

interface LastHourProps {
  readonly ask: PageParts['ask'];
  readonly clock: PageParts['clock'];
}

/** The charge over the last hour with the bands of the levels behind it; nothing where there is nothing to draw. */
export function LastHour({ ask, clock }: LastHourProps) {
  const series = useLastHour(ask, clock);
  const view = series === null ? null : lastHourView(series, words);
  if (view === null) return null;
  return (
    <section className="panel last-hour" aria-label={words.lastHour.name}>
      <div className="panel-head">
        <h2>
          <a href={addressOf('history')}>{words.lastHour.name}</a>
        </h2>
        <span className="panel-summary">{view.summary}</span>
      </div>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={view.label}>
        {CHARGE_BANDS.map(({ level, from, to }) => (
          <rect
            key={level}
            className="last-hour-band"
            style={levelProperties(level)}
            width="100"
            y={100 - to}
            height={to - from}
          />
        ))}
        <path className="last-hour-curve" d={view.path} vectorEffect="non-scaling-stroke" />
      </svg>
    </section>
  );
}

function useLastHour(ask: PageParts['ask'], clock: PageParts['clock']): HistorySeries | null {
  const [series, setSeries] = useState<HistorySeries | null>(null);
  useEffect(() => {
    let isOver = false;
    let cancel = (): void => undefined;
    const read = (): void => {
      ask('GET', PATH)
        .then((value) => {
          const reply = value as HistoryReply;
          if (!isOver && reply.kind === 'series') setSeries(reply);
        })
        // What was drawn stays: the connection says what is wrong.
        .catch(() => undefined)
        .finally(() => {
          if (!isOver) cancel = clock.after(AGAIN_MS, read);
        });
    };
    read();
    return () => {
      isOver = true;
      cancel();
    };
  }, [ask, clock]);
  return series;
}
