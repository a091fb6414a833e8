import { describe, expect, it } from 'vitest';

import { assessProject } from '../../../../shared/consciousness/assess.ts';
import type { MeasuredEvidence } from '../../../../shared/consciousness/chosen-score.ts';
import type { ParsedReport } from '../../../../shared/consciousness/evidence.ts';
import type { Measure, Measurement } from '../../../../shared/consciousness/measurement.ts';
import type { RecordFacts } from '../../../../shared/consciousness/stability.ts';
import { assessInput, decided, evidence, facts, NOW_MS, report } from '../../../fakes/judged-project.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const measure = (value: number | null, ageMs = MINUTE_MS): Measurement => ({
  value,
  atMs: value === null ? null : NOW_MS - ageMs,
  source: 'made up',
  detail: null,
  problem: value === null ? 'made up:3 broken' : null,
});
const calm: RecordFacts = { incidents: [], deployments: [{ atMs: NOW_MS - DAY_MS, result: 'ok' }] };
const trouble = (minutesAgo: number): RecordFacts => ({
  ...calm,
  incidents: [{ severity: 'critical', openedAtMs: NOW_MS - minutesAgo * MINUTE_MS, closedAtMs: null }],
});
const measured = (
  measurements: Partial<Record<Measure, Measurement>> = {},
  record: RecordFacts | null = calm,
): MeasuredEvidence => ({ measurements, record, problems: [] });
const assess = (
  over: Partial<ParsedReport> | null,
  given: MeasuredEvidence | null,
  input: Parameters<typeof assessInput>[0] = {},
) =>
  assessProject(
    assessInput({
      evidence: evidence({ report: over === null ? null : report(over) }),
      measured: given,
      ...input,
    }),
  );
const code = { tests: measure(90), coverage: measure(80) };

describe('a project without a report', () => {
  it('is judged by what was measured', () => {
    expect(assess(null, measured(code))).toMatchObject({
      scores: { integration: 86, stability: 100, wellbeing: 70 },
      mode: 'FAST',
      confidence: 1,
      freshness: 'fresh',
      problem: null,
    });
  });

  it('is unknown where nothing was measured', () => {
    expect(assess(null, measured({}, null))).toMatchObject({
      mode: null,
      confidence: 0,
      freshness: 'missing',
    });
    const made = facts('FULL', { evidence: evidence({ report: null }), measured: measured({}, null) });
    expect(decided(made, 'feature').verdict).toBe('unknown');
  });

  it('is unknown while nothing tells of its stability', () => {
    const empty = { incidents: [], deployments: [] };
    expect(assess(null, measured(code, empty))).toMatchObject({ mode: null, confidence: 0.5 });
    expect(assess(null, measured(code, empty)).problem).toContain('nothing tells of stability');
  });

  it('goes slowly on evidence that is getting old, and not at all on none', () => {
    const old = assess(null, measured({ tests: measure(90, 2 * DAY_MS) }));
    expect(old).toMatchObject({ mode: 'SAFE', freshness: 'amber', heldBy: 'report-age' });
    expect(old.problem).toBe('integration is measured from what is 2 days old');
    expect(assess(null, measured({ tests: measure(90, 8 * DAY_MS) })).scores['integration']).toBeNull();
  });

  it('gets a verdict', () => {
    const made = facts('FULL', { evidence: evidence({ report: null }), measured: measured(code) });
    expect(decided(made, 'feature').verdict).toBe('allow');
    const failing = { ...made, project: assess(null, measured({ tests: measure(20) })) };
    expect(decided(failing, 'feature')).toMatchObject({ verdict: 'block' });
    expect(decided(failing, 'feature').bindingReason).toContain('integration 20');
  });

  it('carries what is wrong with its files to the person', () => {
    const broken = {
      ...measured({ tests: measure(null), coverage: measure(80) }),
      problems: ['junit.xml:3 broken'],
    };
    expect(assess(null, broken).problem).toContain('junit.xml:3 broken');
  });
});

describe('a report and measurements', () => {
  const scores = { integration: 75, wellbeing: 90, stability: 75 };

  it('a fresh report wins', () => {
    expect(assess({ scores }, measured(code)).scores).toMatchObject({ integration: 75, stability: 75 });
  });

  it('measuring fills in what a fresh report lacks', () => {
    const result = assess({ scores: { integration: 75 } }, measured(code));
    expect(result).toMatchObject({
      scores: { integration: 75, stability: 100 },
      confidence: 1,
      freshness: 'fresh',
    });
    expect(result.chosen?.['stability']).toMatchObject({ source: 'measured' });
  });

  it('against a report that is not fresh, what can be measured wins', () => {
    const stale = { scores, generatedAtMs: NOW_MS - 120 * MINUTE_MS };
    expect(assess(stale, measured(code))).toMatchObject({
      scores: { integration: 86, stability: 100 },
      freshness: 'fresh',
    });
    expect(assess(stale, measured(code, null))).toMatchObject({
      scores: { integration: 86, stability: 75 },
      freshness: 'stale',
      problem: 'report 2 h old',
    });
    expect(assess(stale, measured({}, null))).toMatchObject({
      scores: { integration: 75 },
      freshness: 'stale',
    });
  });

  it('the guard takes what it can measure', () => {
    expect(assess({ scores }, measured(code, null), { prefer: 'measured' }).scores).toMatchObject({
      integration: 86,
      stability: 75,
    });
  });

  it('a report that does not trust itself is not used for its scores', () => {
    expect(assess({ scores, confidence: 0.3 }, measured(code))).toMatchObject({
      scores: { integration: 86, stability: 100 },
      confidence: 1,
    });
  });

  it('a HALT that a report states stands, whatever was measured', () => {
    expect(assess({ scores, mode: 'HALT', generatedAtMs: NOW_MS - DAY_MS }, measured(code)).mode).toBe(
      'HALT',
    );
  });
});

describe('trouble in the record', () => {
  const scores = { integration: 90, wellbeing: 90, stability: 90 };

  it('lowers the stability of a report that cannot know of it', () => {
    const result = assess({ scores }, measured({}, trouble(5)));
    expect(result).toMatchObject({ scores: { stability: 60 }, mode: 'SAFE' });
    expect(result.modeWhy).toBe('stability 60 (critical incident 5 min ago)');
    expect(result.chosen?.['stability']?.inputs.length).toBe(3);
  });

  it('halts where it takes the stability below 40, until someone clears it', () => {
    const given = measured({}, trouble(5));
    const low = { scores: { ...scores, stability: 65 }, fileChangedAtMs: NOW_MS - 10 * MINUTE_MS };
    expect(assess(low, given).mode).toBe('HALT');
    expect(assess(low, given, { haltClearedAtMs: NOW_MS - 6 * MINUTE_MS }).mode).toBe('HALT');
    expect(assess(low, given, { haltClearedAtMs: NOW_MS - MINUTE_MS }).mode).toBe('SAFE');
  });

  it('is taken off a report of the guard only as far as it came after it', () => {
    const guarded = (minutesAgo: number) => ({
      scores,
      fields: { evidence: { recordCountedAt: new Date(NOW_MS - minutesAgo * MINUTE_MS).toISOString() } },
    });
    expect(assess(guarded(1), measured({}, trouble(5))).scores['stability']).toBe(90);
    expect(assess(guarded(9), measured({}, trouble(5))).scores['stability']).toBe(60);
  });

  it('believes no report that says it counted tomorrow', () => {
    const fields = { evidence: { recordCountedAt: new Date(NOW_MS + DAY_MS).toISOString() } };
    expect(assess({ scores, fields }, measured({}, trouble(5))).scores['stability']).toBe(60);
  });
});

describe('an ml project', () => {
  const ml = { id: 'model', path: '/home/ann/model', profile: 'ml' as const };
  const machine = {
    cpuPercent: 30,
    memoryPercent: 20,
    gpuPercent: null,
    networkStatus: 'ONLINE' as const,
    networkWhy: '',
  };

  it('is judged by its metrics and the load of this machine', () => {
    const result = assess(
      null,
      measured({ accuracy: measure(100), drift: measure(80), latency: measure(100) }, null),
      {
        project: ml,
        machine: machine,
      },
    );
    expect(result).toMatchObject({
      scores: { model_health: 94, computation_load: 30, embedding_quality: null },
      confidence: 1,
      freshness: 'fresh',
      problem: null,
    });
  });

  it('counts load here before that of an old report', () => {
    const given = measured({ accuracy: measure(100), drift: measure(80), latency: measure(100) }, null);
    const old = { scores: { computation_load: 95 }, generatedAtMs: NOW_MS - 120 * MINUTE_MS };
    expect(assess(old, given, { project: ml, machine: machine }).scores['computation_load']).toBe(30);
  });
});
