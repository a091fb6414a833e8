import { useEffect, useRef } from 'react';

import type { TimeSpan } from '../../view/history-span.ts';
import type { HistoryTable } from '../../view/history-table.ts';
import { laneLayer } from './lane-canvas.ts';
import type { LaneDraw } from './lane-canvas.ts';
import type { FigureParts } from './figure-parts.ts';
import { TableToggle } from './TableToggle.tsx';

interface LaneFigureProps extends FigureParts {
  readonly title: string;
  /** What it says at the marker. */
  readonly told: string | null;
  readonly heightPx: number;
  /** Stays the same from one showing to the next. */
  readonly draw: LaneDraw;
  readonly table: (view: TimeSpan) => HistoryTable;
}

/** A strip on the time axis, and the same as a table. */
export function LaneFigure({ title, told, heightPx, draw, table, kit, viewport }: LaneFigureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return undefined;
    return viewport.add({ element: canvas.current, draw: laneLayer(canvas.current, heightPx, draw) });
  }, [viewport, heightPx, draw]);
  return (
    <section className="history-figure" aria-label={title}>
      <TableToggle title={title} kit={kit} table={table}>
        <h2>
          <bdi>{title}</bdi>
        </h2>
        <p className="history-told">{told}</p>
      </TableToggle>
      <canvas
        className="history-plot history-lane"
        ref={canvas}
        style={{ height: `${heightPx}px` }}
        aria-hidden="true"
      />
    </section>
  );
}
