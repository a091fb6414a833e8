import { describe, expect, it } from 'vitest';

import type { HistoryData } from '../../../../renderer/view/history-data.ts';
import { gapText } from '../../../../renderer/view/history-gaps.ts';
import { historyPlots } from '../../../../renderer/view/history-plots.ts';
import { historyReadout, nearestIndex, stretchAt } from '../../../../renderer/view/history-readout.ts';
import { plotTable, stretchTable } from '../../../../renderer/view/history-table.ts';
import { words } from '../../../../renderer/words/words.ts';

const HOUR_MS = 3_600_000;
const ABOUT = { metric: 'percent', unit: '%', title: 'Charge', project: null, private: false };
const DATA: HistoryData = {
  span: { fromMs: 0, toMs: 24 * HOUR_MS },
  stepMs: HOUR_MS,
  curves: [
    {
      about: ABOUT,
      atMs: [0, HOUR_MS, 2 * HOUR_MS, 10 * HOUR_MS],
      values: [50, 40, null, 30],
      lows: [45, 40, null, 30],
      highs: [55, 40, null, 30],
    },
  ],
  levels: [{ fromMs: 0, toMs: 2 * HOUR_MS, value: 'MEDIUM' }],
  verdicts: [
    { project: 'shop', change: 'feature', stretches: [{ fromMs: 0, toMs: 2 * HOUR_MS, value: 'throttle' }] },
  ],
  gaps: [{ fromMs: 2 * HOUR_MS, toMs: 10 * HOUR_MS, value: 'asleep' }],
  events: [],
  isCut: false,
  missing: [],
};
const PLOTS = historyPlots([ABOUT], words);
const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('history readout', () => {
  it('tells all that was true at an instant', () => {
    const readout = historyReadout(DATA, PLOTS, 0.9 * HOUR_MS, words);
    expect(plain(readout.values.get('percent') ?? '')).toBe('40 %');
    expect(readout.level).toBe('MEDIUM');
    expect(plain(readout.sentence)).toMatch(/: MEDIUM, Charge: 40 %, shop: review first\.$/);
  });

  it('names the gap an instant lies in, and never fills it from its edge', () => {
    const readout = historyReadout(DATA, PLOTS, 2.1 * HOUR_MS, words);
    expect(plain(readout.gap ?? '')).toBe('asleep 8 h');
    expect(readout.values.get('percent')).toBe('no data');
    expect(plain(readout.sentence)).toMatch(/: asleep 8 h\.$/);
  });

  it('says that there is nothing where nothing is near', () => {
    const readout = historyReadout(DATA, PLOTS, 20 * HOUR_MS, words);
    expect(readout.sentence).toMatch(/: no data\.$/);
  });

  it('finds the nearest instant and the stretch around one', () => {
    expect([-5, 4, 6, 99].map((at) => nearestIndex([0, 10], at))).toEqual([0, 0, 1, 1]);
    expect(nearestIndex([], 5)).toBe(-1);
    expect(stretchAt(DATA.levels, 2 * HOUR_MS)).toBeNull();
  });

  it.each([
    [8.2, 'asleep 8 h'],
    [1.9, 'asleep 2 h'],
    [0.5, 'asleep 30 min'],
    [72, 'asleep 3 days'],
  ])('names a gap of %d hours "%s"', (hours, text) => {
    expect(plain(gapText({ fromMs: 0, toMs: hours * HOUR_MS, value: 'asleep' }, words))).toBe(text);
  });
});

describe('history table', () => {
  it('has the mean, the ends where they differ, gaps by name, and no data as such', () => {
    const table = plotTable(DATA, PLOTS[0]!, DATA.span, words);
    expect(table.columns).toEqual(['From', 'Charge']);
    const cells = table.rows.map((row) => plain(row[1] ?? ''));
    expect(cells).toHaveLength(24);
    expect(cells.slice(0, 3)).toEqual(['50 % (45 % to 55 %)', '40 %', 'asleep']);
    expect(cells.slice(9, 12)).toEqual(['asleep', '30 %', 'no data']);
  });

  it('lists what held and for how long', () => {
    const { rows } = stretchTable(DATA.levels, DATA.span, (level) => level, words);
    expect(rows.map(([, what, howLong]) => [what, plain(howLong ?? '')])).toEqual([['MEDIUM', '2 h']]);
    expect(stretchTable(DATA.levels, { fromMs: 5 * HOUR_MS, toMs: 6 * HOUR_MS }, String, words).rows).toEqual(
      [],
    );
  });
});
