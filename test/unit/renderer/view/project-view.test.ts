import { describe, expect, it } from 'vitest';

import {
  otherReasons,
  projectPhrase,
  retryText,
  scoreViews,
} from '../../../../renderer/view/project-view.ts';
import { words } from '../../../../renderer/words/words.ts';
import { exampleDecision, exampleMachine, exampleProject } from '../../../e2e/example-parts.ts';

const block = { verdict: 'block' } as const;

describe('project in words', () => {
  it.each([
    ['all go', exampleProject({ id: 'p' }), 'features go'],
    ['what still goes is told', exampleProject({ id: 'p' }, { feature: block }), 'features wait · fixes go'],
    [
      'only what is allowed counts as a way through',
      exampleProject({ id: 'p' }, { feature: block, fix: { verdict: 'throttle' } }),
      'features wait · safe changes go',
    ],
    [
      'nothing goes',
      exampleProject({ id: 'p' }, { feature: block, fix: block, safe: block, revert: block }),
      'features wait',
    ],
    [
      'halted',
      exampleProject({ id: 'p', mode: 'HALT' }, { feature: block, fix: block, safe: block }),
      'halted · reverts go',
    ],
    ['the machine says how it is', exampleMachine({ mode: 'DEGRADED' }), 'degraded'],
    ['a machine that cannot be judged', exampleMachine({ mode: null }), 'unclear'],
  ])('%s', (_name, project, phrase) => {
    expect(projectPhrase(project, words)).toBe(phrase);
  });
});

describe('scores', () => {
  it('are rounded down, and missing ones are not zero', () => {
    const scores = { integration: 69.6, wellbeing: null, cooling_status: 'NORMAL', power_available: 2 };
    const views = scoreViews(exampleProject({ id: 'p', scores }), words);
    expect(views.map((score) => score.value)).toEqual(['69', 'no data', 'Normal', '2 of 4']);
    expect(views.map((score) => score.share)).toEqual([69.6, null, null, 50]);
  });

  it('of a name the page does not know are shown by that name', () => {
    const views = scoreViews(exampleProject({ id: 'p', scores: { cache_hits: 80 } }), words);
    expect(views[0]).toMatchObject({ label: 'cache hits', value: '80' });
  });
});

describe('decision in words', () => {
  const decision = exampleDecision('p', 'feature', { verdict: 'block', why: 'A.', also: 'B.' }, 'LOW');

  it('tells the binding reason once', () => {
    expect(otherReasons(decision).map((reason) => reason.text)).toEqual(['B.']);
  });

  it.each([
    [null, null],
    [20, 'Ask again in about 1\u202fmin.'],
    [1500, 'Ask again in about 25\u202fmin.'],
    [7600, 'Ask again in about 2\u202fh 5\u202fmin.'],
  ])('tells when to ask again: %s s', (retryAfterSeconds, text) => {
    expect(retryText({ ...decision, retryAfterSeconds }, words)).toBe(text);
  });
});
