/** Why a request to Manus brought nothing. */
export interface ManusFailure {
  readonly kind:
    | 'key'
    | 'forbidden'
    | 'address'
    | 'tls'
    | 'unreached'
    | 'cut-off'
    | 'rate'
    | 'server'
    | 'not-found'
    | 'invalid'
    | 'odd';
  /** For a person; never holds the key, nor what was sent. */
  readonly why: string;
  /** What Manus asked to wait; null when it did not. */
  readonly afterMs: number | null;
  /** Whether the request may have had its effect all the same. */
  readonly mayHaveArrived: boolean;
}

/** The connection never stood: nothing was sent. */
const NEVER_SENT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
];
const TLS =
  /^(?:CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|HOSTNAME_MISMATCH|INVALID_CA)/;
/** Whose fault a date is, cannot be told from here. */
const TLS_DATE = /^CERT_(?:NOT_YET_VALID|HAS_EXPIRED)$/;
/** A certificate is rarely mended within minutes. */
const TLS_WAIT_MS = 5 * 60_000;
const LONGEST_ASKED_MS = 60 * 60_000;

const SET_KEY = 'set one with orch sync key, or mend the file of sync.manus.keyFile';

export function keyFailure(why: string): ManusFailure {
  return { kind: 'key', why: `${why}: ${SET_KEY}`, afterMs: null, mayHaveArrived: false };
}

/** What fetch threw. Only codes are told: a message may hold an address. */
export function fetchFailure(error: unknown, limitSeconds: number | null): ManusFailure {
  if (limitSeconds !== null) {
    const why = `Manus did not answer within ${limitSeconds} s`;
    return { kind: 'cut-off', why, afterMs: null, mayHaveArrived: true };
  }
  const code = codeOf(error);
  if (TLS.test(code)) {
    const clock = TLS_DATE.test(code) ? "; look at this machine's clock too" : '';
    const why = `the certificate of Manus is not good (${code})${clock}`;
    return { kind: 'tls', why, afterMs: TLS_WAIT_MS, mayHaveArrived: false };
  }
  if (NEVER_SENT.includes(code))
    return {
      kind: 'unreached',
      why: `Manus cannot be reached (${code})`,
      afterMs: null,
      mayHaveArrived: false,
    };
  const why = `the connection to Manus broke${code === '' ? '' : ` (${code})`}`;
  return { kind: 'cut-off', why, afterMs: null, mayHaveArrived: true };
}

/** What an answer says; null when it is a good one. By HTTP status first: codes differ between pages of the docs. */
export function answerFailure(
  status: number,
  retryAfter: string | null,
  fields: Readonly<Record<string, unknown>> | null,
): ManusFailure | null {
  const isEnvelope = typeof fields?.['ok'] === 'boolean';
  if (status >= 200 && status < 300 && fields?.['ok'] === true) return null;
  const afterMs = waitMs(retryAfter);
  const said = wordOf(fields);
  const failure = (kind: ManusFailure['kind'], why: string, mayHaveArrived: boolean): ManusFailure => ({
    kind,
    why,
    afterMs,
    mayHaveArrived,
  });
  if (status === 429) return failure('rate', 'Manus asks to wait', false);
  if (status >= 500 || status === 408) return failure('server', `Manus answered ${status}`, true);
  if (status === 401 || status === 403)
    return failure(
      status === 401 ? 'key' : 'forbidden',
      `Manus refused the API key (${status}): ${SET_KEY}`,
      false,
    );
  if (status >= 300 && status < 400) return failure('address', redirected, false);
  if (!isEnvelope)
    return failure('address', `something else than Manus answered (${status})${seeAddress}`, status < 300);
  if (status === 404) return failure('not-found', NO_SUCH_TASK, false);
  return failure('invalid', `Manus refused it (${status}${said})`, false);
}

export const NO_SUCH_TASK = 'Manus knows no such task';

const seeAddress = ': see sync.manus.baseUrl';
const redirected = `Manus was answered for by a redirect, which is not followed${seeAddress}`;

/** The error's code, where it is a plain word. */
function wordOf(fields: Readonly<Record<string, unknown>> | null): string {
  const { code } = (fields?.['error'] ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? ` ${code}` : '';
}

/** Seconds, as HTTP has them; null when there are none. */
function waitMs(retryAfter: string | null): number | null {
  const seconds = retryAfter === null || retryAfter.trim() === '' ? NaN : Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_ASKED_MS) : null;
}

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const found = cause?.code ?? code;
  return typeof found === 'string' ? found : '';
}
