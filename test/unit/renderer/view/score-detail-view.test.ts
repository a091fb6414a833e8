import { describe, expect, it } from 'vitest';

import { scoreDetailView } from '../../../../renderer/view/score-detail-view.ts';
import { words } from '../../../../renderer/words/words.ts';
import type { ScoreDetail } from '../../../../shared/contract/state.ts';

const DETAIL: ScoreDetail = {
  value: 82,
  source: 'measured',
  confidence: 0.8,
  ageSeconds: 240,
  delta: 4,
  topMover: { name: 'data_drift', points: -3.2 },
  inputs: [
    {
      name: 'data_drift',
      value: null,
      weightPercent: 20,
      ageSeconds: null,
      source: 'drift.json',
      detail: null,
      problem: 'drift.json:1: not JSON',
    },
    {
      name: 'tests',
      value: 99.7,
      weightPercent: 50,
      ageSeconds: 60,
      source: 'junit.xml',
      detail: '212 of 214 passed',
      problem: null,
    },
  ],
};
const plain = (text: string | null): string | undefined => text?.replaceAll('\u202f', ' ');

describe('how a score came about', () => {
  it('says where it is from, how much was at hand and how old, also later', () => {
    const view = scoreDetailView(DETAIL, 60, words);
    expect(plain(view.basis)).toBe('measured · 80 % of its evidence at hand · oldest evidence 5 min ago');
  });

  it.each<[number | null, string | undefined]>([
    [4.4, 'up 4 since the last day on record, mostly data drift (−3)'],
    [-10, 'down 10 since the last day on record, mostly data drift (−3)'],
    [0.2, 'unchanged since the last day on record, mostly data drift (−3)'],
    [null, undefined],
  ])('tells a move of %s in words', (delta, said) => {
    expect(scoreDetailView({ ...DETAIL, delta }, 0, words).change ?? undefined).toBe(said);
  });

  it('names no mover that did not move', () => {
    const topMover = { name: 'tests', points: 0.1 };
    expect(scoreDetailView({ ...DETAIL, topMover }, 0, words).change).not.toContain('tests');
  });

  it('shows an input without data as such, never as zero, with what is wrong', () => {
    const [drift, tests] = scoreDetailView(DETAIL, 0, words).inputs;
    expect(drift).toMatchObject({
      name: 'Data drift',
      value: 'no data',
      hasData: false,
      problem: 'drift.json:1: not JSON',
    });
    expect(plain(drift!.facts)).toBe('counts 20 % · drift.json');
    // Rounded down: 99.7 is not all of them.
    expect(tests).toMatchObject({ value: '99', detail: '212 of 214 passed' });
    expect(plain(tests!.facts)).toBe('counts 50 % · read 60 s ago · junit.xml');
  });
});
