import { describe, expect, it } from 'vitest';

import type { HistoryData } from '../../../../renderer/view/history-data.ts';
import { joinedHistory, joinedStretches } from '../../../../renderer/view/history-join.ts';

function history(over: Partial<HistoryData>): HistoryData {
  return {
    span: { fromMs: 0, toMs: 100 },
    stepMs: 10,
    curves: [],
    levels: [],
    verdicts: [],
    gaps: [],
    events: [],
    isCut: false,
    missing: [],
    ...over,
  };
}

function curve(metric: string, atMs: readonly number[]): HistoryData['curves'][number] {
  const about = { metric, unit: '%', title: metric, project: null, private: false };
  return { about, atMs, values: atMs, lows: atMs, highs: atMs };
}

describe('joined history', () => {
  it('has the fine curve where it is known and the coarse one around it', () => {
    const joined = joinedHistory(
      history({ curves: [curve('percent', [0, 20, 40, 60, 80])] }),
      history({
        span: { fromMs: 30, toMs: 70 },
        stepMs: 1,
        curves: [curve('percent', [29, 35, 45, 55, 65, 70]), curve('drawW', [35])],
      }),
    );
    expect(joined.curves.map(({ atMs }) => atMs)).toEqual([[0, 20, 35, 45, 55, 65, 80], [35]]);
    expect(joined.span).toEqual({ fromMs: 0, toMs: 100 });
    expect(joined.stepMs).toBe(10);
  });

  it('takes bands from the fine answer inside and makes one of what touches', () => {
    const coarse = [{ fromMs: 0, toMs: 100, value: 'LOW' }] as const;
    const fine = [
      { fromMs: 30, toMs: 50, value: 'LOW' },
      { fromMs: 50, toMs: 70, value: 'HIGH' },
    ] as const;
    expect(joinedStretches<string>(coarse, fine, { fromMs: 30, toMs: 70 })).toEqual([
      { fromMs: 0, toMs: 50, value: 'LOW' },
      { fromMs: 50, toMs: 70, value: 'HIGH' },
      { fromMs: 70, toMs: 100, value: 'LOW' },
    ]);
  });
});
