import type { ErrorCode } from '../../shared/contract/errors.ts';

/** What the guard looks at; an IncomingMessage fits. */
export interface GuardedRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
}

export interface GuardRules {
  /** `127.0.0.1:7717`; null on the unix socket, which no web page can reach. */
  readonly host: string | null;
  /** Paths that need no token: health, sign-in, the page's own files. */
  readonly isOpen: (method: string, path: string) => boolean;
  readonly accepts: (authorization: string | undefined) => boolean;
  /** The token of a scraper, which opens GET /metrics and nothing else. */
  readonly acceptsScrape?: (authorization: string | undefined) => boolean;
  /** The token of an autoscaler, which opens GET /v1/scaling/{project} and nothing else. */
  readonly acceptsScaling?: (authorization: string | undefined) => boolean;
}

export const METRICS_PATH = '/metrics';
const SCALING_PATH = '/v1/scaling/';

/**
 * The chain every request passes before any route sees it, in the order of 6-reliability 6.3: exactly one good
 * Host, a path as target, no foreign Origin, no foreign site, the token. Null lets it through.
 *
 * Host and token stop DNS rebinding (a rebound page is same-origin to itself); the target check stops
 * `GET http://evil/ HTTP/1.1`, which Node hands over with a good Host; Sec-Fetch-Site stops the cross-site GETs
 * that carry no Origin.
 */
export function refusal(request: GuardedRequest, rules: GuardRules): Refusal | null {
  if (rules.host !== null) {
    if (countHosts(request.rawHeaders) !== 1 || request.headers['host'] !== rules.host) {
      return { status: 403, code: 'bad-host', message: `Host must be ${rules.host}.` };
    }
  }
  const url = request.url ?? '';
  if (!url.startsWith('/') || url.startsWith('//')) {
    return { status: 400, code: 'bad-target', message: 'The request target must be a path.' };
  }
  const origin = request.headers['origin'];
  if (origin !== undefined && origin !== `http://${rules.host ?? ''}`) {
    return { status: 403, code: 'bad-origin', message: 'Web pages other than the dashboard are refused.' };
  }
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, code: 'bad-site', message: 'Web pages other than the dashboard are refused.' };
  }
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  if (rules.isOpen(request.method ?? '', path)) return null;
  const { authorization } = request.headers;
  const given = typeof authorization === 'string' ? authorization : undefined;
  const isScrape = request.method === 'GET' && path === METRICS_PATH && rules.acceptsScrape?.(given) === true;
  const isReader =
    request.method === 'GET' && path.startsWith(SCALING_PATH) && rules.acceptsScaling?.(given) === true;
  if (!isScrape && !isReader && !rules.accepts(given)) {
    return {
      status: 401,
      code: 'bad-token',
      message: 'Send "Authorization: Bearer <token>"; the token is in endpoint.json.',
    };
  }
  return null;
}

function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}
