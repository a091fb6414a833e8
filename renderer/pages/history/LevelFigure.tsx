import { useMemo } from 'react';

import { gapText } from '../../view/history-gaps.ts';
import { stretchAt } from '../../view/history-readout.ts';
import { stretchTable } from '../../view/history-table.ts';
import { words } from '../../words/words.ts';
import type { FigureParts } from './figure-parts.ts';
import { LaneFigure } from './LaneFigure.tsx';
import { LEVEL_LANE_PX, levelLane } from './lanes.ts';
import { useToldInstant } from './marker-hook.ts';

/** The power level over time, as a ribbon above the charge. */
export function LevelFigure(figure: FigureParts) {
  const { data, kit } = figure;
  const draw = useMemo(() => levelLane(kit.patternOf), [kit]);
  const atMs = useToldInstant(figure);
  const gap = data === null || atMs === null ? null : stretchAt(data.gaps, atMs);
  const level = data === null || atMs === null ? null : stretchAt(data.levels, atMs);
  return (
    <LaneFigure
      {...figure}
      title={words.history.levels}
      told={gap === null ? (level?.value ?? null) : gapText(gap, words)}
      heightPx={LEVEL_LANE_PX}
      draw={draw}
      table={(view) => stretchTable(data?.levels ?? [], view, (level) => level, words)}
    />
  );
}
