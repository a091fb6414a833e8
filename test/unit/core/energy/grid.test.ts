import { describe, expect, it } from 'vitest';

import { createGridSource } from '../../../../core/energy/grid.ts';
import { RequestProblem } from '../../../../core/energy/network-request.ts';
import type { SmallAnswer, SmallRequest } from '../../../../core/energy/network-request.ts';
import { gridConfigSchema } from '../../../../shared/contract/config.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

type Outcome = SmallAnswer | RequestProblem;
const answers = (body: unknown, statusCode = 200): SmallAnswer => ({
  statusCode,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
  isWhole: true,
});

const sensing = async (config: unknown, outcome: Outcome, token?: string) => {
  const clock = fakeClock('2026-01-05T10:00:00.000Z');
  const asked: SmallRequest[] = [];
  const state = { outcome };
  const source = createGridSource({
    clock,
    grid: gridConfigSchema.parse(config),
    get: (request) => {
      asked.push(request);
      return state.outcome instanceof RequestProblem
        ? Promise.reject(state.outcome)
        : Promise.resolve(state.outcome);
    },
    ...(token === undefined ? {} : { readToken: () => Promise.resolve(token) }),
  });
  source.start();
  await clock.advanceMs(0);
  return { clock, asked, state, source };
};

const germany = { source: 'electricity-maps', zone: 'DE' };
const germanAnswer = answers({
  zone: 'DE',
  carbonIntensity: 302,
  datetime: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:48:13.000Z',
  emissionFactorType: 'lifecycle',
  isEstimated: true,
});
const britain = (actual: number | null) =>
  answers({
    data: [
      {
        from: '2026-01-05T09:30Z',
        to: '2026-01-05T10:00Z',
        intensity: { forecast: 266, actual, index: 'moderate' },
      },
    ],
  });

describe('the named services', () => {
  it('Electricity Maps: zone in the address, token in its own header', async () => {
    const { asked, source } = await sensing(germany, germanAnswer, 'secret');
    expect(asked).toMatchObject([
      {
        url: 'https://api.electricitymaps.com/v3/carbon-intensity/latest?zone=DE',
        headers: { 'auth-token': 'secret' },
      },
    ]);
    expect(source.reading()).toEqual({
      label: 'DE grid',
      unit: 'gCO2/kWh',
      value: 302,
      ageSeconds: 3600,
      problem: null,
    });
  });

  it('UK Carbon Intensity: measured where it is, else forecast', async () => {
    const measured = await sensing({ source: 'uk-carbon-intensity' }, britain(263));
    expect(measured.source.reading()).toMatchObject({ label: 'GB grid', value: 263, ageSeconds: 1800 });
    expect(measured.asked[0]?.url).toBe('https://api.carbonintensity.org.uk/intensity');
    const forecast = await sensing({ source: 'uk-carbon-intensity' }, britain(null));
    expect(forecast.source.reading().value).toBe(266);
  });
});

describe('Prometheus', () => {
  const config = {
    source: 'prometheus',
    url: 'http://127.0.0.1:9090/prom/',
    query: 'sum(rack_headroom_watts{a="b"})',
    unit: 'W',
  };
  const vector = (...values: string[]) =>
    answers({
      status: 'success',
      data: {
        resultType: 'vector',
        result: values.map((value) => ({ metric: {}, value: [1767607140.5, value] })),
      },
    });

  it('is asked an instant query', async () => {
    const { asked, source } = await sensing(config, vector('1250.5'));
    expect(asked[0]?.url).toBe(
      'http://127.0.0.1:9090/prom/api/v1/query?query=sum%28rack_headroom_watts%7Ba%3D%22b%22%7D%29',
    );
    expect(source.reading()).toMatchObject({
      label: 'prometheus',
      value: 1250.5,
      unit: 'W',
      ageSeconds: 59.5,
    });
  });

  it('may answer with a scalar', async () => {
    const scalar = answers({ status: 'success', data: { resultType: 'scalar', result: [1767607200, '7'] } });
    expect((await sensing(config, scalar)).source.reading().value).toBe(7);
  });

  it.each<[string, SmallAnswer, string]>([
    ['no series', vector(), 'the query gives 0 series'],
    ['several', vector('1', '2'), 'the query gives 2 series'],
    ['NaN', vector('NaN'), 'the query gives no number'],
    ['infinity', vector('+Inf'), 'the query gives no number'],
    ['an error', answers({ status: 'error', error: 'parse error' }), 'the query failed: parse error'],
  ])('%s is a problem, not a number', async (_, outcome, problem) => {
    const { source } = await sensing(config, outcome);
    expect(source.reading()).toMatchObject({ value: null });
    expect(source.reading().problem).toContain(problem);
  });
});

describe('any address that answers in JSON', () => {
  const config = {
    source: 'json',
    url: 'https://dc.example/power',
    valuePath: 'now.headroom.1.kw',
    atPath: 'now.at',
    unit: 'kW',
  };

  it('is read by path', async () => {
    const body = { now: { at: '2026-01-05T09:59:00Z', headroom: [null, { kw: '12.5' }] } };
    expect((await sensing(config, answers(body))).source.reading()).toMatchObject({
      value: 12.5,
      ageSeconds: 60,
    });
  });

  it.each<[string, Outcome, string]>([
    ['nothing there', answers({ now: {} }), 'holds no number at now.headroom.1.kw'],
    ['a prototype', answers('{"__proto__":{"now":1}}'), 'holds no number'],
    ['a page', answers('<html>'), 'no JSON'],
    ['401', answers('', 401), 'answered 401: the token is missing or wrong'],
    ['429', answers('', 429), 'asked too often'],
    ['a redirect', answers('', 302), 'answered 302'],
    ['too much', { ...answers('[]'), isWhole: false }, 'more than 262144 bytes'],
    ['no answer', new RequestProblem('dc.example cannot be reached (ENOTFOUND)'), 'cannot be reached'],
  ])('%s is a problem, not a number', async (_, outcome, problem) => {
    const { source } = await sensing(config, outcome);
    expect(source.reading()).toMatchObject({ value: null, ageSeconds: null });
    expect(source.reading().problem).toContain(problem);
  });

  it('gets no token in the clear', async () => {
    const { asked, source } = await sensing(
      { ...config, url: 'http://dc.example/power' },
      answers('{}'),
      'secret',
    );
    expect(asked).toEqual([]);
    expect(source.reading().problem).toBe('the token is not sent to dc.example in the clear: use https');
  });
});

describe('over time', () => {
  it('is asked every 15 minutes', async () => {
    const { clock, asked } = await sensing(germany, germanAnswer);
    await clock.advanceMs(45 * 60_000);
    expect(asked).toHaveLength(4);
  });

  it('offline keeps its last value with its age, then is unknown, then comes back', async () => {
    const { clock, state, source } = await sensing({ ...germany, keepMinutes: 120 }, germanAnswer);
    state.outcome = new RequestProblem('api.electricitymaps.com cannot be reached (ENETUNREACH)');
    await clock.advanceMs(60 * 60_000);
    expect(source.reading()).toMatchObject({ value: 302, ageSeconds: 7200 });
    expect(source.reading().problem).toContain('ENETUNREACH');
    await clock.advanceMs(60_000);
    expect(source.reading()).toMatchObject({
      value: null,
      problem: 'its last value is 121 min old: api.electricitymaps.com cannot be reached (ENETUNREACH)',
    });
    state.outcome = germanAnswer;
    await clock.advanceMs(15 * 60_000);
    expect(source.reading().problem).not.toContain('ENETUNREACH');
  });

  it('retries a failure at 1, 2, 4, 8 and then every 15 minutes', async () => {
    const { clock, asked } = await sensing(germany, new RequestProblem('x'));
    const at: number[] = [];
    for (let minute = 1; minute <= 46; minute += 1) {
      const before = asked.length;
      await clock.advanceMs(60_000);
      if (asked.length > before) at.push(minute);
    }
    expect(at).toEqual([1, 3, 7, 15, 30, 45]);
  });

  it('does not follow the wall clock', async () => {
    const { clock, source } = await sensing(germany, germanAnswer);
    clock.jumpWallMs(86_400_000);
    expect(source.reading()).toMatchObject({ value: 302, ageSeconds: 3600 });
  });

  it('takes a stamp from the future for now', async () => {
    const { source } = await sensing(
      { source: 'json', url: 'https://dc.example/', valuePath: 'v', atPath: 'at' },
      answers({ v: 1, at: '2027-01-01T00:00:00Z' }),
    );
    expect(source.reading().ageSeconds).toBe(0);
  });

  it('stops', async () => {
    const { clock, source } = await sensing(germany, germanAnswer);
    source.stop();
    expect(clock.pending()).toBe(0);
  });
});

describe('the settings', () => {
  it.each([
    [{ source: 'electricity-maps' }, 'zone'],
    [{ source: 'json', url: 'https://x.example' }, 'valuePath'],
    [{ source: 'json', valuePath: 'a' }, 'url'],
    [{ source: 'prometheus', url: 'http://127.0.0.1:9090' }, 'query'],
    [{ source: 'json', url: 'file:///etc/passwd', valuePath: 'a' }, 'url'],
  ])('%j lacks %s', (config, key) => {
    const parsed = gridConfigSchema.safeParse(config);
    expect(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path[0])).toContain(key);
  });
});
