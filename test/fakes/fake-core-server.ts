import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { PAGE_CSP, pageFiles } from '../../core/api/page-files.ts';
import type { WellbeingReply } from '../../shared/contract/requests.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { createFakeProjectRoutes } from './fake-project-routes.ts';
import type { Answer, FakeProjectParts } from './fake-project-routes.ts';
import { lastHourBefore } from './last-hour.ts';

/** The endpoint as the page knows it, with the troubles a test wants to cause. */
export interface FakeCore {
  readonly origin: string;
  /** An address with a new one-time code. */
  signInUrl(): string;
  /** What GET /v1/state answers from now on, and an event to every open stream. */
  publish(snapshot: Snapshot): void;
  /** A comment line on every open stream. */
  beat(): void;
  /** Closes the port and cuts every connection, as a core that died. */
  goDown(): Promise<void>;
  /** Listens on the same port again; with `newToken` as a core that was restarted. */
  comeBack(options: { newToken: boolean }): Promise<void>;
  /** While held, nothing is answered at all. */
  hold(isHeld: boolean): void;
  /** While unreadable, everything but the state and its events is answered with an error of the core's own. */
  breakRecord(isBroken: boolean): void;
  /** While refusing, what the person sets is not kept. */
  refuse(isRefusing: boolean): void;
  /** The person's own number from now on; null is not set. */
  feel(value: number | null): void;
  /** What was asked to be kept as the person's well-being, in order. */
  readonly saved: readonly Pick<WellbeingReply, 'value' | 'tags'>[];
  /** Method and path of every request, in order. */
  readonly requests: readonly string[];
  /** Last-Event-ID of every opened stream; null where none was sent. */
  readonly resumedAt: readonly (string | null)[];
  stop(): Promise<void>;
}

/** What its projects did before, and what it makes of made-up power. */
type ProjectParts = Pick<FakeProjectParts, 'record' | 'simulate'>;

/** What a test answers itself; null leaves the question to the routes that are here. */
export type MoreAnswers = (
  method: string,
  url: URL,
  bodyText: string,
) => Answer | null | Promise<Answer | null>;

const NOTHING_HAPPENED: ProjectParts = {
  record: { incidents: [], deployments: [], audits: [] },
  simulate: () => ({ level: 'UNKNOWN', why: 'nothing is made up here', projects: [] }),
};

export async function startFakeCore(
  pageDir: string,
  first: Snapshot,
  projectParts: ProjectParts = NOTHING_HAPPENED,
  more: MoreAnswers = () => null,
): Promise<FakeCore> {
  // Read once, so that a build meanwhile pulls no file from under a test.
  const files = new Map<string, { contentType: string; content: Buffer }>();
  for (const [path, file] of pageFiles(pageDir)) {
    files.set(path, { contentType: file.contentType, content: await file.read() });
  }
  const codes = new Set<string>();
  const streams = new Set<ServerResponse>();
  const requests: string[] = [];
  const resumedAt: (string | null)[] = [];
  let token = newSecret();
  let snapshot = first;
  let isHeld = false;
  let isRefusing = false;
  let isBroken = false;
  let wellbeing = feltAs(null);
  const saved: Pick<WellbeingReply, 'value' | 'tags'>[] = [];
  let lastId = 40;
  let server: Server;

  const publish = (next: Snapshot): void => {
    snapshot = next;
    lastId += 1;
    const text = `id: ${lastId}\nevent: snapshot\ndata: ${JSON.stringify(next)}\n\n`;
    for (const stream of streams) stream.write(text);
  };
  const projects = createFakeProjectRoutes({ ...projectParts, snapshot: () => snapshot, publish });

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const route = `${request.method ?? ''} ${(request.url ?? '').split('?')[0] ?? ''}`;
    requests.push(route);
    if (isHeld) return;
    const file = request.method === 'GET' ? files.get(route.slice(4)) : undefined;
    if (file !== undefined) {
      response.writeHead(200, { 'content-type': file.contentType, 'content-security-policy': PAGE_CSP });
      response.end(file.content);
    } else if (route === 'POST /v1/sign-in') {
      const { code } = JSON.parse(await bodyOf(request)) as { code: string };
      if (codes.delete(code)) json(response, 200, { token });
      else json(response, 401, { error: { code: 'bad-token', message: 'The code was used or is too old.' } });
    } else if (request.headers.authorization !== `Bearer ${token}`) {
      json(response, 401, { error: { code: 'bad-token', message: 'Sign in.' } });
    } else if (route === 'GET /v1/state') {
      json(response, 200, snapshot);
    } else if (route === 'GET /v1/events') {
      const header = request.headers['last-event-id'];
      resumedAt.push(typeof header === 'string' ? header : null);
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 1000\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
    } else if (route === 'GET /v1/nearby') {
      json(response, 200, []);
    } else if (route === 'GET /v1/wellbeing' || route === 'PUT /v1/wellbeing') {
      if (request.method === 'PUT') {
        const asked = JSON.parse(await bodyOf(request)) as Pick<WellbeingReply, 'value' | 'tags'>;
        saved.push(asked);
        if (isRefusing) {
          json(response, 500, { error: { code: 'internal', message: 'Disk full.' } });
          return;
        }
        wellbeing = feltAs(asked.value, asked.tags);
      }
      json(response, 200, wellbeing);
    } else if (
      request.method === 'GET' &&
      (request.url ?? '').startsWith('/v1/history?metric=percent&from=-60m')
    ) {
      json(response, 200, lastHourBefore(snapshot));
    } else if (isBroken) {
      json(response, 500, { error: { code: 'internal', message: 'An error of our own; it is in the log.' } });
    } else {
      const [method, url, body] = [request.method ?? '', request.url ?? '', await bodyOf(request)];
      const answer = (await more(method, new URL(url, origin), body)) ?? projects.answer(method, url, body);
      if (answer !== null) json(response, answer.status, answer.value);
      else json(response, 404, { error: { code: 'not-found', message: 'No such path.' } });
    }
  };

  const listen = async (port: number): Promise<void> => {
    server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  };
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };

  await listen(0);
  const { port } = server!.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    requests,
    resumedAt,
    saved,
    refuse(refusing) {
      isRefusing = refusing;
    },
    feel(value) {
      wellbeing = feltAs(value);
    },
    signInUrl() {
      const code = newSecret();
      codes.add(code);
      return `${origin}/#code=${code}`;
    },
    publish,
    beat() {
      for (const stream of streams) stream.write(':\n\n');
    },
    breakRecord(broken) {
      isBroken = broken;
    },
    goDown: close,
    async comeBack({ newToken }) {
      if (newToken) token = newSecret();
      await listen(port);
    },
    hold(held) {
      isHeld = held;
    },
    stop: close,
  };
}

/** Not set, it counts as 70; each tag takes 10. */
function feltAs(value: number | null, tags: WellbeingReply['tags'] = []): WellbeingReply {
  const effective = Math.max(0, (value ?? 70) - 10 * tags.length);
  const isSet = value !== null || tags.length > 0;
  return { value, tags, effective, until: isSet ? '2026-01-05T22:00:00.000Z' : null };
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
