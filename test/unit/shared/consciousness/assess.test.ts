import { describe, expect, it } from 'vitest';

import { assessProject } from '../../../../shared/consciousness/assess.ts';
import { personHalt } from '../../../../shared/consciousness/halt.ts';
import type { ParsedReport } from '../../../../shared/consciousness/evidence.ts';
import { assessInput, evidence, NOW_MS, report } from '../../../fakes/judged-project.ts';

const MINUTE = 60_000;
const business = (over: Partial<ParsedReport>, input: Parameters<typeof assessInput>[0] = {}) =>
  assessProject(assessInput({ evidence: evidence({ report: report(over) }), ...input }));
const ml = { id: 'model', path: '/home/ann/model', profile: 'ml' as const };

describe('assessProject', () => {
  it('reads (70, 65, 75) as SAFE', () => {
    expect(
      business({ scores: { integration: 70, wellbeing: 65, stability: 75 }, mode: 'SAFE' }),
    ).toMatchObject({
      scores: { integration: 70, wellbeing: 65, stability: 75 },
      mode: 'SAFE',
      confidence: 1,
      freshness: 'fresh',
      problem: null,
    });
  });

  it('takes the worse of the mode a report states and the mode its scores give', () => {
    const good = { integration: 90, wellbeing: 90, stability: 90 };
    expect(business({ scores: good, mode: 'FAST' }).mode).toBe('FAST');
    expect(business({ scores: good, mode: 'SAFE' })).toMatchObject({
      mode: 'SAFE',
      modeWhy: 'its report says SAFE',
    });
    expect(business({ scores: good, mode: 'HALT' }).mode).toBe('HALT');
    expect(business({ scores: { ...good, stability: 30 }, mode: 'FAST' }).mode).toBe('HALT');
    expect(business({ scores: good, mode: 'NORMAL' }).mode).toBe('SAFE');
  });

  it('behaviour 18: amber takes FAST away and nothing else', () => {
    const scores = { integration: 90, wellbeing: 90, stability: 90 };
    const amber = { generatedAtMs: NOW_MS - 20 * MINUTE };
    expect(business({ scores, ...amber })).toMatchObject({
      mode: 'SAFE',
      heldBy: 'report-age',
      freshness: 'amber',
      problem: 'report 20 min old',
    });
    expect(business({ scores: { ...scores, stability: 30 }, ...amber }).mode).toBe('HALT');
  });

  it('counts a report over 24 h old as missing, but keeps its HALT', () => {
    const old = { generatedAtMs: NOW_MS - 25 * 60 * MINUTE };
    expect(business(old)).toMatchObject({
      scores: { integration: null, stability: null },
      mode: null,
      confidence: 0,
      freshness: 'missing',
    });
    expect(business({ ...old, mode: 'HALT' }).mode).toBe('HALT');
  });

  it('behaviour 20: a missing score is null, lowers the confidence and gives no mode', () => {
    expect(business({ scores: { integration: 90 } })).toMatchObject({
      scores: { integration: 90, wellbeing: 70, stability: null },
      mode: null,
      confidence: 0.5,
    });
  });

  it('behaviour 20: scores their writer trusts less than 60 % are shown as none', () => {
    expect(business({ confidence: 0.59 })).toMatchObject({
      scores: { integration: null, stability: null },
      mode: null,
      confidence: 0.59,
    });
    expect(business({ confidence: 0.6 }).mode).toBe('FAST');
  });

  it('shows the HALT of a person, whatever the scores', () => {
    const halt = personHalt('ann', 'payments down', NOW_MS);
    for (const profile of ['business', 'ml', 'infrastructure'] as const)
      expect(business({}, { halt, project: { ...ml, profile } })).toMatchObject({
        mode: 'HALT',
        modeWhy: 'payments down',
      });
  });

  it('does not show a HALT that was cleared by hand after the report was written', () => {
    expect(business({ mode: 'HALT' }, { haltClearedAtMs: NOW_MS }).mode).toBe('SAFE');
    const low = { scores: { integration: 20, stability: 90 } };
    expect(business(low, { haltClearedAtMs: NOW_MS }).mode).toBe('SAFE');
    expect(business(low).mode).toBe('HALT');
  });

  it('ml: takes the load of a report, else of this machine; embeddings are optional', () => {
    const machine = { cpuPercent: 91, memoryPercent: 40, gpuPercent: null, networkStatus: null };
    const judge = (scores: Record<string, number>) => business({ scores }, { project: ml, machine });
    expect(judge({ model_health: 85, computation_load: 45 })).toMatchObject({
      scores: { model_health: 85, embedding_quality: null, computation_load: 45 },
      confidence: 1,
      mode: 'NORMAL',
    });
    expect(judge({ model_health: 85 }).scores['computation_load']).toBe(91);
    expect(judge({}).confidence).toBe(0.5);
  });

  it('keeps scores it does not know', () => {
    const { scores } = business({ scores: { integration: 80, stability: 80, joy: 12, colour: 'red' } });
    expect(scores).toMatchObject({ joy: 12, colour: 'red' });
  });

  it('says what is wrong with the evidence', () => {
    const problem = '.consciousness_report.json:3 mode: "x" is text';
    const kept = evidence({ report: report(), isLastGood: true, problem });
    expect(assessProject(assessInput({ evidence: kept }))).toMatchObject({
      freshness: 'stale',
      problem: `${problem}; last good report, 1 min old`,
    });
    const none = evidence({ report: null, problem });
    expect(assessProject(assessInput({ evidence: none }))).toMatchObject({ freshness: 'missing', problem });
    expect(business({ profile: 'ml' }).problem).toBe('report is of profile ml, not business');
  });
});
