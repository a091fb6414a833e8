import type { Route } from '../core/api/route.ts';

const HEADER = `# The endpoint

\`http://127.0.0.1:7717\` (the port in force is in endpoint.json) and the same over a unix socket. Send
\`Authorization: Bearer <token>\` with the token of endpoint.json. Errors: [errors.md](errors.md). Shapes: \`GET /openapi.json\`.

\`node scripts/write-pages.ts\` writes this page from the routes; a test holds it.
`;

/** What is served apart from the table of routes. */
const APART: readonly (readonly [route: string, token: boolean, what: string])[] = [
  ['GET /', false, 'The dashboard; signs in with the one-time code of its link.'],
  ['GET /metrics', true, 'The metrics in the text format of Prometheus; see [metrics.md](metrics.md).'],
  ['GET /openapi.json', true, 'The OpenAPI document of everything below /v1.'],
  ['GET /v1/events', true, 'Server-sent events: `snapshot` and what changed; resumes by Last-Event-ID.'],
];

/** docs/api.md: one line a route, sorted by address. */
export function apiPage(routes: readonly Route[]): string {
  const listed = routes.map(
    (route) =>
      [addressOf(route), route.open !== true, route.summary.replace(' Needs no token.', '')] as const,
  );
  const sorted = [...APART, ...listed].sort(([one], [other]) => (sortKey(one) < sortKey(other) ? -1 : 1));
  const lines = sorted.map(
    ([address, token, what]) => `- \`${address}\`${token ? '' : ' (no token)'} ${what}`,
  );
  return `${HEADER}\n${lines.join('\n')}\n`;
}

/** "GET /v1/decisions/{project}". */
function addressOf({ method, path }: Route): string {
  return `${method} ${path.replace(/:(\w+)/g, '{$1}')}`;
}

function sortKey(address: string): string {
  const [method = '', path = ''] = address.split(' ');
  return `${path} ${method}`;
}
