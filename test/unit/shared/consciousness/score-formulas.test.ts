import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { withScoreTables } from '../../../../scripts/score-tables.ts';
import { measuredScore } from '../../../../shared/consciousness/measured-score.ts';
import type { Measure, Measurements } from '../../../../shared/consciousness/measurement.ts';
import { SCORE_FORMULAS } from '../../../../shared/consciousness/score-formulas.ts';

const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

type Given = Partial<Record<Measure, number | null>>;

const measured = (given: Given, atMs = NOW_MS): Measurements =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      { value, atMs: value === null ? null : atMs, source: 'made up', detail: null, problem: null },
    ]),
  );
const scored = (score: string, given: Measurements) =>
  measuredScore(
    SCORE_FORMULAS.find((formula) => formula.score === score)!,
    given,
    NOW_MS,
  );

describe('the formulas', () => {
  it.each<[string, Given, number | null, number]>([
    // Code 50 (30 and 20), drift 20, services 30.
    ['integration', { tests: 100, coverage: 80, drift: 90, services: 50 }, 79, 1],
    ['integration', { tests: 100, coverage: 80 }, 92, 1],
    ['integration', { tests: 96 }, 96, 1],
    ['integration', { tests: 100, coverage: null }, 100, 0.6],
    ['integration', { tests: null, coverage: 80 }, null, 0.4],
    ['integration', { tests: 100, coverage: 80, services: null }, 92, 50 / 80],
    ['integration', { tests: 100, coverage: 80, drift: null, services: null }, null, 0.5],
    ['integration', { tests: 0, coverage: 0, drift: 100, services: 100 }, 50, 1],
    ['integration', { services: 100 }, null, 1],
    ['integration', { drift: 100, services: 100 }, 100, 1],
    ['integration', {}, null, 0],
    // 100 less what was lost.
    ['stability', { incidents: 70, rollbacks: 90, deployments: 95, errors: 80 }, 35, 1],
    ['stability', { incidents: 70, rollbacks: 100, deployments: 100 }, 70, 1],
    ['stability', { incidents: 0, rollbacks: 0, deployments: 0, errors: 60 }, 0, 1],
    ['stability', { incidents: 100, rollbacks: 100, deployments: 100, errors: null }, 100, 0.8],
    ['stability', { rollbacks: 100 }, null, 1],
    ['stability', { errors: 100, rollbacks: 100 }, null, 1],
    // 50, 30, 20.
    ['model_health', { accuracy: 80, drift: 90, latency: 50 }, 77, 1],
    ['model_health', { accuracy: 80, drift: 90, latency: null }, (80 * 50 + 90 * 30) / 80, 0.8],
    ['model_health', { accuracy: null, drift: 90, latency: 50 }, null, 0.5],
    // 40, 30, 30.
    ['embedding_quality', { recall: 50, mrr: 100, ndcg: 80 }, 74, 1],
    ['embedding_quality', { recall: null, mrr: null, ndcg: null }, null, 0],
  ])('%s of %j is %s', (score, given, value, confidence) => {
    const result = scored(score, measured(given));
    if (value === null) expect(result.value).toBeNull();
    else expect(result.value).toBeCloseTo(value, 9);
    expect(result.confidence).toBeCloseTo(confidence, 9);
  });

  it('weigh what applies to 100 %', () => {
    const { inputs } = scored('integration', measured({ tests: 1, coverage: 1, services: 1 }));
    expect(inputs.map(({ name, weightPercent }) => [name, weightPercent])).toEqual([
      ['tests', 37.5],
      ['coverage', 25],
      ['services', 37.5],
    ]);
  });

  it('let evidence grow old: fresh, amber, gone', () => {
    const at = (ageMs: number) => scored('integration', measured({ tests: 90 }, NOW_MS - ageMs));
    expect(at(DAY_MS)).toMatchObject({ value: 90, freshness: 'fresh', ageSeconds: 86_400 });
    expect(at(DAY_MS + 1)).toMatchObject({ value: 90, freshness: 'amber' });
    expect(at(7 * DAY_MS + 1)).toMatchObject({ value: null, freshness: 'missing' });
    expect(at(7 * DAY_MS + 1).inputs[0]?.problem).toBe('made up is 7 days old');
  });

  it('believe no evidence from the future', () => {
    const result = scored('integration', measured({ tests: 90 }, NOW_MS + 6 * MINUTE_MS));
    expect(result.value).toBeNull();
    expect(result.inputs[0]).toMatchObject({ freshness: 'clock-wrong' });
    expect(scored('integration', measured({ tests: 90 }, NOW_MS + MINUTE_MS)).value).toBe(90);
  });

  it('are what the page says (node scripts/write-pages.ts writes it)', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/consciousness.md'), 'utf8');
    expect(page).toBe(withScoreTables(page));
    for (const { score } of SCORE_FORMULAS) expect(page).toContain(`### \`${score}\``);
  });
});
