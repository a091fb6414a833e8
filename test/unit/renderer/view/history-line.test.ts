import { describe, expect, it } from 'vitest';

import { alignedCurves, extentOf, lonePoints } from '../../../../renderer/view/history-columns.ts';
import type { HistoryCurve } from '../../../../renderer/view/history-data.ts';
import { drawLine, evenScale } from '../../../../renderer/view/history-line.ts';

const SAME = { xOf: (atMs: number) => atMs, yOf: (value: number) => value };

function drawn(atMs: readonly number[], values: readonly (number | null | undefined)[]): string {
  const said: string[] = [];
  const pen = {
    moveTo: (x: number, y: number) => said.push(`M${x},${y}`),
    lineTo: (x: number, y: number) => said.push(`L${x},${y}`),
  };
  drawLine(pen, atMs, values, [0, atMs.length - 1], SAME);
  return said.join(' ');
}

function curve(metric: string, atMs: readonly number[], values: readonly (number | null)[]): HistoryCurve {
  const about = { metric, unit: '%', title: metric, project: null, private: false };
  return { about, atMs, values, lows: values, highs: values };
}

describe('a drawn line', () => {
  it('breaks at a gap and passes over an instant that belongs to another curve', () => {
    expect(drawn([1, 2, 3, 4, 5, 6], [1, 2, null, 4, undefined, 6])).toBe('M1,1 L2,2 M4,4 L6,6');
  });

  it('keeps the peaks of points that share a column of pixels', () => {
    expect(drawn([1, 2, 2.1, 2.2, 2.3, 3], [5, 5, 90, 1, 6, 5])).toBe('M1,5 L2,5 L2,90 L2,1 L2,6 L3,5');
  });

  it('draws nothing of nothing', () => {
    expect(drawn([], [])).toBe('');
    expect(drawn([1, 2], [null, null])).toBe('');
  });
});

describe('an even scale', () => {
  it('asks for its ends alone, and stays where it is when they are one', () => {
    const asked: number[] = [];
    const yOf = evenScale([20, 60], (value) => {
      asked.push(value);
      return 200 - value;
    });
    expect([20, 40, 100].map(yOf)).toEqual([180, 160, 100]);
    expect(asked).toEqual([20, 60]);
    expect(evenScale([5, 5], (value) => value * 2)(9)).toBe(10);
  });
});

describe('columns of curves', () => {
  it('are taken as they are where the instants are the same', () => {
    const [one, other] = [curve('a', [1, 2], [1, null]), curve('b', [1, 2], [3, 4])];
    expect(alignedCurves([one, other])).toEqual({
      atMs: [1, 2],
      columns: [
        [1, null],
        [3, 4],
      ],
    });
  });

  it('break no line at an instant that only another curve has', () => {
    const [one, other] = [curve('a', [1, 3], [1, null]), curve('b', [2, 3], [3, 4])];
    expect(alignedCurves([one, other])).toEqual({
      atMs: [1, 2, 3],
      columns: [
        [1, undefined, null],
        [undefined, 3, 4],
      ],
    });
  });

  it('know their ends and the values that stand alone', () => {
    expect(extentOf([curve('a', [1, 2], [null, 7]), curve('b', [1], [-2])])).toEqual([-2, 7]);
    expect(extentOf([curve('a', [1], [null])])).toBeNull();
    expect(lonePoints([1, null, 2, null, 3, 4, undefined])).toEqual([0, 2]);
  });
});
