import { describe, expect, it } from 'vitest';

import { CHARGE_BANDS, lastHourView } from '../../../../renderer/view/last-hour-view.ts';
import { words } from '../../../../renderer/words/words.ts';
import { lastHourBefore } from '../../../fakes/last-hour.ts';
import { lowSnapshot } from '../../../e2e/example-snapshots.ts';

const series = lastHourBefore(lowSnapshot());

describe('the last hour as a picture', () => {
  it('runs from the left edge to the right one, and breaks where nothing was measured', () => {
    const view = lastHourView(series, words);
    expect(view?.path.startsWith('M0.83 65.0')).toBe(true);
    expect(view?.path.endsWith('L100.00 82.8')).toBe(true);
    expect(view?.path.match(/M/g)).toHaveLength(2);
    expect(view?.path).not.toContain('NaN');
  });

  it('says the same in words', () => {
    expect(lastHourView(series, words)).toMatchObject({
      summary: '35\u202f% an hour ago',
      label: 'Charge over 60 minutes: from 35\u202f% to 17\u202f%',
    });
  });

  it('is nothing while there is too little to draw', () => {
    const nothing = series.last.map(() => null);
    expect(lastHourView({ ...series, last: nothing }, words)).toBeNull();
    expect(lastHourView({ ...series, last: [...nothing.slice(1), 17] }, words)).toBeNull();
    expect(lastHourView({ ...series, atMs: [], last: [] }, words)).toBeNull();
  });

  it('stands before bands that leave no charge out', () => {
    expect(CHARGE_BANDS.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(100);
  });
});
