import { describe, expect, it } from 'vitest';

import {
  importForecastHistory,
  withoutErrors,
} from '../../../../../shared/energy/forecast/forecast-history.ts';
import { createForecaster } from '../../../../../shared/energy/forecast/forecaster.ts';
import { drainingSamples } from '../../../../fakes/draining-laptop.ts';

function learnt(): Record<string, unknown> {
  const forecaster = createForecaster();
  for (const sample of drainingSamples({ drawnW: () => 12 })) forecaster.observe(sample);
  return JSON.parse(JSON.stringify(forecaster.exportHistory())) as Record<string, unknown>;
}

describe('a stored history', () => {
  it('reads back as it was', () => {
    expect(importForecastHistory(learnt())).toEqual(learnt());
  });

  it.each([
    ['nothing', null],
    ['a text', 'history'],
    ['an empty object', {}],
    ['another version', { ...learnt(), version: 2 }],
    ['a missing part', { ...learnt(), gauge: undefined }],
    ['a number that is none', { ...learnt(), stepMinutes: 'NaN' }],
    ['too few rows', { ...learnt(), memory: { ...(learnt()['memory'] as object), covariance: [[1, 0, 0]] } }],
    ['a list for an object', { ...learnt(), record: [] }],
    [
      'a variance below zero',
      {
        ...learnt(),
        memory: {
          ...(learnt()['memory'] as object),
          covariance: [
            [-1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
        },
      },
    ],
  ])('is left aside when it is %s', (_what, history) => {
    expect(importForecastHistory(history)).toBeNull();
    const forecaster = createForecaster();
    const before = forecaster.exportHistory();
    forecaster.importHistory(history);
    expect(forecaster.exportHistory()).toEqual(before);
  });

  it('can begin a new account of its errors and keep what it learnt', () => {
    const history = importForecastHistory(learnt())!;
    const forecaster = createForecaster();
    forecaster.importHistory(withoutErrors(history));
    expect(forecaster.pastErrors()).toEqual([]);
    expect(forecaster.exportHistory().memory).toEqual(history.memory);
    expect(forecaster.exportHistory().record.classes[1]!.low).toBe(history.record.classes[1]!.low);
  });
});
