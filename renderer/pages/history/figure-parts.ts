import type { HistoryData } from '../../view/history-data.ts';
import type { HistoryMark } from '../../view/history-marks.ts';
import type { HistoryPlot } from '../../view/history-plots.ts';
import type { HistoryKit } from './history-kit.ts';
import type { Viewport } from './viewport.ts';

/** What every figure of the stage is made with. */
export interface FigureParts {
  readonly kit: HistoryKit;
  readonly viewport: Viewport;
  /** Null before the first answer. */
  readonly data: HistoryData | null;
  readonly shown: readonly HistoryPlot[];
  readonly marks: readonly HistoryMark[];
}
