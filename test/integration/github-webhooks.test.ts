import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { CoreDoor } from '../../core/api/core-door.ts';
import { createEventStream } from '../../core/api/event-stream.ts';
import { buildServer, type ApiServer } from '../../core/api/server.ts';
import { createWebhookReceiver } from '../../core/sync/github/webhook-receiver.ts';
import { systemClock } from '../../core/system-clock.ts';
import { fakeClock, type FakeClock } from '../fakes/fake-clock.ts';
import { syncHouse, type SyncHouse } from '../fakes/sync-house.ts';

/** The endpoint's own server in front of the receiver, over a real socket. */
const SECRET = "It's a Secret to Everybody";
const MB = 1024 * 1024;

let house: SyncHouse;
let server: ApiServer;
let port: number;
let clock: FakeClock;
let taken: number;
const faults: unknown[] = [];

beforeAll(async () => {
  house = await syncHouse();
  clock = fakeClock();
  const receive = createWebhookReceiver({
    clock: house.clock,
    secret: () => SECRET,
    outbox: house.outbox(),
    take: () => {
      taken += 1;
      return true;
    },
  });
  // The rest of the door is not asked for here.
  const door = {
    version: '1.0.0',
    webhooks: { github: receive },
    metrics: { acceptsScrape: () => false },
  } as unknown as CoreDoor;
  server = buildServer({
    door,
    clock,
    events: createEventStream(systemClock),
    page: new Map(),
    accepts: () => false,
    host: () => `127.0.0.1:${port}`,
    onFault: (error) => faults.push(error),
  });
  await server.app.ready();
  server.tcp.listen(0, '127.0.0.1');
  await once(server.tcp, 'listening');
  port = (server.tcp.address() as AddressInfo).port;
});
beforeEach(async () => {
  taken = 0;
  // The budget of calls is full again.
  await clock.advanceMs(60_000);
});
afterAll(async () => {
  server.tcp.closeAllConnections();
  server.socket.close();
  await server.app.close();
  house.remove();
  expect(faults).toEqual([]);
});

interface Call {
  readonly body: string | Buffer;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly without?: string;
}
interface Got {
  readonly status: number;
  readonly value: {
    readonly status?: string;
    readonly error?: { readonly code: string; readonly message: string };
  };
}

let calls = 0;
async function call({ body, path = '/v1/webhooks/github', headers = {}, without = '' }: Call): Promise<Got> {
  calls += 1;
  const all: Record<string, string> = {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': `delivery-${calls}`,
    'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
    ...headers,
  };
  const kept = Object.fromEntries(Object.entries(all).filter(([name]) => name !== without));
  return new Promise((resolve, reject) => {
    const sending = request({ port, host: '127.0.0.1', path, method: 'POST', headers: kept }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, value: JSON.parse(text) as Got['value'] });
      });
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

/** A push of about so many bytes. */
function push(sizeBytes = 0): string {
  const commits = [{ id: 'b'.repeat(40), message: 'x'.repeat(sizeBytes) }];
  return JSON.stringify({
    ref: 'refs/heads/main',
    after: 'b'.repeat(40),
    commits,
    repository: { full_name: 'a/b' },
  });
}

test('what GitHub signed needs no token: 202, and 200 when it comes again', async () => {
  const body = push(1);
  const headers = { 'x-github-delivery': 'the-same' };
  expect(await call({ body, headers })).toEqual({ status: 202, value: { status: 'accepted' } });
  expect(await call({ body, headers })).toEqual({ status: 200, value: { status: 'replayed' } });
  expect(taken).toBe(1);
});

test('the bytes count, not their meaning: odd spaces and letters keep their signature', async () => {
  const body = `{ "ref":"refs/heads/\\u006dain",\n"after":"${'c'.repeat(40)}", "commits":[], "repository":{"full_name":"ä/b"} }\n`;
  expect((await call({ body })).status).toBe(202);
});

test.each<[string, Omit<Call, 'body'>, number, string]>([
  ['no signature', { without: 'x-hub-signature-256' }, 401, 'bad-token'],
  ['a wrong signature', { headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` } }, 401, 'bad-token'],
  ['no delivery id', { without: 'x-github-delivery' }, 400, 'bad-request'],
  ['no event name', { without: 'x-github-event' }, 400, 'bad-request'],
  ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'not-json'],
  ['a foreign page', { headers: { origin: 'http://evil.example' } }, 403, 'bad-origin'],
])('%s is refused by its code', async (_what, over, status, code) => {
  const got = await call({ body: push(2), ...over });
  expect(got.status).toBe(status);
  expect(got.value.error?.code).toBe(code);
  expect(taken).toBe(0);
});

test('an unknown event is taken note of and ignored', async () => {
  const got = await call({
    body: '{"zen":"Keep it logically awesome."}',
    headers: { 'x-github-event': 'brand_new' },
  });
  expect(got).toEqual({ status: 202, value: { status: 'ignored' } });
  expect(taken).toBe(0);
});

test('24 MB pass, 25 MB and more do not, and nothing else takes more than 1 MB', async () => {
  expect((await call({ body: push(24 * MB) })).status).toBe(202);
  const tooLarge = await call({ body: push(25 * MB) });
  expect(tooLarge.status).toBe(413);
  expect(tooLarge.value.error).toEqual({ code: 'body-too-large', message: 'At most 25 MB.' });
  const elsewhere = await call({ body: `{"code":"${'x'.repeat(2 * MB)}"}`, path: '/v1/sign-in' }).catch(
    () => null,
  );
  // The connection may break while the rest is still being sent.
  if (elsewhere !== null) expect(elsewhere.status).toBe(413);
  expect(taken).toBe(1);
});

test('strangers that knock without end are held off, and use up nobody else\u2019s calls', async () => {
  const headers = { 'x-hub-signature-256': 'sha256=no' };
  const codes: number[] = [];
  for (let count = 0; count < 60; count += 1) codes.push((await call({ body: '{}', headers })).status);
  expect(codes.slice(0, 50)).toEqual(codes.slice(0, 50).map(() => 401));
  expect(codes.slice(50)).toEqual(codes.slice(50).map(() => 429));
  const other = await call({ body: '{}', path: '/v1/sign-in' });
  expect(other.status).toBe(422);
});
