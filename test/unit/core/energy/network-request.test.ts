import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';

import { createGetSmall } from '../../../../core/energy/network-request.ts';
import { systemClock } from '../../../../core/system-clock.ts';

const get = createGetSmall(systemClock);
const servers: Server[] = [];
const serve = async (listener: RequestListener) => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
};
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});
const limits = { timeoutMs: 1000, maxBytes: 100 };

describe('a small request', () => {
  it('gives status, headers and body', async () => {
    const url = await serve((request, response) => {
      response.setHeader('content-type', 'text/plain');
      response.end(`hello ${String(request.headers['x-name'])}`);
    });
    expect(await get({ url, headers: { 'x-name': 'you' }, ...limits })).toMatchObject({
      statusCode: 200,
      body: 'hello you',
      isWhole: true,
      headers: { 'content-type': 'text/plain' },
    });
  });

  it('does not follow a redirect', async () => {
    let hits = 0;
    const url = await serve((_, response) => {
      hits += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect((await get({ url, ...limits })).statusCode).toBe(302);
    expect(hits).toBe(1);
  });

  it('takes no more than it wants', async () => {
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write('a'.repeat(60)), 5);
      response.on('close', () => clearInterval(timer));
    });
    const answer = await get({ url, ...limits });
    expect(answer.isWhole).toBe(false);
    expect(answer.body).toHaveLength(100);
  });

  it.each<[string, RequestListener]>([
    ['silence', () => undefined],
    ['half an answer', (_, response) => void response.writeHead(200).write('a')],
  ])('%s ends at the deadline', async (_, listener) => {
    const url = await serve(listener);
    const startedMs = performance.now();
    await expect(get({ url, timeoutMs: 300, maxBytes: 100 })).rejects.toThrow('did not answer within 0.3 s');
    expect(performance.now() - startedMs).toBeLessThan(1500);
  });

  it('names what went wrong', async () => {
    const url = await serve((request) => request.socket.destroy());
    await expect(get({ url, ...limits })).rejects.toThrow('cannot be reached (ECONNRESET)');
    await expect(get({ url: 'http://127.0.0.1:1/', ...limits })).rejects.toThrow(
      'cannot be reached (ECONNREFUSED)',
    );
  });
});
