import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { guardProject } from '../../../../core/evidence/guard.ts';
import { guardReport } from '../../../../core/evidence/guard-report.ts';
import { parseReport } from '../../../../core/projects/report-parse.ts';
import { writeReport } from '../../../../core/projects/report-writer.ts';
import type { RecordFacts } from '../../../../shared/consciousness/stability.ts';
import { evidenceConfigSchema } from '../../../../shared/contract/evidence-config.ts';
import type { Profile } from '../../../../shared/contract/vocabulary.ts';
import { fakeClock, type FakeClock } from '../../../fakes/fake-clock.ts';
import { junitText, lcovText, madeUpProject, type MadeUpProject } from '../../../fakes/made-up-project.ts';

const REPORT = '.consciousness_report.json';
const MINUTE_MS = 60_000;
let project: MadeUpProject;
let clock: FakeClock;
beforeEach(() => {
  project = madeUpProject();
  clock = fakeClock();
});
afterEach(() => project.remove());

async function guard(
  record: RecordFacts | null = null,
  profile: Profile | null = null,
  evidence: object = {},
) {
  const guarded = await guardProject({
    project: {
      id: 'shop',
      path: project.dir,
      report: REPORT,
      profile,
      evidence: evidenceConfigSchema.parse(evidence),
    },
    record,
    clock,
    getSmall: async () => Promise.reject(new Error('nobody is to be asked')),
  });
  return { guarded, report: guardReport(guarded, '1.0') };
}
/** Evaluates and writes, as `--write` does; the file then has the clock's time. */
async function guardAndWrite(record: RecordFacts | null = null) {
  const { guarded, report } = await guard(record);
  if (report === null) throw new Error('nothing to write');
  await writeReport({ dir: project.dir, file: REPORT }, report);
  project.write(REPORT, readFileSync(join(project.dir, REPORT)), clock.wallMs());
  return { guarded, report };
}
const writeOld = (fields: object, ageMs = 0): void =>
  project.write(REPORT, JSON.stringify(fields), clock.wallMs() - ageMs);
const writeTests = (passed: number, failed: number): void =>
  project.write('junit.xml', junitText(passed, failed), clock.wallMs());

describe('guardProject', () => {
  it('measures what it can and takes the rest from the report', async () => {
    writeOld({ integration: 30, wellbeing: 90, stability: 75 });
    writeTests(9, 1);
    project.write('coverage/lcov.info', lcovText(10, 6), clock.wallMs());
    const { guarded, report } = await guard();
    expect(guarded.assessment).toMatchObject({ profile: 'business', mode: 'FAST' });
    expect(report).toMatchObject({
      scores: { integration: 78, stability: 75, wellbeing: 90 },
      mode: 'FAST',
      generator: 'orch guard 1.0',
      confidence: 1,
    });
  });

  it('writes what the core reads back as the same', async () => {
    writeOld({ integration: 30, wellbeing: 90, stability: 75.5 });
    writeTests(8, 1);
    const { report } = await guard();
    const parsed = parseReport(JSON.stringify(report), clock.wallMs());
    expect(parsed.scores).toEqual({ integration: 88.8, stability: 75.5, wellbeing: 90 });
  });

  it('keeps fields and scores it does not know', async () => {
    writeOld({
      schemaVersion: 1,
      project: 'Shop',
      scores: { stability: 75, morale: 12 },
      evidence: { pipeline: 'x' },
      team: { name: 'a' },
    });
    writeTests(9, 1);
    expect((await guard()).report).toMatchObject({
      project: 'shop',
      scores: { integration: 90, stability: 75, morale: 12 },
      evidence: { pipeline: 'x', inputs: { tests: { value: 90, weightPercent: 100 } } },
      team: { name: 'a' },
    });
  });

  it('adds nothing about the person', async () => {
    writeOld({ stability: 75 });
    writeTests(9, 1);
    expect(JSON.stringify((await guard()).report)).not.toContain('wellbeing');
  });

  it('makes no old score fresh, however often it runs', async () => {
    writeOld({ integration: 80, stability: 75 }, 40 * MINUTE_MS);
    const writtenAtMs = clock.wallMs() - 40 * MINUTE_MS;
    writeTests(9, 1);
    expect((await guardAndWrite()).report.generatedAt).toBe(new Date(writtenAtMs).toISOString());
    await clock.advanceMs(10 * MINUTE_MS);
    expect((await guardAndWrite()).report.generatedAt).toBe(new Date(writtenAtMs).toISOString());
    await clock.advanceMs(24 * 60 * MINUTE_MS);
    writeTests(9, 1);
    const { guarded, report } = await guardAndWrite();
    expect(report).toMatchObject({ scores: { integration: 90, stability: null } });
    expect(guarded.assessment.mode).toBeNull();
  });

  it('halts by scores, and lifts that when they rise', async () => {
    writeOld({ stability: 75 });
    writeTests(2, 8);
    expect((await guardAndWrite()).report).toMatchObject({ scores: { integration: 20 }, mode: 'HALT' });
    writeTests(9, 1);
    expect((await guardAndWrite()).guarded.assessment.mode).toBe('FAST');
  });

  it('keeps a HALT that another tool stated, run after run', async () => {
    writeOld({ schemaVersion: 1, generator: 'release desk', scores: { stability: 90 }, mode: 'HALT' });
    writeTests(9, 1);
    expect((await guardAndWrite()).report).toMatchObject({ mode: 'HALT' });
    expect((await guardAndWrite()).report).toMatchObject({
      mode: 'HALT',
      evidence: { haltStatedBy: 'release desk' },
    });
  });

  it('counts the record once', async () => {
    writeTests(9, 1);
    const record: RecordFacts = {
      deployments: [],
      incidents: [{ severity: 'critical', openedAtMs: clock.wallMs() - MINUTE_MS, closedAtMs: null }],
    };
    expect((await guardAndWrite(record)).report).toMatchObject({
      scores: { stability: 70 },
      evidence: { recordCountedAt: new Date(clock.wallMs()).toISOString() },
    });
    expect((await guardAndWrite(null)).report.scores['stability']).toBe(70);
  });

  it('takes the profile from settings, else from the report', async () => {
    writeOld({ schemaVersion: 1, profile: 'ml', scores: { model_health: 80, computation_load: 20 } });
    expect((await guard()).guarded.assessment.profile).toBe('ml');
    expect((await guard(null, 'business')).guarded.assessment.profile).toBe('business');
  });

  it('evaluates a model', async () => {
    project.write(
      'm.json',
      '{"accuracy":0.9,"drift":0.2,"latencyMs":40,"baseline":{"accuracy":0.9,"latencyMs":40}}',
      clock.wallMs(),
    );
    const { report } = await guard(null, 'ml', { model: 'm.json' });
    expect(report).toMatchObject({
      scores: { model_health: 94, embedding_quality: null },
      mode: 'NORMAL',
      confidence: 1,
    });
  });

  it('has nothing to write where nothing is known, and throws for no file', async () => {
    expect((await guard()).report).toBeNull();
    project.write(REPORT, '{"integration": "85"}');
    project.write('junit.xml', '<!DOCTYPE a>');
    const { guarded, report } = await guard();
    expect(report).toBeNull();
    expect(guarded.assessment.problem).toContain('"85" is text');
    expect(guarded.assessment.problem).toContain('a document type');
  });
});
