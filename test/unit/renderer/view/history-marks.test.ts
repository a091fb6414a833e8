import { describe, expect, it } from 'vitest';

import { historyMarks, marksNear, placedMarks } from '../../../../renderer/view/history-marks.ts';
import { words } from '../../../../renderer/words/words.ts';
import type { HistoryEvent } from '../../../../shared/contract/history.ts';

function event(atMs: number, over: Partial<HistoryEvent> = {}): HistoryEvent {
  return {
    atMs,
    untilMs: null,
    kind: 'deployment',
    project: 'shop',
    code: 'ok',
    title: 'Deployment of a1b2c3d',
    text: 'ok',
    severity: null,
    id: null,
    ...over,
  };
}
const SPAN = { fromMs: 0, toMs: 1000 };
const ROOM = { widthPx: 1000, rows: 2, textPx: (text: string) => text.length * 6 };

describe('history marks', () => {
  it('say whose they are and what was done, and leave decisions to the strips', () => {
    const marks = historyMarks(
      [
        event(1),
        event(2, { kind: 'decision', code: 'allow', title: 'Asked' }),
        event(3, { kind: 'halt', code: 'halt', title: 'halt' }),
        event(4, { kind: 'power', project: null, code: 'energy-level', title: 'energy-level' }),
      ],
      words,
    );
    expect(marks.map(({ title }) => title)).toEqual([
      'shop: Deployment of a1b2c3d',
      'shop: halted',
      'energy level',
    ]);
  });

  it('that are too close are one with a count, called after the weightiest', () => {
    const marks = historyMarks(
      [event(100), event(103, { kind: 'halt', code: 'halt', title: 'halt' })],
      words,
    );
    const [only, ...rest] = placedMarks(marks, SPAN, ROOM);
    expect(rest).toEqual([]);
    expect([only?.count, only?.mark.title, only?.x]).toEqual([2, 'shop: halted', 100]);
  });

  it('have their words in the rows there are, the weightiest first, none over another', () => {
    const marks = historyMarks(
      [
        event(100),
        event(120),
        event(140, { kind: 'incident', severity: 'critical', title: 'Down' }),
        event(160),
      ],
      words,
    );
    const placed = placedMarks(marks, SPAN, ROOM);
    expect(placed.map(({ row }) => row)).toEqual([1, null, 0, null]);
  });

  it('outside of what is in sight are not drawn; one at the edge has no room for words', () => {
    const marks = historyMarks([event(-5), event(990), event(2000)], words);
    expect(placedMarks(marks, SPAN, ROOM)).toEqual([expect.objectContaining({ x: 990, row: null })]);
  });

  it('near the marker come nearest first', () => {
    const marks = historyMarks([event(100), event(110), event(300)], words);
    expect(marksNear(marks, 108, 20).map(({ atMs }) => atMs)).toEqual([110, 100]);
  });
});
