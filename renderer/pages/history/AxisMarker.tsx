import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand/react';

import { keyAct } from '../../view/history-keys.ts';
import { historyReadout } from '../../view/history-readout.ts';
import { momentText } from '../../view/history-ticks.ts';
import { words } from '../../words/words.ts';
import { AXIS_LANE_PX, axisLane } from './axis-lane.ts';
import type { FigureParts } from './figure-parts.ts';
import type { Glide } from './glide.ts';
import { laneLayer } from './lane-canvas.ts';
import { useRestedView } from './marker-hook.ts';

/** The time axis, and on it the marker that keys move; what it stands on is read out. */
export function AxisMarker({ glide, kit, viewport, data, shown }: FigureParts & { readonly glide: Glide }) {
  const { desk, cursor } = kit;
  const canvas = useRef<HTMLCanvasElement>(null);
  const label = useRef<HTMLSpanElement>(null);
  const help = useId();
  const { atMs, isByKey } = useStore(cursor);
  const view = useRestedView(kit);
  const markerMs = atMs ?? viewport.scene().nowMs;
  useEffect(() => {
    if (canvas.current === null) return undefined;
    return viewport.add({ element: canvas.current, draw: laneLayer(canvas.current, AXIS_LANE_PX, axisLane) });
  }, [viewport]);
  useEffect(
    () =>
      viewport.add({
        element: null,
        draw({ xOf, gutterPx, plotPx }) {
          const { atMs: now } = cursor.getState();
          const element = label.current;
          if (element === null) return;
          const x = now === null ? -1 : xOf(now);
          element.hidden = x < gutterPx || x > gutterPx + plotPx;
          if (element.hidden || now === null) return;
          const widthPx = element.offsetWidth;
          const left = Math.min(Math.max(x - widthPx / 2, 0), gutterPx + plotPx - widthPx + 8);
          element.style.transform = `translateX(${Math.round(left)}px)`;
        },
      }),
    [viewport, cursor],
  );
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const state = desk.store.getState();
    const act = keyAct(event, state.view, cursor.getState().atMs, state.limits);
    if (act === null) return;
    event.preventDefault();
    if (act.kind === 'reset') desk.reset();
    else if (act.kind === 'view') glide.go(state.view, act.view, (next) => desk.setView(next));
    else {
      if (act.view !== state.view) desk.setView(act.view);
      cursor.setState({ atMs: act.atMs, isByKey: true });
    }
  };
  return (
    <div className="history-axis">
      <div
        className="history-marker"
        role="slider"
        tabIndex={0}
        aria-label={words.history.marker}
        aria-describedby={help}
        aria-orientation="horizontal"
        aria-valuemin={view.fromMs}
        aria-valuemax={view.toMs}
        aria-valuenow={Math.min(Math.max(markerMs, view.fromMs), view.toMs)}
        aria-valuetext={momentText(markerMs)}
        onKeyDown={press}
      >
        <canvas
          ref={canvas}
          className="history-lane"
          style={{ height: `${AXIS_LANE_PX}px` }}
          aria-hidden="true"
        />
        <span className="history-moment" ref={label} hidden>
          {atMs === null ? '' : momentText(atMs)}
        </span>
      </div>
      <p id={help} className="visually-hidden">
        {words.history.chartsHelp}
      </p>
      <p className="visually-hidden" aria-live="polite" data-readout>
        {isByKey && atMs !== null && data !== null ? historyReadout(data, shown, atMs, words).sentence : ''}
      </p>
    </div>
  );
}
