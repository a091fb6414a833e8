import { useEffect, useMemo, useRef } from 'react';

import type { HistoryPlot, PlotLine } from '../../view/history-plots.ts';
import { historyReadout } from '../../view/history-readout.ts';
import { plotTable } from '../../view/history-table.ts';
import { words } from '../../words/words.ts';
import { PrivateMark } from './ChoicePanel.tsx';
import { createCurvePlot } from './curve-plot.ts';
import type { FigureParts } from './figure-parts.ts';
import { useToldInstant } from './marker-hook.ts';
import { TableToggle } from './TableToggle.tsx';

interface CurveFigureProps extends FigureParts {
  readonly plot: HistoryPlot;
  readonly wide: boolean;
  /** What the axis of values takes at the left. */
  readonly gutterPx: number;
}

const HEIGHT_PX = 104;
const CHARGE_HEIGHT_PX = { wide: 176, compact: 136 };

/** Curves of one unit: what each line is and says at the marker, the plot, and the same as a table. */
export function CurveFigure({ plot, wide, gutterPx, ...figure }: CurveFigureProps) {
  const { kit, viewport, data } = figure;
  const host = useRef<HTMLDivElement>(null);
  const heightPx = plot.hasLevels ? CHARGE_HEIGHT_PX[wide ? 'wide' : 'compact'] : HEIGHT_PX;
  useEffect(() => {
    if (host.current === null) return undefined;
    const chart = createCurvePlot(host.current, plot, { heightPx, gutterPx }, kit.patternOf);
    const forget = viewport.add({ element: host.current, draw: (frame) => chart.draw(frame) });
    return () => {
      forget();
      chart.remove();
    };
  }, [plot, heightPx, gutterPx, viewport, kit]);
  const atMs = useToldInstant(figure);
  const values = useMemo(
    () => (data === null || atMs === null ? null : historyReadout(data, [plot], atMs, words).values),
    [data, plot, atMs],
  );
  return (
    <section className="history-figure" aria-label={plot.title}>
      <TableToggle
        title={plot.title}
        kit={kit}
        table={(view) => (data === null ? { columns: [], rows: [] } : plotTable(data, plot, view, words))}
      >
        <h2>
          <bdi>{plot.title}</bdi>
        </h2>
        <ul className="history-keys">
          {plot.lines.map((line, index) => (
            <Key
              key={line.metric}
              line={line}
              isFirst={index === 0}
              value={values?.get(line.metric) ?? null}
            />
          ))}
        </ul>
      </TableToggle>
      <div className="history-plot" ref={host} style={{ height: `${heightPx}px` }} aria-hidden="true" />
    </section>
  );
}

function Key({ line, isFirst, value }: { line: PlotLine; isFirst: boolean; value: string | null }) {
  return (
    <li>
      <svg className="history-sample" data-first={isFirst} viewBox="0 0 24 8" aria-hidden="true">
        <path d="M0 4H24" strokeDasharray={line.dash.join(' ')} />
      </svg>
      <bdi>{line.label}</bdi>
      {line.isPrivate && <PrivateMark />}
      {value !== null && <strong>{value}</strong>}
    </li>
  );
}
