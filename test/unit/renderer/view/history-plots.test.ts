import { describe, expect, it } from 'vitest';

import { metricOf } from '../../../../core/history/metric.ts';
import { axisEnds, axisText, historyPlots, quantityText } from '../../../../renderer/view/history-plots.ts';
import { words } from '../../../../renderer/words/words.ts';
import type { HistoryMetric } from '../../../../shared/contract/history.ts';

const metrics = (...names: readonly string[]): readonly HistoryMetric[] =>
  names.map((name) => metricOf(name)).filter((metric) => metric !== null);
const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('history plots', () => {
  it('are one for each unit of the machine and one for each project, in a fixed order', () => {
    const plots = historyPlots(
      metrics(
        'score/shop/stability',
        'score/shop/wellbeing',
        'ownCpuPercent',
        'hottestC',
        'memoryPercent',
        'cpuPercent',
        'netPowerW',
        'drawW',
        'percent',
        'levelValue',
        'score/infrastructure/power_available',
        'forecastMinutesTo20',
        'upsLoadPercent',
      ),
      words,
    );
    expect(plots.map(({ title, lines }) => [title, ...lines.map(({ label }) => label)].map(plain))).toEqual([
      ['Battery charge', 'Charge'],
      ['Power', 'Into or out of the battery', 'Drawn by the machine'],
      ['Temperature', 'Hottest sensor'],
      ['Load', 'Memory', 'Processor'],
      ['UPS', 'Load of the UPS'],
      ['Forecast, as it was told', 'to 20 %'],
      ['Scores: shop', 'Stability', 'Well-being'],
      ['Processor time of this app', 'Processor time of this app'],
    ]);
    expect(plots.filter(({ isUsual }) => !isUsual).map(({ title }) => title)).toEqual([
      'Forecast, as it was told',
      'Processor time of this app',
    ]);
  });

  it('tell two lines of a plot apart by their dashes, and mark what is private', () => {
    const [plot] = historyPlots(
      metrics('score/shop/integration', 'score/shop/wellbeing', 'score/shop/x'),
      words,
    );
    expect(new Set(plot?.lines.map(({ dash }) => dash.join())).size).toBe(3);
    expect(plot?.lines.map(({ isPrivate }) => isPrivate)).toEqual([false, true, false]);
    expect(plot?.isPrivate).toBe(true);
  });

  it('show a metric nobody has a word for as the core calls it, made safe', () => {
    const [plot] = historyPlots(
      [{ metric: 'x', unit: 'km', title: 'a\u202eb\nc', project: null, private: false }],
      words,
    );
    expect(plot?.title).toBe('a b c');
  });

  it.each([
    [17.99, '%', '17 %'],
    [-9.11, 'W', '\u22129.1 W'],
    [-0.01, 'W', '0.0 W'],
    [55.4, '°C', '55 °C'],
    [85, 'min', '1 h 25 min'],
    [90, 's', '2 min'],
    [81.6, 'points', '82'],
    [0.34, 'MB', '0.3 MB'],
    [null, '%', 'no data'],
  ])('tell %d %s as "%s"', (value, unit, text) => {
    expect(plain(quantityText(value, unit, words))).toBe(text);
  });

  it('have an axis with zero in it, but for temperatures', () => {
    expect(axisEnds({ isWhole: true, unit: '%' }, 40, 50)).toEqual([0, 100]);
    expect(axisEnds({ isWhole: false, unit: 'W' }, 4, 20)).toEqual([0, expect.closeTo(21.6)]);
    const [low, high] = axisEnds({ isWhole: false, unit: '°C' }, 50, 50);
    expect([low < 50, high > 50, low > 0]).toEqual([true, true, true]);
    expect(plain(axisText(-25, 'W', words))).toBe('\u221225 W');
  });
});
