import { describe, expect, it } from 'vitest';

import { forecastBands, forecastErrorText, forecastLine } from '../../../../renderer/view/forecast-view.ts';
import { words } from '../../../../renderer/words/words.ts';

const band = (thresholdPercent: number, minutes10: number, minutes90: number) => ({
  thresholdPercent,
  minutes10,
  minutes50: (minutes10 + minutes90) / 2,
  minutes90,
});

describe('forecast in words', () => {
  it.each([
    [[band(0, 90, 130), band(5, 41, 66)], 'About 40–65 min to 5 %.'],
    [[band(0, 4, 9)], 'About 4–9 min to empty.'],
    [[band(20, 47, 47)], 'About 45 min to 20 %.'],
    [[band(20, 52, 102)], 'About 50 min–1 h 40 min to 20 %.'],
    [[band(20, 900, 1440)], 'About 15 h–24 h to 20 %.'],
  ])('%j', (forecast, text) => {
    expect(forecastLine(forecast, words)?.replaceAll('\u202f', ' ')).toBe(text);
  });

  it('says nothing where there is none', () => {
    expect(forecastLine([], words)).toBeNull();
    expect(forecastBands([], words)).toEqual([]);
  });

  it('draws all bands on one scale, the nearest first', () => {
    const bands = forecastBands([band(0, 50, 100), band(5, 20, 60)], words);
    expect(bands.map(({ from, middle, to }) => [from, middle, to])).toEqual([
      [0.2, 0.4, 0.6],
      [0.5, 0.75, 1],
    ]);
  });

  it('publishes its own past error at the distance it looks ahead', () => {
    const error = (horizonMinutes: number, meanAbsoluteErrorMinutes: number, count = 20) => ({
      horizonMinutes,
      meanAbsoluteErrorMinutes,
      biasMinutes: 0,
      count,
    });
    const errors = [error(120, 22), error(30, 4), error(60, 11)];
    const text = (forecast: Parameters<typeof forecastErrorText>[0], known = errors) =>
      forecastErrorText(forecast, known, words)?.replaceAll('\u202f', ' ') ?? null;
    expect(text([band(5, 40, 60)])).toBe('usually off by 11 min');
    expect(text([band(5, 200, 300)])).toBe('usually off by 22 min');
    expect(text([band(5, 40, 60)], [error(60, 11, 0)])).toBeNull();
    expect(text([])).toBeNull();
  });
});
