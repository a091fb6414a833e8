import { useMemo } from 'react';

import type { VerdictLane } from '../../view/history-data.ts';
import { changeNoun } from '../../view/history-marks.ts';
import { projectTitle } from '../../view/history-plots.ts';
import { stretchAt } from '../../view/history-readout.ts';
import { stretchTable } from '../../view/history-table.ts';
import { words } from '../../words/words.ts';
import type { FigureParts } from './figure-parts.ts';
import { LaneFigure } from './LaneFigure.tsx';
import { VERDICT_LANE_PX, verdictLane } from './lanes.ts';
import { useToldInstant } from './marker-hook.ts';

/** A strip for each project: may I, over time. */
export function VerdictFigures(figure: FigureParts) {
  return (figure.data?.verdicts ?? []).map((lane) => (
    <VerdictFigure key={`${lane.project}/${lane.change ?? ''}`} lane={lane} figure={figure} />
  ));
}

function VerdictFigure({ lane, figure }: { lane: VerdictLane; figure: FigureParts }) {
  const { patternOf } = figure.kit;
  const { project, change, stretches } = lane;
  const draw = useMemo(() => verdictLane(project, change, patternOf), [project, change, patternOf]);
  const atMs = useToldInstant(figure);
  const verdict = atMs === null ? null : (stretchAt(stretches, atMs)?.value ?? null);
  return (
    <LaneFigure
      {...figure}
      title={words.history.verdictsOf(projectTitle(project, words), changeNoun(change))}
      told={verdict === null ? null : words.history.verdicts[verdict]}
      heightPx={VERDICT_LANE_PX}
      draw={draw}
      table={(view) => stretchTable(stretches, view, (each) => words.history.verdicts[each], words)}
    />
  );
}
