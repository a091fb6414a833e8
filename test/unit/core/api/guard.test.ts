import { expect, test } from 'vitest';

import { refusal, type GuardedRequest } from '../../../../core/api/guard.ts';

const HOST = '127.0.0.1:7717';
const rules = {
  host: HOST,
  isOpen: (_method: string, path: string) => path === '/v1/health' || path === '/',
  accepts: (authorization: string | undefined) => authorization === 'Bearer good',
};
const request = (
  change: { url?: string; hosts?: string[]; headers?: Record<string, string> } = {},
): GuardedRequest => {
  const hosts = change.hosts ?? [HOST];
  return {
    method: 'GET',
    url: change.url ?? '/v1/state',
    rawHeaders: hosts.flatMap((host) => ['Host', host]),
    headers: {
      authorization: 'Bearer good',
      ...(hosts[0] === undefined ? {} : { host: hosts[0] }),
      ...change.headers,
    },
  };
};

test('a good request passes', () => {
  expect(refusal(request(), rules)).toBeNull();
  expect(
    refusal(request({ headers: { origin: `http://${HOST}`, 'sec-fetch-site': 'same-origin' } }), rules),
  ).toBeNull();
  expect(refusal(request({ headers: { 'sec-fetch-site': 'none' } }), rules)).toBeNull();
});

test.each([
  'evil.com',
  `${HOST}.evil.com`,
  '2130706433:7717',
  '0.0.0.0:7717',
  '127.0.0.1:80',
  'localhost:7717',
  '',
])('Host %j is refused also with a good token', (host) =>
  expect(refusal(request({ hosts: [host] }), rules)).toMatchObject({ status: 403, code: 'bad-host' }),
);
test('no Host and two Hosts are refused', () => {
  expect(refusal(request({ hosts: [] }), rules)?.status).toBe(403);
  expect(refusal(request({ hosts: [HOST, 'evil.com'] }), rules)?.status).toBe(403);
});

test.each(['http://evil.com', 'null', 'http://127.0.0.1:3000', `http://${HOST}.evil.com`, `https://${HOST}`])(
  'Origin %j is refused',
  (origin) =>
    expect(refusal(request({ headers: { origin } }), rules)).toMatchObject({
      status: 403,
      code: 'bad-origin',
    }),
);
test.each(['cross-site', 'same-site'])('a %s request without Origin is refused', (site) => {
  expect(refusal(request({ headers: { 'sec-fetch-site': site } }), rules)?.code).toBe('bad-site');
});

test.each(['http://evil.com/x', '//evil.com', '*', ''])('target %j is refused', (url) => {
  expect(refusal(request({ url }), rules)).toMatchObject({ status: 400, code: 'bad-target' });
});

test.each([undefined, 'Bearer bad', 'Basic good', 'bearer good', ''])(
  'authorization %j opens nothing',
  (authorization) => {
    const headers = authorization === undefined ? { authorization: 'Bearer ' } : { authorization };
    expect(refusal(request({ headers }), rules)).toMatchObject({ status: 401, code: 'bad-token' });
  },
);
test('a token in the query is never read', () => {
  expect(
    refusal(request({ url: '/v1/state?token=good', headers: { authorization: '' } }), rules)?.status,
  ).toBe(401);
});

test('open paths need no token, and still a good Host and no foreign Origin', () => {
  const headers = { authorization: '' };
  expect(refusal(request({ url: '/v1/health', headers }), rules)).toBeNull();
  expect(refusal(request({ url: '/v1/health?x=1', headers }), rules)).toBeNull();
  expect(refusal(request({ url: '/v1/health', hosts: ['evil.com'], headers }), rules)?.status).toBe(403);
  expect(
    refusal(request({ url: '/', headers: { ...headers, origin: 'http://evil.com' } }), rules)?.status,
  ).toBe(403);
});

test('the token of a scraper opens GET /metrics and nothing else', () => {
  const scraping = {
    ...rules,
    acceptsScrape: (authorization: string | undefined) => authorization === 'Bearer scrape',
  };
  const asked = (url: string, method = 'GET') =>
    refusal({ ...request({ url, headers: { authorization: 'Bearer scrape' } }), method }, scraping)?.status ??
    'open';
  expect([asked('/metrics'), asked('/metrics?x=1')]).toEqual(['open', 'open']);
  expect(['/v1/state', '/metrics/', '/openapi.json', '/v1/events'].map((url) => asked(url))).toEqual([
    401, 401, 401, 401,
  ]);
  expect([asked('/metrics', 'POST'), asked('/v1/sign-in-codes', 'POST')]).toEqual([401, 401]);
  expect(refusal(request({ url: '/metrics' }), scraping)).toBeNull();
});
