import { useMemo } from 'react';
import { useStore } from 'zustand/react';

import { marksNear } from '../../view/history-marks.ts';
import { gapTable, markTable } from '../../view/history-table.ts';
import { words } from '../../words/words.ts';
import type { FigureParts } from './figure-parts.ts';
import { LaneFigure } from './LaneFigure.tsx';
import { EVENT_LANE_PX, eventLane } from './lanes.ts';
import { TableToggle } from './TableToggle.tsx';

/** So near to the marker that it is meant. */
const NEAR_PX = 8;

/** What happened: a mark and a few words each; and the gaps, which hatch all plots. */
export function EventFigure(figure: FigureParts) {
  const { data, marks, kit, viewport, shown } = figure;
  const draw = useMemo(() => eventLane(), []);
  const atMs = useStore(kit.cursor, (state) => state.atMs);
  const nearMs = NEAR_PX * viewport.msPerPx(viewport.scene().view);
  const [near] = atMs === null ? [] : marksNear(marks, atMs, nearMs);
  const labels = new Map(shown.flatMap(({ lines }) => lines.map(({ metric, label }) => [metric, label])));
  const missing = data?.missing.map((name) => labels.get(name) ?? words.history.bands[name] ?? name) ?? [];
  const told = near === undefined ? null : words.history.valueOf(words.history.kinds[near.kind], near.title);
  return (
    <>
      <LaneFigure
        {...figure}
        title={words.history.events}
        told={told === null ? null : [told, near?.detail ?? ''].filter((text) => text !== '').join(' · ')}
        heightPx={EVENT_LANE_PX}
        draw={draw}
        table={(view) => markTable(marks, view, words)}
      />
      {data?.isCut === true && <p className="quiet small history-note">{words.history.cut}</p>}
      {data !== null && data.gaps.length > 0 && (
        <section className="history-figure history-gaps" aria-label={words.history.gapsName}>
          <TableToggle title={words.history.gapsName} kit={kit} table={(view) => gapTable(data, view, words)}>
            <h2>{words.history.gapsName}</h2>
          </TableToggle>
        </section>
      )}
      {missing.length > 0 && (
        <p className="small history-note">{words.history.missing(missing.join(', '))}</p>
      )}
    </>
  );
}
