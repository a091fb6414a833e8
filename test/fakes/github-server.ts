import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it answers for `owner/name`; by path below /repos/owner/name, with the query left out. */
export type Pages = Record<string, unknown>;

export interface Heard {
  readonly method: string;
  /** Below the base address, query included. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  /** What it was answered with; 0 until then, 1 where it gets no answer. */
  status: number;
}

const NO_ANSWER = 1;
type Reply = readonly [status: number, value: unknown, headers?: Record<string, string>];

export type Mood = 'well' | 'limited' | 'secondary' | 'failing' | 'hanging' | 'resetting';

/** GitHub's API as far as it is used here: tokens, ETags, limits, statuses, check runs, GraphQL. */
export interface GitHubServer {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** Texts of every request whole, to look for what must not be in them. */
  readonly bytes: readonly string[];
  pages: Pages;
  mood: Mood;
  /** Tokens that are taken. */
  readonly tokens: Set<string>;
  /** What an App gets for its JWT. */
  appOf: (jwt: string) => object;
  /** What the App is told of its installation at the repository; null where there is none. */
  installation: { readonly id: number } | null;
  /** Errors of the next GraphQL answers. */
  graphqlErrors: readonly object[];
  /** Seconds until the limit is over, while it is limited. */
  limitSeconds: number;
  stop(): Promise<void>;
}

export async function startGitHubServer(repository: string): Promise<GitHubServer> {
  const heard: Heard[] = [];
  const bytes: string[] = [];
  const base = `/repos/${repository}`;

  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => (text += piece));
    request.on('end', () => answer(request, response, text));
  });
  const answer = (request: IncomingMessage, response: ServerResponse, text: string): void => {
    const { method = '', url = '', headers } = request;
    bytes.push([method, url, ...request.rawHeaders, text].join('\n'));
    const entry: Heard = {
      method,
      path: url,
      authorization: headers.authorization,
      body: text === '' ? {} : (JSON.parse(text) as Heard['body']),
      status: 0,
    };
    heard.push(entry);
    const reply = ([status, value, more = {}]: Reply): void => {
      entry.status = status;
      const json = value === undefined ? '' : JSON.stringify(value);
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...more }).end(json);
    };
    if (fake.mood === 'hanging') {
      entry.status = NO_ANSWER;
      return;
    }
    if (fake.mood === 'resetting') {
      entry.status = NO_ANSWER;
      request.socket.destroy();
    } else reply(answerTo(entry, headers['if-none-match']));
  };
  const answerTo = (entry: Heard, knownTag: string | undefined): Reply => {
    const { method, path: url } = entry;
    if (fake.mood === 'failing') return [502, { message: 'Server Error' }];
    if (fake.mood === 'limited') {
      const reset = Math.floor(Date.now() / 1000) + fake.limitSeconds;
      return [
        403,
        { message: 'API rate limit exceeded' },
        { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) },
      ];
    }
    if (fake.mood === 'secondary') {
      const message = 'You have exceeded a secondary rate limit';
      return [403, { message }, { 'retry-after': String(fake.limitSeconds) }];
    }
    if (url.endsWith('/access_tokens'))
      return [201, fake.appOf(entry.authorization?.slice('Bearer '.length) ?? '')];
    if (url === `${base}/installation`)
      return fake.installation === null ? [404, { message: 'Not Found' }] : [200, fake.installation];
    const token = /^(?:token|bearer) (.+)$/i.exec(entry.authorization ?? '')?.[1];
    if (token === undefined || !fake.tokens.has(token)) return [401, { message: 'Bad credentials' }];
    if (url === '/graphql') {
      if (fake.graphqlErrors.length > 0) return [200, { data: null, errors: fake.graphqlErrors }];
      return [200, { data: {} }];
    }
    const path = url.split('?')[0] ?? '';
    if (!path.startsWith(base)) return [404, { message: 'Not Found' }];
    if (method === 'POST')
      return [
        path.endsWith('/deployment_protection_rule') ? 204 : 201,
        path.endsWith('_rule') ? undefined : { id: 1 },
      ];
    const page = fake.pages[path.slice(base.length)];
    if (page === undefined) return [404, { message: 'Not Found' }];
    const etag = `"${createHash('sha256').update(JSON.stringify(page)).digest('hex').slice(0, 16)}"`;
    if (knownTag === etag) return [304, undefined, { etag }];
    return [200, page, { etag, 'x-ratelimit-remaining': '4999' }];
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const fake: GitHubServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    bytes,
    pages: {},
    mood: 'well',
    tokens: new Set(['good-token']),
    appOf: () => ({}),
    installation: null,
    graphqlErrors: [],
    limitSeconds: 120,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}
