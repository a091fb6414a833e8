import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createGetSmall, type GetSmall } from '../../../../core/energy/network-request.ts';
import { createEvidenceGatherer } from '../../../../core/evidence/gatherer.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import { evidenceConfigSchema, type EvidenceConfig } from '../../../../shared/contract/evidence-config.ts';
import type { Profile } from '../../../../shared/contract/vocabulary.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { junitText, lcovText, madeUpProject, type MadeUpProject } from '../../../fakes/made-up-project.ts';

let project: MadeUpProject;
beforeEach(() => {
  project = madeUpProject();
});
afterEach(() => project.remove());

const nobody: GetSmall = async () => Promise.reject(new Error('nobody is to be asked'));

async function measured(
  given: Partial<Record<keyof EvidenceConfig, unknown>> = {},
  profile: Profile = 'business',
) {
  const gatherer = createEvidenceGatherer({
    project: { path: project.dir, profile, evidence: evidenceConfigSchema.parse(given) },
    clock: systemClock,
    getSmall: nobody,
    onChange: () => undefined,
  });
  await gatherer.gather();
  gatherer.close();
  return gatherer.measured();
}

describe('createEvidenceGatherer', () => {
  it('finds nothing in an empty folder, and says so by what does not apply', async () => {
    expect(await measured()).toEqual({ measurements: {}, problems: [] });
  });

  it('finds coverage and tests in the usual places', async () => {
    project.write('coverage/lcov.info', lcovText(10, 8));
    project.write('target/surefire-reports/TEST-a.xml', junitText(3));
    project.write('target/surefire-reports/TEST-b.xml', junitText(5, 1));
    const { measurements } = await measured();
    expect(measurements.coverage).toMatchObject({
      value: 80,
      source: 'coverage/lcov.info',
      detail: '8 of 10 lines',
    });
    expect(measurements.tests?.value).toBeCloseTo(800 / 9);
    expect(measurements.tests?.detail).toBe('8 of 9 passed; failed: fails 0');
  });

  it('looks nowhere where it was told not to, nor for another profile', async () => {
    project.write('coverage/lcov.info', lcovText(10, 8));
    expect((await measured({ usualPlaces: false })).measurements).toEqual({});
    expect((await measured({}, 'ml')).measurements).toEqual({});
  });

  it('says that what was named is not there', async () => {
    project.write('coverage/lcov.info', lcovText(10, 8));
    const { measurements, problems } = await measured({ coverage: 'out/lcov.info', tests: ['a.xml', 'b'] });
    expect(measurements.coverage).toMatchObject({ value: null, problem: 'out/lcov.info is not there' });
    expect(problems).toEqual(['a.xml, b is not there', 'out/lcov.info is not there']);
  });

  it('takes no part of test results for the whole', async () => {
    project.write('a.xml', junitText(3));
    project.write('b.xml', junitText(3).slice(0, 90));
    const { measurements, problems } = await measured({ tests: ['a.xml', 'b.xml'] });
    expect(measurements.tests?.value).toBeNull();
    expect(problems[0]).toMatch(/^b\.xml:\d+ the file ends inside/);
    project.write('b.xml', junitText(0, 0, 4));
    expect((await measured({ tests: ['b.xml'] })).problems).toEqual(['b.xml holds no test that ran']);
  });

  it('is as old as the oldest test result', async () => {
    const atMs = Date.parse('2026-01-04T10:00:00Z');
    project.write('t/a.xml', junitText(3));
    project.write('t/b.xml', junitText(3), atMs);
    expect((await measured({ tests: ['t'] })).measurements.tests?.atMs).toBe(atMs);
  });

  it('measures a model against its baseline, from files or from MLflow', async () => {
    project.write(
      'metrics.json',
      '{"accuracy": 0.88, "drift": 0.1, "latencyMs": 60, "generatedAt": "2026-01-05T10:00:00Z"}',
    );
    project.write('baseline.json', '{"accuracy": 0.9, "latencyMs": 40}');
    const named = { model: 'metrics.json', modelBaseline: 'baseline.json' };
    const { measurements } = await measured(named, 'ml');
    expect(measurements.accuracy?.value).toBeCloseTo(90);
    expect([measurements.drift?.value, measurements.latency?.value]).toEqual([90, 75]);
    expect(measurements.drift?.atMs).toBe(Date.parse('2026-01-05T10:00:00Z'));

    project.write('mlruns/1/aaa/meta.yaml', 'start_time: 5\n');
    project.write('mlruns/1/aaa/metrics/accuracy', '1767600000000 0.9 3\n');
    const flow = await measured({ mlflow: 'mlruns', modelBaseline: 'baseline.json' }, 'ml');
    expect(flow.measurements.accuracy).toMatchObject({ value: 100, atMs: 1_767_600_000_000 });
    expect(flow.measurements.drift?.value).toBeNull();
  });

  it('measures no accuracy against a baseline that cannot be read', async () => {
    project.write('metrics.json', '{"accuracy": 0.88, "drift": 0.1, "latencyMs": 60}');
    project.write('baseline.json', '{"accuracy": 90}');
    const { measurements, problems } = await measured(
      { model: 'metrics.json', modelBaseline: 'baseline.json' },
      'ml',
    );
    expect([measurements.accuracy?.value, measurements.drift?.value]).toEqual([null, 90]);
    expect(problems).toEqual(['baseline.json:1 accuracy: 90 is given; a number from 0 to 1 is expected']);
  });

  it('measures a search', async () => {
    project.write('searches.jsonl', '{"query":"x","relevant":["a","b"],"retrieved":["a","c","b"]}\n');
    const { measurements } = await measured({ embeddings: 'searches.jsonl', embeddingsTopCount: 2 }, 'ml');
    expect([measurements.recall?.value, measurements.mrr?.value]).toEqual([50, 100]);
  });
});

describe('what is asked over the network', () => {
  it('is asked once a minute, and delays nobody', async () => {
    let asked = 0;
    let answer: (statusCode: number) => void = () => undefined;
    const slow: GetSmall = async () => {
      asked += 1;
      return new Promise((resolve) => {
        answer = (statusCode) => resolve({ statusCode, headers: {}, body: '', isWhole: true });
      });
    };
    const clock = fakeClock();
    let changes = 0;
    const gatherer = createEvidenceGatherer({
      project: {
        path: project.dir,
        profile: 'business',
        evidence: evidenceConfigSchema.parse({ healthUrls: ['http://127.0.0.1:1/'] }),
      },
      clock,
      getSmall: slow,
      onChange: () => (changes += 1),
    });
    await gatherer.refresh();
    expect(gatherer.measured()).toMatchObject({ measurements: { services: { value: null } }, problems: [] });
    answer(200);
    await clock.advanceMs(30_000);
    expect([gatherer.measured().measurements.services?.value, changes]).toEqual([100, 1]);
    await gatherer.refresh();
    expect(asked).toBe(1);
    await clock.advanceMs(30_000);
    await gatherer.refresh();
    await gatherer.refresh();
    expect(asked).toBe(2);
    answer(503);
    await clock.advanceMs(1);
    expect(gatherer.measured().measurements.services?.value).toBe(0);
    expect([changes, gatherer.failedHealthChecks()]).toEqual([2, 1]);
    gatherer.close();
    await clock.advanceMs(60_000);
    await gatherer.refresh();
    expect(asked).toBe(2);
  });

  it('works against a real server', async () => {
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
      if (pathname === '/healthz') response.end('ok');
      else if (pathname === '/api/v1/query') {
        const value = searchParams.get('query')?.startsWith('all') === true ? '1000' : '2';
        response.end(
          JSON.stringify({
            status: 'success',
            data: { resultType: 'vector', result: [{ value: [1, value] }] },
          }),
        );
      } else response.writeHead(500).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const gatherer = createEvidenceGatherer({
        project: {
          path: project.dir,
          profile: 'business',
          evidence: evidenceConfigSchema.parse({
            healthUrls: [`${url}/healthz`, `${url}/other`],
            prometheus: { url, errorsQuery: 'bad[$window]', eventsQuery: 'all[$window]' },
          }),
        },
        clock: systemClock,
        getSmall: createGetSmall(systemClock),
        onChange: () => undefined,
      });
      await gatherer.gather();
      const { measurements, problems } = gatherer.measured();
      expect(problems).toEqual([]);
      expect(measurements.services?.value).toBe(50);
      expect(measurements.errors?.value).toBeCloseTo(80);
      expect(gatherer.errorBudget()?.asksRollback).toBe(false);
    } finally {
      server.close();
    }
  });
});
