import { describe, expect, it } from 'vitest';

import { personHalt, stepHalt, type Halt } from '../../../../shared/consciousness/halt.ts';
import type { ParsedReport } from '../../../../shared/consciousness/evidence.ts';
import { evidence, NOW_MS, report } from '../../../fakes/judged-project.ts';

const MINUTE = 60_000;
/** A report written `minutes` after the start. */
const written = (minutes: number, over: Partial<ParsedReport> = {}): ParsedReport =>
  report({ generatedAtMs: NOW_MS + minutes * MINUTE, fileChangedAtMs: NOW_MS + minutes * MINUTE, ...over });
const look = (halt: Halt | null, seen: ParsedReport | null, clearedAtMs: number | null = null): Halt | null =>
  stepHalt(halt, {
    profile: 'business',
    evidence: evidence({ report: seen }),
    nowMs: seen === null ? NOW_MS : Math.max(NOW_MS, seen.fileChangedAtMs),
    clearedAtMs,
  });

describe('behaviour 21: HALT', () => {
  it('starts with a report that says so, or with a score below 40', () => {
    expect(look(null, written(0, { mode: 'HALT' }))).toMatchObject({ by: 'report', sinceMs: NOW_MS });
    expect(look(null, written(0, { scores: { integration: 90, stability: 34 } }))).toMatchObject({
      by: 'scores',
      why: 'stability 34',
    });
    expect(look(null, written(0))).toBeNull();
  });

  it('lifts after two fresh reports that do not ask for it, not after one', () => {
    const halt = look(null, written(0, { mode: 'HALT' }));
    const one = look(halt, written(1));
    expect(one).toMatchObject({ by: 'report', goodReports: 1 });
    expect(look(one, written(2))).toBeNull();
  });

  it('counts the same report once, however often it is looked at', () => {
    let halt = look(null, written(0, { mode: 'HALT' }));
    for (let i = 0; i < 5; i += 1) halt = look(halt, written(1));
    expect(halt).not.toBeNull();
  });

  it('begins to count again after another report that asks for HALT', () => {
    const one = look(look(null, written(0, { mode: 'HALT' })), written(1));
    const again = look(one, written(2, { mode: 'HALT' }));
    expect(look(again, written(3))).toMatchObject({ goodReports: 1, sinceMs: NOW_MS });
  });

  it('does not lift by a report that is not fresh, by none, or by the last good one', () => {
    const halt = personHalt('ann', 'payments down', NOW_MS);
    const old = written(1, { generatedAtMs: NOW_MS - 20 * MINUTE });
    expect(look(halt, old)).toEqual(halt);
    expect(look(halt, null)).toEqual(halt);
    const kept = evidence({ report: written(1), isLastGood: true });
    expect(
      stepHalt(halt, { profile: 'business', evidence: kept, nowMs: NOW_MS + MINUTE, clearedAtMs: null }),
    ).toEqual(halt);
  });

  it('by a person lifts the same way, and at its end', () => {
    const halt = personHalt('ann', 'payments down', NOW_MS);
    expect(look(look(halt, written(1)), written(2))).toBeNull();
    const ending = personHalt('ann', 'demo', NOW_MS, NOW_MS + 5 * MINUTE);
    expect(look(ending, written(5))).toBeNull();
    expect(look(ending, written(4.9))).not.toBeNull();
  });

  it('does not come back from a report written before it was cleared by hand', () => {
    const asking = written(0, { mode: 'HALT' });
    expect(look(null, asking, NOW_MS + MINUTE)).toBeNull();
    expect(look(null, written(2, { mode: 'HALT' }), NOW_MS + MINUTE)).not.toBeNull();
  });

  it('asks for HALT whatever its age, but not by scores its writer does not trust', () => {
    expect(look(null, written(-3000, { mode: 'HALT' }))).not.toBeNull();
    expect(look(null, written(0, { scores: { integration: 10 }, confidence: 0.3 }))).toBeNull();
  });
});
