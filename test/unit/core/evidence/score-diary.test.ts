import { describe, expect, it } from 'vitest';

import { createScoreDiary } from '../../../../core/evidence/score-diary.ts';
import type { ChosenScore } from '../../../../shared/consciousness/chosen-score.ts';
import { SCORE_FORMULAS } from '../../../../shared/consciousness/score-formulas.ts';
import type { Measure } from '../../../../shared/consciousness/measurement.ts';
import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const DAY_MS = 86_400_000;

function score(value: number | null, inputs: Partial<Record<Measure, number>> = {}): ChosenScore {
  return {
    value,
    formula: SCORE_FORMULAS[0]!,
    source: 'measured',
    confidence: 1,
    freshness: 'fresh',
    ageSeconds: 5,
    newestAtMs: 0,
    lowered: null,
    inputs: Object.entries(inputs).map(([name, input]) => ({
      name: name as Measure,
      value: input,
      weightPercent: 50,
      atMs: 0,
      ageSeconds: 5,
      freshness: 'fresh',
      source: 'made up',
      detail: null,
      problem: null,
    })),
  };
}

describe('createScoreDiary', () => {
  it('tells what changed since yesterday, and what moved it, over a restart', async () => {
    const clock = fakeClock('2026-01-04T12:00:00Z');
    const store = createMemoryRecord();
    const first = createScoreDiary(clock, store);
    expect(
      first.take('shop', { integration: score(90, { tests: 100, coverage: 80 }) })['integration'],
    ).toMatchObject({
      value: 90,
      delta: null,
      topMover: null,
    });
    await clock.advanceMs(DAY_MS);
    const second = createScoreDiary(clock, store);
    expect(
      second.take('shop', { integration: score(80, { tests: 70, coverage: 90 }) })['integration'],
    ).toMatchObject({
      delta: -10,
      topMover: { name: 'tests', points: -15 },
      inputs: [{ name: 'tests', weightPercent: 50 }, { name: 'coverage' }],
    });
    expect(second.take('other', { integration: score(80) })['integration']).toMatchObject({ delta: null });
  });

  it('writes when something changed, and not more often than every 10 minutes', async () => {
    const clock = fakeClock();
    const record = createMemoryRecord();
    let writes = 0;
    const diary = createScoreDiary(clock, {
      control: (key) => record.control(key),
      setControl: (...args) => {
        writes += 1;
        record.setControl(...args);
      },
    });
    for (let value = 0; value < 40; value += 1) {
      diary.take('shop', { stability: score(value) });
      await clock.advanceMs(30_000);
    }
    expect(writes).toBe(2);
    diary.keepOnly(['other']);
    diary.take('other', { stability: score(1) });
    await clock.advanceMs(DAY_MS);
    diary.take('other', { stability: score(2) });
    expect(record.control('score-history')).not.toContain('shop');
  });

  it('starts anew where what was kept is not its own', () => {
    const store = createMemoryRecord();
    for (const text of ['', '{', 'null', '[1]']) {
      store.setControl('score-history', text, 0);
      expect(createScoreDiary(fakeClock(), store).take('shop', { stability: score(1) })).toHaveProperty(
        'stability',
      );
    }
  });
});
