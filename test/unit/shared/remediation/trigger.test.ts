import { describe, expect, it } from 'vitest';

import { errorBudget, type ErrorBudget } from '../../../../shared/consciousness/burn-rate.ts';
import {
  isWellAgain,
  stepTrigger,
  type Trigger,
  type TriggerMemory,
  type TriggerReading,
} from '../../../../shared/remediation/trigger.ts';

/** So many errors of 1000 in the hour, and of 100 in the last five minutes. */
const budget = (hour: number, short: number, events = 1000): ErrorBudget =>
  errorBudget({ '1h': { events, errors: hour }, '5m': { events: 100, errors: short } }, 99.9);

/** What each look leads to, one after the other. */
function looks(readings: readonly Partial<TriggerReading>[]): (Trigger['kind'] | null)[] {
  let memory: TriggerMemory | null = null;
  return readings.map((over) => {
    const reading = { deploymentId: 'd1', budget: null, isNewBudget: true, failedChecks: 0, ...over };
    const step = stepTrigger(memory, reading);
    memory = step.memory;
    return step.trigger?.kind ?? null;
  });
}

describe('burning', () => {
  it.each<[string, ErrorBudget | null, Trigger['kind'] | null]>([
    ['both windows', budget(15, 5), 'burn'],
    ['the long one alone', budget(15, 0), null],
    ['the short one alone', budget(5, 5), null],
    ['19 events', budget(19, 5, 19), null],
    ['20 events', budget(20, 5, 20), 'burn'],
    ['nothing measured', null, null],
  ])('%s: %s', (_what, asked, kind) => {
    expect(looks([{ budget: asked }])).toEqual([kind]);
  });

  it('says how fast, and the limit', () => {
    const { trigger } = stepTrigger(null, {
      deploymentId: 'd1',
      budget: budget(30, 10),
      isNewBudget: true,
      failedChecks: 0,
    });
    expect(trigger?.why).toBe(
      'errors burn the budget 30 times too fast over 1h and 100 over 5m (limit 14.4)',
    );
  });

  it('does not blame a fix for what burned before it, while the errors go down', () => {
    const [before, ...after] = [50, 40, 30, 20].map((short) => ({ budget: budget(60, short) }));
    expect(looks([{ ...before }, ...after.map((one) => ({ ...one, deploymentId: 'd2' }))])).toEqual([
      'burn',
      null,
      null,
      null,
    ]);
  });

  it('blames a deployment that makes nothing better, at its second reading', () => {
    const burning = { budget: budget(60, 50) };
    const next = { ...burning, deploymentId: 'd2' };
    expect(
      looks([burning, next, { ...next, isNewBudget: false }, next, { ...next, isNewBudget: false }, next]),
    ).toEqual(['burn', null, null, null, null, 'burn']);
  });

  it('blames a deployment after a calm at once', () => {
    expect(looks([{ budget: budget(0, 0) }, { budget: budget(60, 50), deploymentId: 'd2' }])).toEqual([
      null,
      'burn',
    ]);
  });
});

describe('health checks', () => {
  it('need three in a row', () => {
    expect(looks([1, 2, 3].map((failedChecks) => ({ failedChecks })))).toEqual([null, null, 'health']);
  });

  it('count from the deployment on', () => {
    const after = [4, 5, 6].map((failedChecks) => ({ failedChecks, deploymentId: 'd2' }));
    expect(looks([{ failedChecks: 3 }, ...after])).toEqual(['health', null, null, 'health']);
    const anew = [0, 1, 2, 3].map((failedChecks) => ({ failedChecks, deploymentId: 'd2' }));
    expect(looks([{ failedChecks: 3 }, ...anew])).toEqual(['health', null, null, null, 'health']);
  });
});

describe('well again', () => {
  it.each<[Trigger['kind'], ErrorBudget | null, number | null, boolean | null]>([
    ['burn', budget(60, 0), 5, true],
    ['burn', budget(60, 50), 0, false],
    ['burn', null, 0, null],
    ['health', budget(60, 50), 0, true],
    ['health', null, 1, false],
    ['health', null, null, null],
  ])('after %s', (kind, asked, failedChecks, isWell) => {
    expect(isWellAgain(kind, { budget: asked, failedChecks })).toBe(isWell);
  });
});
