import { describe, expect, it } from 'vitest';

import type { GetSmall } from '../../../../core/energy/network-request.ts';
import { readPrometheus } from '../../../../core/evidence/prometheus.ts';
import { prometheusEvidenceSchema } from '../../../../shared/contract/evidence-config.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const vector = (...values: readonly string[]): string =>
  JSON.stringify({
    status: 'success',
    data: { resultType: 'vector', result: values.map((value) => ({ metric: {}, value: [1.5, value] })) },
  });
/** A Prometheus that knows what each query gives. */
const knowing =
  (answer: (query: string) => string, statusCode = 200): GetSmall =>
  async ({ url }) =>
    Promise.resolve({
      statusCode,
      headers: {},
      body: answer(new URL(url).searchParams.get('query') ?? ''),
      isWhole: true,
    });
const settings = prometheusEvidenceSchema.parse({
  url: 'http://127.0.0.1:9090/base/',
  errorsQuery: 'errors[$window]',
  eventsQuery: 'events[$window]',
});
const read = async (getSmall: GetSmall, over: Partial<typeof settings> = {}) =>
  readPrometheus({ ...settings, ...over }, getSmall, fakeClock());

describe('readPrometheus', () => {
  it('asks every window and judges the hour', async () => {
    const asked: string[] = [];
    const reading = await read(
      knowing((query) => {
        asked.push(query);
        return query.startsWith('events') ? vector('10000') : vector('20');
      }),
    );
    expect(asked).toHaveLength(10);
    expect(asked).toContain('errors[5m]');
    expect(reading.errors?.value).toBeCloseTo(80, 9);
    expect(reading.problem).toBeNull();
    expect(reading.budget?.pairs.map(({ state }) => state)).toEqual(['calm', 'calm', 'burning']);
  });

  it('asks below the path of its address', async () => {
    let path = '';
    await read(async ({ url }) => {
      path = new URL(url).pathname;
      return Promise.resolve({ statusCode: 200, headers: {}, body: vector('1'), isWhole: true });
    });
    expect(path).toBe('/base/api/v1/query');
  });

  it('reads a latency from a scalar', async () => {
    const scalar = JSON.stringify({ status: 'success', data: { resultType: 'scalar', result: [1, '41.5'] } });
    const reading = await read(
      knowing(() => scalar),
      { errorsQuery: null, eventsQuery: null, latencyQuery: 'p95' },
    );
    expect(reading).toEqual({ errors: null, budget: null, latencyMs: 41.5, problem: null });
  });

  it('takes too few events for no judgement', async () => {
    const reading = await read(knowing((query) => vector(query.startsWith('events') ? '19' : '19')));
    expect(reading.errors).toMatchObject({ value: null });
    expect(reading.errors?.problem).toContain('too few requests');
  });

  it.each<[string, string, number, string]>([
    ['no series', vector(), 200, 'gives no series'],
    ['several series', vector('1', '2'), 200, 'gives 2 series'],
    ['NaN', vector('NaN'), 200, 'gives NaN; a number'],
    ['infinity', vector('+Inf'), 200, 'gives +Inf'],
    ['below zero', vector('-1'), 200, 'a count below zero'],
    ['a page', '<html>', 502, 'the answer (502) is not JSON'],
    ['null', 'null', 200, 'the query failed: status 200'],
    [
      'its own error',
      JSON.stringify({ status: 'error', error: 'parse error\u001b[31m' }),
      400,
      'the query failed: parse error\\u001b',
    ],
    [
      'a matrix',
      JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: [] } }),
      200,
      'no vector and no scalar',
    ],
    [
      'a hole',
      JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [null] } }),
      200,
      'gives nothing',
    ],
    [
      'a number that is none',
      JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [{ value: [1, 5] }] } }),
      200,
      'gives nothing',
    ],
  ])('says what is wrong with %s', async (_, body, status, problem) => {
    const reading = await read(knowing(() => body, status));
    expect(reading.errors).toMatchObject({ value: null });
    expect(reading.problem).toContain(problem);
    expect(reading.budget).toBeNull();
  });

  it('says that nobody answers, and that half a question is none', async () => {
    const silent: GetSmall = async () => Promise.reject(new Error('127.0.0.1:9090 cannot be reached'));
    expect((await read(silent)).problem).toContain('cannot be reached');
    expect((await read(silent, { eventsQuery: null })).problem).toContain('need each other');
  });
});
