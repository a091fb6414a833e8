import { expect, test } from 'vitest';

import { createSloWatch } from '../../../../core/metrics/slo-watch.ts';
import { errorBudget, type ErrorWindows } from '../../../../shared/consciousness/burn-rate.ts';

const requests = (errors: number) => ({ events: 1000, errors });
const windows = (errors: number): ErrorWindows => ({ '5m': requests(errors), '1h': requests(errors) });
const BURNING = windows(100);
const CALM = windows(0);

test('each time a budget begins to burn is one violation', () => {
  const watch = createSloWatch();
  const seen = [CALM, BURNING, BURNING, {}, BURNING, CALM, BURNING].map((state) => {
    watch.take([['shop', errorBudget(state, 99.9)]]);
    return watch.violations().find(({ window }) => window === '1h')?.count;
  });
  expect(seen).toEqual([0, 1, 1, 1, 1, 1, 2]);
});

test('a project whose error rate was never measured has no count, not zero', () => {
  const watch = createSloWatch();
  watch.take([['shop', errorBudget({}, 99.9)]]);
  expect(watch.violations()).toEqual([]);
});
