/** Why a request to GitHub brought nothing. */
export interface GitHubFailure {
  readonly kind:
    | 'credential'
    | 'forbidden'
    | 'not-found'
    | 'rate'
    | 'invalid'
    | 'server'
    | 'unreached'
    | 'cut-off'
    | 'tls'
    | 'odd';
  /** One sentence for a person; holds neither a token nor what was sent. */
  readonly why: string;
  /** How long GitHub asked to wait; null when it did not. */
  readonly afterMs: number | null;
  /** The status of its answer; null without one. */
  readonly status: number | null;
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** GitHub asks for a minute where a secondary limit names no time. */
const SECONDARY_WAIT_MS = 60_000;
const TLS_WAIT_MS = 5 * 60_000;
const TLS =
  /^(?:CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|HOSTNAME_MISMATCH|INVALID_CA)/;
const UNREACHED =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/;

export function failureOf(
  kind: GitHubFailure['kind'],
  why: string,
  afterMs: number | null = null,
): GitHubFailure {
  return { kind, why, afterMs, status: null };
}

/** What GitHub answered, where that is no success. `message` is its own. */
export function answerFailure(
  status: number,
  headers: Headers,
  message: string,
  nowMs: number,
): GitHubFailure {
  const of = (kind: GitHubFailure['kind'], why: string, afterMs: number | null = null): GitHubFailure => ({
    kind,
    why,
    afterMs,
    status,
  });
  const limitMs = rateWaitMs(status, headers, message, nowMs);
  if (limitMs !== null) return of('rate', 'GitHub asks to wait: its request limit is used up', limitMs);
  switch (status) {
    case 401:
      return of('credential', 'GitHub refused the token (401): see github.tokenFile');
    case 403:
      return of('forbidden', 'GitHub does not allow it (403): the token lacks a permission');
    case 404:
      return of('not-found', 'GitHub knows no such repository, or the token may not see it (404)');
    default:
      if (status >= 500) return of('server', `GitHub answered ${status}`, retryAfterMs(headers));
      if (status >= 300 && status < 400)
        return of('odd', `GitHub answered with a redirect (${status}): see github.apiUrl`);
      return of('invalid', `GitHub refused it (${status}${said(message)})`);
  }
}

/** What GraphQL refused, in an answer of 200. */
export function refusedFailure(type: string, message: string): GitHubFailure {
  switch (type) {
    case 'FORBIDDEN':
    case 'INSUFFICIENT_SCOPES':
      return failureOf('forbidden', 'GitHub does not allow it: the token lacks a permission');
    case 'NOT_FOUND':
      return failureOf('not-found', 'GitHub knows it no more, or the token may not see it');
    default:
      return failureOf('invalid', `GitHub refused it${said(message)}`);
  }
}

/** What was thrown before there was an answer. Only codes are told: a message may hold an address. */
export function thrownFailure(error: unknown, isLate: boolean, limitMs: number): GitHubFailure {
  if (isLate) return failureOf('cut-off', `GitHub did not answer within ${Math.round(limitMs / 1000)} s`);
  const code = codeOf(error);
  if (TLS.test(code)) {
    const isDate = code === 'CERT_NOT_YET_VALID' || code === 'CERT_HAS_EXPIRED';
    const clock = isDate ? "; look at this machine's clock too" : '';
    return failureOf('tls', `the certificate of GitHub is not good (${code})${clock}`, TLS_WAIT_MS);
  }
  if (UNREACHED.test(code)) return failureOf('unreached', `GitHub cannot be reached (${code})`);
  return failureOf('cut-off', `the connection to GitHub broke${code === '' ? '' : ` (${code})`}`);
}

/**
 * How long until the limit is over, by GitHub's own clock where it tells it; null when the answer is about something
 * else.
 */
function rateWaitMs(status: number, headers: Headers, message: string, nowMs: number): number | null {
  if (status !== 403 && status !== 429) return null;
  const asked = retryAfterMs(headers);
  if (asked !== null) return asked;
  const reset = resetWaitMs(headers, nowMs);
  if (reset !== null) return reset;
  return status === 429 || /secondary rate limit|abuse detection/i.test(message) ? SECONDARY_WAIT_MS : null;
}

/** Until the requests of the hour are given anew; null while some are left. */
export function resetWaitMs(headers: Headers, nowMs: number): number | null {
  const resetAtMs = Number(headers['x-ratelimit-reset'] ?? NaN) * 1000;
  if (String(headers['x-ratelimit-remaining'] ?? '') !== '0' || !Number.isFinite(resetAtMs)) return null;
  const theirs = Date.parse(String(headers['date'] ?? ''));
  return Math.max(1000, resetAtMs - (Number.isFinite(theirs) ? theirs : nowMs));
}

function retryAfterMs(headers: Headers): number | null {
  const seconds = Number(headers['retry-after'] ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

/** The first words of GitHub's message, where it is plain. */
function said(message: string): string {
  const plain = message.split(/[\n{[]/, 1)[0]?.trim() ?? '';
  return /^[\w .,:;()'"/-]{1,200}$/.test(plain) ? `: ${plain}` : '';
}

function codeOf(error: unknown): string {
  let at: unknown = error;
  for (let depth = 0; depth < 4 && typeof at === 'object' && at !== null; depth += 1) {
    const { code, cause } = at as { code?: unknown; cause?: unknown };
    if (typeof code === 'string') return code;
    at = cause;
  }
  return '';
}
