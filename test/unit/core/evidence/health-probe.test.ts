import { describe, expect, it } from 'vitest';

import { RequestProblem, type GetSmall } from '../../../../core/energy/network-request.ts';
import { createHealthProbe } from '../../../../core/evidence/health-probe.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

/** Answers by the address: a status, or a failure in words. */
const answering =
  (answers: Readonly<Record<string, number | string>>): GetSmall =>
  async ({ url }) => {
    const answer = answers[url] ?? 404;
    if (typeof answer === 'string') throw new RequestProblem(answer);
    return Promise.resolve({ statusCode: answer, headers: {}, body: '', isWhole: true });
  };
const ask = async (answers: Readonly<Record<string, number | string>>) =>
  createHealthProbe(Object.keys(answers), answering(answers), fakeClock()).ask();

describe('createHealthProbe', () => {
  it('gives the share that answers 2xx', async () => {
    expect((await ask({ 'http://a/': 200, 'http://b/': 204 })).measurement).toMatchObject({ value: 100 });
    const half = await ask({ 'http://a/': 200, 'http://b/?key=secret': 503 });
    expect(half.measurement).toMatchObject({ value: 50, detail: '1 of 2 up; b/ answers 503' });
    expect((await ask({ 'http://a/': 302 })).measurement).toMatchObject({ value: 0 });
    expect((await ask({ 'http://a/': 'a cannot be reached (ECONNREFUSED)' })).measurement).toMatchObject({
      value: 0,
    });
    expect((await ask({ 'http://a/': 'a did not answer within 3 s' })).measurement).toMatchObject({
      value: 0,
    });
  });

  it('does not blame a service for a network that is away', async () => {
    const away = await ask({
      'http://a/': 'a cannot be reached (ENETUNREACH)',
      'http://b/': 'b cannot be reached (EAI_AGAIN)',
    });
    expect(away).toMatchObject({ measurement: { value: null }, failedInARow: 0 });
    expect(away.measurement.problem).toContain('ENETUNREACH');
    expect(
      (await ask({ 'http://a/': 200, 'http://b/': 'b cannot be reached (ENOTFOUND)' })).measurement.value,
    ).toBe(100);
  });

  it('counts failures in a row', async () => {
    const answers: Record<string, number> = { 'http://a/': 500 };
    const probe = createHealthProbe(
      ['http://a/'],
      async (request) => answering(answers)(request),
      fakeClock(),
    );
    await probe.ask();
    expect((await probe.ask()).failedInARow).toBe(2);
    answers['http://a/'] = 200;
    expect((await probe.ask()).failedInARow).toBe(0);
  });
});
