import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { z } from 'zod';

import type { Clock } from '../clock.ts';
import { createActBudget } from './act-budget.ts';
import type { CoreDoor } from './core-door.ts';
import type { EventStream } from './event-stream.ts';
import { acceptGateText } from './gate-body.ts';
import { refusal } from './guard.ts';
import { LIMITS } from './limits.ts';
import { addMetricsRoute } from './metrics-route.ts';
import { openapi } from './openapi.ts';
import { PAGE_CSP, type PageFile } from './page-files.ts';
import { addRawRoutes } from './raw-routes.ts';
import { API_HEADERS, errorBody, refuse } from './refuse.ts';
import { Refused } from './refused.ts';
import { JsonText, type Route } from './route.ts';
import { ROUTES } from './routes.ts';

export interface ServerParts {
  readonly door: CoreDoor;
  readonly clock: Clock;
  readonly events: EventStream;
  readonly page: ReadonlyMap<string, PageFile>;
  readonly accepts: (authorization: string | undefined) => boolean;
  /** The Host every TCP request must name; asked per request, since the port is known only after listening. */
  readonly host: () => string;
  /** Hears of errors that were our own fault. */
  readonly onFault: (error: Error) => void;
}

export interface ApiServer {
  readonly app: FastifyInstance;
  /** For 127.0.0.1. */
  readonly tcp: Server;
  /** For the unix socket: the same routes, no Host to check. */
  readonly socket: Server;
}

const SERVER_OPTIONS = {
  maxHeaderSize: LIMITS.headerBytes,
  headersTimeout: LIMITS.headersTimeoutMs,
  requestTimeout: LIMITS.requestTimeoutMs,
  keepAliveTimeout: LIMITS.keepAliveTimeoutMs,
  connectionsCheckingInterval: LIMITS.connectionsCheckMs,
};

/** Builds the endpoint and listens nowhere: `listen.ts` does, tests use `inject`. */
export function buildServer(parts: ServerParts): ApiServer {
  const openRoutes = new Set(
    ROUTES.filter((route) => route.open).map((route) => `${route.method} ${route.path}`),
  );
  const isOpen = (method: string, path: string): boolean =>
    (method === 'GET' && parts.page.has(path)) || openRoutes.has(`${method} ${path}`);

  const acceptsScrape = (authorization: string | undefined): boolean =>
    parts.door.metrics.acceptsScrape(authorization);
  const acceptsScaling = (authorization: string | undefined): boolean =>
    parts.door.scaling.acceptsReader(authorization);

  const guarded =
    (handler: (request: IncomingMessage, response: ServerResponse) => void, isTcp: boolean) =>
    (request: IncomingMessage, response: ServerResponse): void => {
      const host = isTcp ? parts.host() : null;
      const no = refusal(request, { host, isOpen, accepts: parts.accepts, acceptsScrape, acceptsScaling });
      if (no === null) handler(request, response);
      else refuse(response, no.status, no.code, no.message);
    };
  const serve = (
    handler: (request: IncomingMessage, response: ServerResponse) => void,
    isTcp: boolean,
  ): Server => bounded(createHttpServer(SERVER_OPTIONS, guarded(handler, isTcp)));

  const servers: Server[] = [];
  const app = fastify({
    bodyLimit: LIMITS.bodyBytes,
    forceCloseConnections: true,
    serverFactory: (handler) => {
      const server = serve(handler, true);
      servers.push(server);
      return server;
    },
  });
  app.removeContentTypeParser('text/plain');
  acceptGateText(app);
  addRoutes(app, parts);
  const [tcp] = servers;
  if (tcp === undefined) throw new Error('fastify made no server');
  return { app, tcp, socket: serve((request, response) => app.routing(request, response), false) };
}

function bounded(server: Server): Server {
  server.maxConnections = LIMITS.connections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status =
      error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
    if (!socket.writable) socket.destroy();
    // `end` alone would wait for a peer that never reads, and hold its place for ever.
    else socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`, () => socket.destroy());
  });
  server.on('upgrade', (_request, socket) => socket.destroy());
  return server;
}

function addRoutes(app: FastifyInstance, parts: ServerParts): void {
  const acts = createActBudget(parts.clock);
  const isRaw = (route: Route): boolean => route.rawBodyBytes !== undefined;
  addRawRoutes(app, ROUTES.filter(isRaw), parts);
  for (const route of ROUTES) {
    if (isRaw(route)) continue;
    const inputOf = createInputReader(route);
    app.route({
      method: route.method,
      url: route.path,
      handler(request, reply) {
        answer(route, parts, acts, inputOf, request, reply);
      },
    });
  }
  app.get('/v1/events', (request, reply) => {
    reply.hijack();
    const id = request.headers['last-event-id'];
    const isShell = (request.query as { client?: unknown }).client === 'shell';
    if (!parts.events.attach(reply.raw, typeof id === 'string' ? id : undefined, isShell)) {
      refuse(reply.raw, 503, 'unavailable', 'Too many readers of the event stream.');
    }
  });
  app.get('/openapi.json', (_request, reply) => send(reply, openapi(ROUTES, parts.door.version)));
  addMetricsRoute(app, parts.door);
  for (const [path, file] of parts.page) app.get(path, (_request, reply) => sendPage(reply, file));
  app.setNotFoundHandler((request, reply) => notFound(request, reply));
  app.setErrorHandler((error: FastifyError, _request, reply) => failed(error, reply, parts.onFault));
}

/** Handlers answer at once, so an answer costs no turn of the event loop; the few that look anew are waited for. */
function answer(
  route: Route,
  { door, onFault }: Pick<ServerParts, 'door' | 'onFault'>,
  acts: { take(): boolean },
  inputOf: InputReader,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (route.method !== 'GET' && !acts.take()) {
    reply.header('retry-after', '1');
    throw new Refused(429, 'too-many-requests', 'Too many requests that act; wait a second.');
  }
  const value = route.handle(door, inputOf(request));
  if (value instanceof JsonText) sendPrepared(reply, value);
  else if (value instanceof Promise) {
    value.then(
      (later: unknown) => send(reply, later),
      (error: unknown) => failed(error instanceof Error ? error : new Error(String(error)), reply, onFault),
    );
  } else send(reply, value);
}

/** @throws Refused when a part of the request is not what the route takes */
type InputReader = (request: FastifyRequest) => Parameters<Route['handle']>[1];

/** Programs ask the same again and again: what an address of a GET says is read once. */
function createInputReader({ method, params, query, body }: Route): InputReader {
  const read: InputReader = (request) => ({
    params: parsed(params, request.params),
    query: parsed(query, request.query),
    body: parsed(body, request.body),
  });
  if (method !== 'GET' || body !== undefined) return read;
  let last: { readonly url: string; readonly input: ReturnType<InputReader> } | null = null;
  return (request) => {
    if (last?.url !== request.url) last = { url: request.url, input: read(request) };
    return last.input;
  };
}

function parsed(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value ?? {}, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field =
    issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : (issue?.path.map(String).join('.') ?? '');
  const allowed = issue?.code === 'invalid_value' ? ` Allowed: ${issue.values.map(String).join(', ')}.` : '';
  throw new Refused(422, 'invalid', `${field}: ${issue?.message ?? 'invalid'}.${allowed}`, field);
}

const JSON_HEADERS = { ...API_HEADERS, 'content-type': 'application/json; charset=utf-8' } as const;

function send(reply: FastifyReply, value: unknown): FastifyReply {
  return reply.headers(JSON_HEADERS).send(JSON.stringify(value));
}

/** As Node's `writeHead` takes them with the least work. */
const JSON_HEADER_LINES = Object.entries(JSON_HEADERS).flat();

/** Text that is ready goes straight to the socket: the answers asked for most pass no serializer and no hooks. */
function sendPrepared(reply: FastifyReply, { text }: JsonText): void {
  reply.hijack();
  const sizeBytes = Buffer.byteLength(text);
  reply.raw.writeHead(200, [...JSON_HEADER_LINES, 'content-length', String(sizeBytes)]);
  // As many bytes as characters: it is ASCII, which Node need not encode.
  reply.raw.end(text, sizeBytes === text.length ? 'latin1' : 'utf8');
}

async function sendPage(reply: FastifyReply, file: PageFile): Promise<FastifyReply> {
  return reply
    .headers({
      'content-type': file.contentType,
      'content-security-policy': PAGE_CSP,
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
    .send(await file.read());
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0] ?? '';
  const allowed = ROUTES.filter((route) => matches(route.path, path)).map((route) => route.method);
  if (allowed.length > 0) {
    reply.code(405).header('allow', allowed.join(', '));
    return send(reply, errorBody('method-not-allowed', `Use ${allowed.join(' or ')}.`));
  }
  reply.code(404);
  return send(reply, errorBody('not-found', 'No such address; GET /openapi.json lists them.'));
}

function matches(pattern: string, path: string): boolean {
  const parts = pattern.split('/');
  const given = path.split('/');
  return (
    parts.length === given.length &&
    parts.every((part, index) => part.startsWith(':') || part === given[index])
  );
}

function failed(
  error: FastifyError | Refused | Error,
  reply: FastifyReply,
  onFault: (error: Error) => void,
): FastifyReply {
  if (error instanceof Refused) {
    reply.code(error.status);
    return send(reply, errorBody(error.code, error.message, error.field));
  }
  const status = ('statusCode' in error ? error.statusCode : undefined) ?? 500;
  reply.code(status);
  if (status === 413) {
    reply.header('connection', 'close');
    return send(reply, errorBody('body-too-large', 'At most 1 MB.'));
  }
  if (status === 415) return send(reply, errorBody('not-json', 'Send application/json.'));
  if (status < 500) return send(reply, errorBody('bad-request', 'The request could not be read as JSON.'));
  onFault(error);
  return send(reply, errorBody('internal', 'An error of our own; it is in the log.'));
}
