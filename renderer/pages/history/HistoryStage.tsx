import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand/react';

import type { ForecastCone } from '../../view/history-forecast.ts';
import { historyMarks } from '../../view/history-marks.ts';
import type { HistoryPlot } from '../../view/history-plots.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { AxisMarker } from './AxisMarker.tsx';
import { CurveFigure } from './CurveFigure.tsx';
import { EventFigure } from './EventFigure.tsx';
import { nextFrame, useGlide, watchSight } from './glide-hook.ts';
import { coreNowMs } from './history-kit.ts';
import type { HistoryKit } from './history-kit.ts';
import { LevelFigure } from './LevelFigure.tsx';
import { usePaletteOf } from './palette-hook.ts';
import { followGestures } from './stage-gestures.ts';
import { VerdictFigures } from './VerdictFigures.tsx';
import { createViewport } from './viewport.ts';

interface HistoryStageProps {
  readonly parts: PageParts;
  readonly kit: HistoryKit;
  readonly shown: readonly HistoryPlot[];
  readonly cone: ForecastCone | null;
}

const GUTTER_PX = { wide: 56, compact: 44 };

/** All plots above one time axis, with one marker through all of them. */
export function HistoryStage({ parts, kit, shown, cone }: HistoryStageProps) {
  const { desk, cursor } = kit;
  const stage = useRef<HTMLDivElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const selection = useRef<HTMLDivElement>(null);
  const data = useStore(desk.store, (state) => state.data);
  const marks = useMemo(() => historyMarks(data?.events ?? [], words), [data?.events]);
  const glide = useGlide(parts);
  const gutterPx = parts.wide ? GUTTER_PX.wide : GUTTER_PX.compact;
  const [viewport] = useState(() =>
    createViewport(
      {
        view: desk.store.getState().view,
        widthPx: 0,
        gutterPx,
        data: null,
        marks: [],
        cone: null,
        nowMs: 0,
        palette: null,
      },
      nextFrame,
      watchSight,
    ),
  );
  usePaletteOf(stage, parts.store, viewport);
  useEffect(() => {
    const nowMs = coreNowMs(parts.store.getState(), parts.clock.monotonicMs());
    viewport.update({ data, marks, cone, nowMs, gutterPx });
  }, [viewport, data, marks, cone, parts, gutterPx]);
  useEffect(() => {
    const forget = desk.store.subscribe(({ view }, { view: before }) => {
      if (view !== before) viewport.update({ view });
    });
    viewport.update({ view: desk.store.getState().view });
    return () => {
      forget();
      viewport.stop();
    };
  }, [desk, viewport]);
  useEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const sizes = new ResizeObserver(([entry]) =>
      viewport.update({ widthPx: entry?.contentRect.width ?? 0 }),
    );
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [viewport]);
  useEffect(
    () =>
      viewport.add({
        element: null,
        draw({ xOf, gutterPx, plotPx }) {
          const { atMs } = cursor.getState();
          const x = atMs === null ? -1 : xOf(atMs);
          if (line.current === null) return;
          line.current.hidden = x < gutterPx || x > gutterPx + plotPx;
          line.current.style.transform = `translateX(${Math.round(x)}px)`;
        },
      }),
    [viewport, cursor],
  );
  useEffect(() => cursor.subscribe(() => viewport.update({})), [cursor, viewport]);
  useEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const marker = (): HTMLElement | null => element.querySelector('[role=slider]');
    return followGestures(element, {
      viewport,
      limits: () => desk.store.getState().limits,
      onView(view) {
        glide.stop();
        desk.setView(view);
      },
      onCursor(atMs) {
        if (atMs !== cursor.getState().atMs) cursor.setState({ atMs, isByKey: false });
      },
      onSelect(place) {
        const box = selection.current;
        if (box === null) return;
        box.hidden = place === null;
        box.style.transform = `translateX(${place?.left ?? 0}px)`;
        box.style.width = `${place?.width ?? 0}px`;
      },
      onReset: () => desk.reset(),
      onFocus: () => marker()?.focus({ preventScroll: true }),
      hasFocus: () => document.activeElement === marker(),
    });
  }, [viewport, desk, cursor, glide]);
  const figure = { kit, viewport, data, shown, marks };
  return (
    <div className="history-stage" ref={stage}>
      <LevelFigure {...figure} />
      {shown.map((plot) => (
        <CurveFigure key={plot.id} plot={plot} wide={parts.wide} gutterPx={gutterPx} {...figure} />
      ))}
      <VerdictFigures {...figure} />
      <EventFigure {...figure} />
      <div className="history-cursor" ref={line} hidden />
      <div className="history-selection" ref={selection} hidden />
      <AxisMarker glide={glide} {...figure} />
    </div>
  );
}
