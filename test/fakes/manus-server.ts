import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { FakeClock } from './fake-clock.ts';
import { randomFrom } from './seeded-random.ts';

export interface ManusTask {
  readonly id: string;
  title: string;
  status: 'running' | 'stopped' | 'waiting' | 'error';
  readonly createdAtMs: number;
  updatedAtMs: number;
}

/** What may go wrong with one request, before or after it had its effect. */
export type ManusFault =
  'rate' | 'error' | 'hang' | 'reset' | 'error-after' | 'hang-after' | 'reset-after' | 'page';

export interface ManusService {
  readonly tasks: ManusTask[];
  /** Every request as it arrived: method, path, headers and body as text. */
  readonly requests: { readonly path: string; readonly atMs: number; readonly text: string }[];
  /** Requests that went over the documented limits. */
  readonly overLimit: string[];
  /** Requests the documented API would refuse: unknown fields, wrong types. */
  readonly invalid: string[];
  /** Decides what goes wrong; null for nothing. */
  faultOf: (path: string) => ManusFault | null;
  /** Keys that are taken. */
  keys: string[];
  /** How long a new id answers 404, milliseconds. */
  lagMs: number;
  /** A delivery as Manus signs it. */
  signed(url: string, body: string, atMs: number): Record<string, string>;
  /** One request, answered or not. */
  respond(asked: AskedOfManus): ManusAnswer;
  /** The same without a network: for a week in a second. Aborting ends a request that hangs. */
  readonly fetch: typeof fetch;
}

export interface ManusServer extends ManusService {
  readonly url: string;
  close(): Promise<void>;
}

interface AskedOfManus {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

type ManusAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly type: string; readonly text: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

const MINUTE_MS = 60_000;
/** 5-integrations 1.2: per user and endpoint, a minute. */
const LIMITS: Readonly<Record<string, number>> = {
  '/v2/task.create': 10,
  '/v2/task.sendMessage': 10,
  '/v2/task.update': 40,
  '/v2/task.stop': 40,
  '/v2/task.detail': 100,
  '/v2/task.list': 100,
};
const PUBLIC = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A service that does what the documentation of Manus v2 says, and fails as networks and servers do. */
export function manusService(clock: Pick<FakeClock, 'wallMs'>, seed = 1): ManusService {
  const random = randomFrom(seed);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const arrivals = new Map<string, number[]>();
  const newId = (): string =>
    Array.from({ length: 22 }, () => PUBLIC[Math.floor(random() * PUBLIC.length)]).join('');

  const state: Omit<ManusService, 'respond' | 'fetch'> = {
    tasks: [],
    requests: [],
    overLimit: [],
    invalid: [],
    faultOf: () => null,
    keys: ['sk-test-key'],
    lagMs: 20_000,
    signed(url, body, atMs) {
      const seconds = String(Math.floor(atMs / 1000));
      const text = `${seconds}.${url}.${createHash('sha256').update(body).digest('hex')}`;
      const signature = sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64');
      return { 'x-webhook-signature': signature, 'x-webhook-timestamp': seconds };
    },
  };

  const countArrival = (path: string): boolean => {
    const nowMs = clock.wallMs();
    const recent = [...(arrivals.get(path) ?? []).filter((at) => nowMs - at < MINUTE_MS), nowMs];
    arrivals.set(path, recent);
    if (recent.length <= (LIMITS[path] ?? 40)) return true;
    state.overLimit.push(path);
    return false;
  };

  const respond = ({ method, target, headers, body }: AskedOfManus): ManusAnswer => {
    const url = new URL(target, 'http://x');
    const path = url.pathname;
    const text = `${method} ${target}\n${JSON.stringify(headers)}\n${body}`;
    state.requests.push({ path, atMs: clock.wallMs(), text });
    const answer = (status: number, value: object): ManusAnswer => ({
      kind: 'answer',
      status,
      type: 'application/json',
      text: JSON.stringify(value),
    });
    const refuse = (status: number, code: string, message: string): ManusAnswer =>
      answer(status, { ok: false, request_id: newId(), error: { code, message } });
    const fault = state.faultOf(path);
    if (fault === 'reset' || fault === 'hang') return { kind: fault };
    if (fault === 'page')
      return { kind: 'answer', status: 200, type: 'text/html', text: '<html>Sign in</html>' };
    if (fault === 'error') return refuse(500, 'internal', 'try again');
    if (!state.keys.includes(headers['x-manus-api-key'] ?? ''))
      return refuse(401, 'unauthenticated', 'invalid api key');
    if (!countArrival(path) || fault === 'rate') return refuse(429, 'rate_limited', 'too many requests');
    const result = act(path, method, url.searchParams, body);
    if (fault === 'reset-after') return { kind: 'reset' };
    if (fault === 'hang-after') return { kind: 'hang' };
    if (fault === 'error-after') return refuse(500, 'internal', 'try again');
    if (!('refused' in result)) return answer(200, { ok: true, request_id: newId(), ...result });
    const { refused, code, status } = result as Refused;
    if (status === 400) state.invalid.push(`${path}: ${refused}`);
    return refuse(status, code, refused);
  };

  type Refused = { readonly refused: string; readonly code: string; readonly status: number };
  type Result = Record<string, unknown> | Refused;
  const bad = (refused: string): Result => ({ refused, code: 'invalid_argument', status: 400 });
  const missing: Result = { refused: 'task not found', code: 'not_found', status: 404 };
  const shown = (task: ManusTask): object => ({
    id: task.id,
    status: task.status,
    created_at: Math.floor(task.createdAtMs / 1000),
    updated_at: Math.floor(task.updatedAtMs / 1000),
    task_type: 'standard',
    share_visibility: 'private',
    title: task.title,
    task_url: `https://manus.im/app/${task.id}`,
  });
  const visible = (id: unknown): ManusTask | undefined =>
    state.tasks.find((task) => task.id === id && clock.wallMs() - task.createdAtMs >= state.lagMs);

  const act = (path: string, method: string, query: URLSearchParams, body: string): Result => {
    switch (`${method} ${path}`) {
      case 'POST /v2/task.create': {
        const given = bodyOf(body, [
          'message',
          'project_id',
          'title',
          'locale',
          'agent_profile',
          'interactive_mode',
          'hide_in_task_list',
          'share_visibility',
          'structured_output_schema',
        ]);
        if (typeof given === 'string') return bad(given);
        const message = given['message'] as Record<string, unknown> | undefined;
        if (typeof message?.['content'] !== 'string' || message['content'] === '')
          return bad('message.content is required');
        if (!Array.isArray(message['connectors']))
          return bad('(test) connectors must be given, or defaults are used');
        const title = typeof given['title'] === 'string' ? given['title'] : 'New task';
        const nowMs = clock.wallMs();
        const task: ManusTask = {
          id: newId(),
          title,
          status: 'running',
          createdAtMs: nowMs,
          updatedAtMs: nowMs,
        };
        state.tasks.push(task);
        return {
          task_id: task.id,
          task_title: title,
          task_url: `https://manus.im/app/${task.id}`,
          share_visibility: 'private',
        };
      }
      case 'POST /v2/task.update': {
        const given = bodyOf(body, ['task_id', 'title', 'share_visibility', 'enable_visible_in_task_list']);
        if (typeof given === 'string') return bad(given);
        if (typeof given['title'] !== 'string' || given['title'] === '') return bad('title must be a string');
        if (given['title'].length > 500) return bad('title is too long');
        const task = visible(given['task_id']);
        if (task === undefined) return missing;
        task.title = given['title'];
        task.updatedAtMs = clock.wallMs();
        return {
          task_id: task.id,
          task_title: task.title,
          task_url: `https://manus.im/app/${task.id}`,
          share_visibility: 'private',
        };
      }
      case 'GET /v2/task.list': {
        const limit = Number(query.get('limit') ?? 20);
        if (!Number.isInteger(limit) || limit < 1 || limit > 100) return bad('limit must be 1 to 100');
        const all = state.tasks
          .filter(({ id }) => visible(id) !== undefined)
          .sort((one, other) => other.createdAtMs - one.createdAtMs);
        const from = Number(query.get('cursor') ?? 0);
        const data = all.slice(from, from + limit).map(shown);
        const hasMore = from + limit < all.length;
        return { data, has_more: hasMore, ...(hasMore ? { next_cursor: String(from + limit) } : {}) };
      }
      case 'GET /v2/task.detail': {
        const task = visible(query.get('task_id'));
        return task === undefined ? missing : { task: shown(task) };
      }
      case 'GET /v2/webhook.publicKey':
        return { public_key: publicKey.export({ type: 'spki', format: 'pem' }), algorithm: 'RSA-SHA256' };
      default:
        return { refused: 'no such method', code: 'not_found', status: 404 };
    }
  };

  return Object.assign(state, {
    respond,
    fetch: (async (address, init) => {
      const url = new URL(address instanceof Request ? address.url : address);
      const headers = Object.fromEntries(new Headers(init?.headers));
      const body = typeof init?.body === 'string' ? init.body : '';
      const answer = respond({
        method: init?.method ?? 'GET',
        target: `${url.pathname}${url.search}`,
        headers,
        body,
      });
      if (answer.kind === 'hang') {
        await new Promise<never>((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        });
      }
      if (answer.kind !== 'answer') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
      const date = new Date(clock.wallMs()).toUTCString();
      return new Response(answer.text, {
        status: answer.status,
        headers: { 'content-type': answer.type, date },
      });
    }) satisfies typeof fetch,
  });
}

/** The same behind a port of 127.0.0.1. */
export async function manusServer(clock: Pick<FakeClock, 'wallMs'>, seed = 1): Promise<ManusServer> {
  const service = manusService(clock, seed);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const body = Buffer.concat(chunks).toString('utf8');
      const answer = service.respond({
        method: request.method ?? '',
        target: request.url ?? '/',
        headers,
        body,
      });
      if (answer.kind === 'reset') request.socket.destroy();
      if (answer.kind !== 'answer') return;
      const date = new Date(clock.wallMs()).toUTCString();
      response.writeHead(answer.status, { 'content-type': answer.type, date }).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(service, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

/** The fields of a body, or why it is refused. */
function bodyOf(text: string, allowed: readonly string[]): Record<string, unknown> | string {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const unknown = Object.keys(value).find((name) => !allowed.includes(name));
    return unknown === undefined ? value : `unknown field ${unknown}`;
  } catch {
    return 'the body is not JSON';
  }
}
