import { describe, expect, it } from 'vitest';

import {
  scalingFacts,
  scalingReasons,
  scalingShape,
  scalingStateText,
  type ScaledInstances,
} from '../../../../renderer/view/scaling-view.ts';
import { words } from '../../../../renderer/words/words.ts';
import { EXAMPLE_SCALING } from '../../../e2e/example-scaling.ts';

const [failed, dryRun, unknown] = EXAMPLE_SCALING as [ScaledInstances, ScaledInstances, ScaledInstances];
const live: ScaledInstances = { ...failed, problem: null };

describe('instances on the jobs page', () => {
  it.each([
    [live, '3 wanted, 5 set', 'go'],
    [{ ...live, setReplicas: 3 }, '3 wanted, 3 set', 'done'],
    [{ ...live, setReplicas: null }, '3 wanted, none set yet', 'go'],
    [failed, '3 wanted, 5 set', 'failed'],
    [dryRun, '1 wanted, none set: dry run', 'pause'],
    [{ ...live, executor: 'pull', setReplicas: null }, '3 wanted, others read it', 'done'],
    [unknown, 'How many are wanted is not known, others read it', 'wait'],
  ] as const)('say how many are wanted and set', (instances, text, shape) => {
    expect(scalingStateText(instances, words)).toBe(text);
    expect(scalingShape(instances)).toBe(shape);
  });

  it('say why, and what went wrong', () => {
    expect(scalingReasons(failed, words).map((text) => text.replace(/\s/g, ' '))).toEqual([
      'MEDIUM, NORMAL, load 20 %: 50 % of the way from 1 to 9, but 3 jobs of it run.',
      'Setting them failed: the cluster at 10.0.0.1:6443 did not answer within 10 s.',
    ]);
    expect(scalingReasons(dryRun, words)).toHaveLength(1);
  });

  it('say between what, by whom, and beneath what jobs', () => {
    expect(scalingFacts(failed, words)).toBe('1 to 9 · set in Kubernetes · 3 jobs run');
    expect(scalingFacts({ ...dryRun, runningJobCount: 1 }, words)).toBe(
      '1 to 4 · set by a command · 1 job runs',
    );
    expect(scalingFacts(unknown, words)).toBe('always 2 · read by others');
  });
});
