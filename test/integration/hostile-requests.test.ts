import { connect } from 'node:net';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { errorSchema } from '../../shared/contract/errors.ts';
import { makeHome, startDaemon, type Home, type RunningDaemon } from './running-daemon.ts';

/** The endpoint of the real daemon, spoken to byte by byte (6-reliability, rows 1-22). */
let home: Home;
let daemon: RunningDaemon;
let host: string;
let token: string;

beforeAll(async () => {
  home = makeHome();
  daemon = await startDaemon(home);
  host = daemon.endpoint.url.slice('http://'.length);
  token = daemon.endpoint.token;
});
afterAll(async () => {
  expect((await daemon.get('/v1/health')).status).toBe(200);
  await daemon.stop();
  home.remove();
});

interface Raw {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

async function raw(text: string): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(host.split(':')[1]), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setTimeout(15_000, () => socket.destroy(new Error(`silent after ${answer.length} bytes`)));
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', (error) => (answer === '' ? reject(error) : undefined));
    socket.on('close', () => {
      const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, body });
    });
  });
}

interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string | null;
  readonly token?: string | null;
  readonly headers?: readonly string[];
  readonly body?: string;
}
function ask(request: Ask): Promise<Raw> {
  const lines = [`${request.method ?? 'GET'} ${request.path ?? '/v1/state'} HTTP/1.1`];
  if (request.host !== null) lines.push(`Host: ${request.host ?? host}`);
  if (request.token !== null) lines.push(`Authorization: Bearer ${request.token ?? token}`);
  if (request.body !== undefined) lines.push(`Content-Length: ${Buffer.byteLength(request.body)}`);
  return raw(
    [...lines, ...(request.headers ?? []), 'Connection: close', '', request.body ?? ''].join('\r\n'),
  );
}
const json = 'Content-Type: application/json';

test.each<[string, Ask, number, string]>([
  ['a foreign Host', { host: 'evil.com' }, 403, 'bad-host'],
  ['the name localhost', { host: 'localhost' }, 403, 'bad-host'],
  ['two Hosts', { headers: ['Host: evil.com'] }, 403, 'bad-host'],
  ['a foreign Origin', { headers: ['Origin: http://evil.com'] }, 403, 'bad-origin'],
  ['the null Origin', { headers: ['Origin: null'] }, 403, 'bad-origin'],
  ['a page on another local port', { headers: ['Sec-Fetch-Site: same-site'] }, 403, 'bad-site'],
  ['an absolute target', { path: 'http://evil.com/v1/state' }, 400, 'bad-target'],
  ['no token', { token: null }, 401, 'bad-token'],
  ['a wrong token', { token: 'x'.repeat(43) }, 401, 'bad-token'],
  ['an unknown address without token', { path: '/v1/nothing', token: null }, 401, 'bad-token'],
  ['an unknown address', { path: '/v1/nothing' }, 404, 'not-found'],
  ['a path that climbs', { path: '/../package.json' }, 404, 'not-found'],
  ['an unknown project', { path: '/v1/decisions/nobody' }, 404, 'not-found'],
  ['a bad change type', { path: '/v1/decisions/infrastructure?change=big' }, 422, 'invalid'],
  ['an unknown parameter', { path: '/v1/decisions/infrastructure?chang=fix' }, 422, 'invalid'],
  ['a wrong method', { method: 'DELETE', path: '/v1/state' }, 405, 'method-not-allowed'],
  [
    'text instead of JSON',
    { method: 'POST', path: '/v1/sign-in', headers: ['Content-Type: text/plain'], body: '{"code":"x"}' },
    415,
    'not-json',
  ],
  ['half a JSON', { method: 'POST', path: '/v1/sign-in', headers: [json], body: '{' }, 400, 'bad-request'],
  [
    'a prototype in JSON',
    { method: 'POST', path: '/v1/sign-in', headers: [json], body: '{"__proto__":{"code":"x"}}' },
    400,
    'bad-request',
  ],
  [
    'a list instead of an object',
    { method: 'POST', path: '/v1/sign-in', headers: [json], body: '[]' },
    422,
    'invalid',
  ],
  [
    'a wrong code',
    { method: 'POST', path: '/v1/sign-in', headers: [json], body: '{"code":"guess"}' },
    401,
    'bad-token',
  ],
  [
    '2 MB',
    {
      method: 'POST',
      path: '/v1/sign-in',
      headers: [json],
      body: `{"code":"${'x'.repeat(2 * 1024 * 1024)}"}`,
    },
    413,
    'body-too-large',
  ],
])('%s is refused by its code', async (_what, request, status, code) => {
  const answer = await ask(request);
  expect(answer.status).toBe(status);
  expect(errorSchema.parse(JSON.parse(answer.body)).error.code).toBe(code);
  expect(answer.head.toLowerCase()).not.toContain('access-control-');
  expect(answer.head.toLowerCase()).toContain('x-content-type-options: nosniff');
});

test('a refusal names the field and what is allowed', async () => {
  const answer = await ask({ path: '/v1/decisions/infrastructure?change=big' });
  expect(errorSchema.parse(JSON.parse(answer.body)).error).toMatchObject({
    field: 'change',
    message: expect.stringContaining('feature, fix, revert, safe, experiment, infra') as string,
  });
});

test.each([
  ['no Host at all', 'GET /v1/state HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  [
    'two lengths',
    'POST /v1/sign-in HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  ['9 KB of headers', `GET /v1/state HTTP/1.1\r\nHost: HOST\r\nX-Long: ${'x'.repeat(9_000)}\r\n\r\n`, 431],
])('%s is closed at once', async (_what, text, status) => {
  expect((await raw(text.replace('HOST', host))).status).toBe(status);
});

test('a header that never ends is closed after about 5 s', async () => {
  const startedMs = performance.now();
  expect((await raw(`GET /v1/state HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `)).status).toBe(408);
  expect(performance.now() - startedMs).toBeLessThan(9_000);
});

test('idle connections in hundreds lock nobody out', async () => {
  const idle = Array.from({ length: 300 }, () =>
    connect(Number(host.split(':')[1]), '127.0.0.1').on('error', () => undefined),
  );
  await daemon.until('/v1/health', () => true, 1).catch(() => undefined);
  const startedMs = performance.now();
  for (;;) {
    const good = await fetch(`${daemon.endpoint.url}/v1/health`, { signal: AbortSignal.timeout(1_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (good) break;
    expect(performance.now() - startedMs).toBeLessThan(9_000);
  }
  for (const socket of idle) socket.destroy();
}, 30_000);

test('health says two things and needs no token; the document lists every route', async () => {
  const health = await ask({ path: '/v1/health', token: null });
  expect(Object.keys(JSON.parse(health.body) as object)).toEqual(['status', 'version']);
  const document = JSON.parse((await ask({ path: '/openapi.json' })).body) as { paths: object };
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/v1/state', '/v1/decisions/{project}', '/v1/events', '/v1/health']),
  );
});
