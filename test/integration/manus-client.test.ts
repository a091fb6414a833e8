import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { afterEach, expect, it } from 'vitest';

import { systemClock } from '../../core/system-clock.ts';
import { createManusClient, type ManusClient } from '../../core/sync/manus-client.ts';
import { manusConfigSchema } from '../../shared/contract/sync-config.ts';
import { manusServer, type ManusServer } from '../fakes/manus-server.ts';
import { makeCertificate } from '../fakes/mail-server.ts';

const servers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function clientOf(baseUrl: string, key: string | null = 'sk-test-key'): ManusClient {
  const config = manusConfigSchema.parse({ enabled: true, baseUrl });
  return createManusClient({
    clock: systemClock,
    settings: () => config,
    readKey: () => Promise.resolve(key),
    fetch: (address, init) => fetch(address, init),
  });
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const answering = async (listener: RequestListener): Promise<ManusClient> =>
  clientOf(`http://${await listening(createServer(listener))}`);
const real = async (): Promise<ManusServer> => {
  const server = await manusServer(systemClock);
  server.lagMs = 0;
  servers.push(server);
  return server;
};
const failureOf = async (client: ManusClient): Promise<object> => {
  const answer = await client.createTask({ title: 't', text: 'x' });
  return answer.ok ? {} : answer.failure;
};

it('speaks as the documentation says', async () => {
  const server = await real();
  const client = clientOf(server.url);
  const created = await client.createTask({ title: 'Vouchers', text: 'Do it' });
  const id = created.ok ? created.value.id : '';
  expect(id).toMatch(/^[A-Za-z0-9]{22}$/);
  expect(await client.updateTitle(id, 'Vouchers, done')).toEqual({ ok: true, value: null });
  expect(await client.task(id)).toMatchObject({
    ok: true,
    value: { title: 'Vouchers, done', status: 'running' },
  });
  expect(await client.listTasks(null)).toMatchObject({
    ok: true,
    value: { tasks: [{ id }], nextCursor: null },
  });
  expect(await client.webhookKey()).toMatchObject({ ok: true });
  expect(await client.updateTitle('x'.repeat(22), 't')).toMatchObject({ failure: { kind: 'not-found' } });
  expect(server.invalid).toEqual([]);
  expect(Math.abs(client.clockAheadMs() ?? Infinity)).toBeLessThan(60_000);
});

it('tells a key that is missing, odd or refused, and never says it', async () => {
  const server = await real();
  expect(await failureOf(clientOf(server.url, null))).toMatchObject({ kind: 'key', mayHaveArrived: false });
  expect(await failureOf(clientOf(server.url, 'a\nb'))).toMatchObject({ kind: 'key' });
  expect(server.requests).toEqual([]);
  const refused = await failureOf(clientOf(server.url, 'sk-other'));
  expect(refused).toMatchObject({ kind: 'key' });
  expect(JSON.stringify(refused)).not.toContain('sk-other');
});

it('knows what surely was not sent from what may have arrived', async () => {
  const server = await real();
  server.faultOf = () => 'reset-after';
  expect(await failureOf(clientOf(server.url))).toMatchObject({ kind: 'cut-off', mayHaveArrived: true });
  server.faultOf = () => 'error-after';
  expect(await failureOf(clientOf(server.url))).toMatchObject({ kind: 'server', mayHaveArrived: true });
  server.faultOf = () => 'rate';
  expect(await failureOf(clientOf(server.url))).toMatchObject({ kind: 'rate', mayHaveArrived: false });
  const closed = createServer();
  const address = await listening(closed);
  await new Promise((resolve) => closed.close(resolve));
  expect(await failureOf(clientOf(`http://${address}`))).toMatchObject({
    kind: 'unreached',
    mayHaveArrived: false,
  });
});

it('trusts no certificate that nobody vouches for', async () => {
  const certificate = makeCertificate();
  certificate.remove();
  const server = createTlsServer(certificate.options, (_request, response) => response.end('{}'));
  const address = await listening(server);
  expect(await failureOf(clientOf(`https://${address}`))).toMatchObject({
    kind: 'tls',
    mayHaveArrived: false,
  });
});

it('follows no redirect, reads no flood, and takes a web page for no answer', async () => {
  const elsewhere: string[] = [];
  const target = await listening(
    createServer((request, response) => {
      elsewhere.push(String(request.headers['x-manus-api-key']));
      response.end();
    }),
  );
  const redirect = await answering((_request, response) => {
    response.writeHead(307, { location: `http://${target}/` }).end();
  });
  expect(await failureOf(redirect)).toMatchObject({ kind: 'address' });
  expect(elsewhere).toEqual([]);
  const flood = await answering((_request, response) =>
    response.end(`{"ok":true,"x":"${'x'.repeat(3_000_000)}"}`),
  );
  expect(await failureOf(flood)).toMatchObject({ kind: 'address', mayHaveArrived: true });
  const page = await answering((_request, response) => response.writeHead(404).end('<html>'));
  expect(await failureOf(page)).toMatchObject({ kind: 'address', mayHaveArrived: false });
  const asked = await answering((_request, response) => {
    response.writeHead(429, { 'retry-after': '42' }).end('{"ok":false,"error":{"code":"rate_limited"}}');
  });
  expect(await failureOf(asked)).toMatchObject({ kind: 'rate', afterMs: 42_000 });
});
