import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import type { Notice } from '../../shared/contract/alert.ts';
import type { EndpointFile } from '../../shared/contract/endpoint-file.ts';
import type { Snapshot } from '../../shared/contract/state.ts';

/** The endpoint's outside, as far as the shell uses it, without a core behind. */
export interface FakeEndpoint {
  readonly endpoint: EndpointFile;
  publish(snapshot: Snapshot): void;
  /** An `alert` event to everybody who listens. */
  alert(notice: Notice): void;
  /** What was sent to be done: method, path and body, in order. */
  readonly acts: readonly { readonly what: string; readonly body: unknown }[];
  /** Methods and paths asked for, in order. */
  readonly asked: readonly string[];
  /** How many follow the events now. */
  followers(): number;
  /** Breaks every event stream off, as a fallen core does. */
  breakStreams(): void;
  stop(): Promise<void>;
}

/** Listens on any free port of 127.0.0.1, or on a unix socket instead; each start has a new token. */
export async function startFakeEndpoint(
  first: Snapshot,
  where: { readonly socketPath?: string } = {},
): Promise<FakeEndpoint> {
  const token = randomBytes(32).toString('base64url');
  const streams = new Set<ServerResponse>();
  const asked: string[] = [];
  const acts: { what: string; body: unknown }[] = [];
  let lastEventId = 0;
  let snapshot = first;
  let codes = 0;

  const server: Server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    asked.push(`${request.method ?? ''} ${path}`);
    const reply = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type }).end(body);
    };
    if (path === '/') {
      reply(200, 'text/html', '<!doctype html><title>fake</title><p>fake core</p>');
      return;
    }
    if (path === '/v1/health') {
      reply(200, 'application/json', '{"status":"ok","version":"0"}');
      return;
    }
    if (request.headers.authorization !== `Bearer ${token}`) {
      reply(401, 'application/json', '{}');
      return;
    }
    if (path === '/v1/state') {
      reply(200, 'application/json', JSON.stringify(snapshot));
      return;
    }
    if (path === '/v1/sign-in-codes') {
      codes += 1;
      const code = `code-${codes}`;
      const url = `${endpoint.url}/#code=${code}`;
      reply(200, 'application/json', JSON.stringify({ code, url, expiresAt: snapshot.at }));
      return;
    }
    if (path === '/v1/wellbeing' && request.method === 'GET') {
      reply(200, 'application/json', '{"value":60,"tags":["on-call"],"effective":50,"until":null}');
      return;
    }
    if (path !== '/v1/events' && request.method !== 'GET') {
      void text(request).then((sent) => {
        acts.push({ what: `${request.method ?? ''} ${path}`, body: sent === '' ? null : JSON.parse(sent) });
        reply(200, 'application/json', '{}');
      });
      return;
    }
    if (path !== '/v1/events') {
      reply(404, 'application/json', '{}');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`retry: 1000\n\n${snapshotEvent(snapshot)}`);
    streams.add(response);
    response.on('close', () => streams.delete(response));
  });
  if (where.socketPath === undefined) server.listen(0, '127.0.0.1');
  else server.listen(where.socketPath);
  await once(server, 'listening');
  const port = where.socketPath === undefined ? (server.address() as AddressInfo).port : 9;
  const endpoint: EndpointFile = {
    url: `http://127.0.0.1:${port}`,
    socket: where.socketPath ?? null,
    token,
    pid: process.pid,
    startedAt: first.at,
    version: first.version,
  };
  const breakStreams = (): void => streams.forEach((response) => response.destroy());

  return {
    endpoint,
    asked,
    acts,
    alert(notice) {
      lastEventId += 1;
      const event = `id: a${lastEventId}\nevent: alert\ndata: ${JSON.stringify(notice)}\n\n`;
      for (const response of streams) response.write(event);
    },
    followers: () => streams.size,
    breakStreams,
    publish(next) {
      snapshot = next;
      for (const response of streams) response.write(snapshotEvent(next));
    },
    async stop() {
      if (!server.listening) return;
      breakStreams();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function snapshotEvent(snapshot: Snapshot): string {
  return `id: ${snapshot.sequence}\nevent: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`;
}
