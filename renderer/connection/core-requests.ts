import type { Snapshot } from '../../shared/contract/state.ts';
import { parseSnapshot } from './snapshot-text.ts';

export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** The core answered 401: this page has no credential any more. Trying again cannot help. */
export class SignedOutError extends Error {}

export type AskMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A refusal in the core's own words. */
export class RefusedError extends Error {
  readonly status: number;
  /** The field at fault; null where the request as a whole was refused. */
  readonly field: string | null;
  constructor(status: number, message: string, field: string | null) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

/** Trades a one-time code for a token. Throws SignedOutError when the code was used or is too old. */
export async function signIn(fetch: Fetch, code: string, signal: AbortSignal): Promise<string> {
  const response = await fetch('/v1/sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
    ...always(signal),
  });
  // Every refusal of the code itself is final; 429 and 5xx pass.
  if ([400, 401, 403, 422].includes(response.status)) throw new SignedOutError('the code was refused');
  const body: unknown = await (await answered(response)).json();
  const token = (body as { token?: unknown } | null)?.token;
  if (typeof token !== 'string' || token === '') throw new Error('sign-in gave no token');
  return token;
}

/** GET /v1/state. Throws SignedOutError on 401. */
export async function readState(fetch: Fetch, token: string, signal: AbortSignal): Promise<Snapshot> {
  const response = await fetch('/v1/state', { headers: bearer(token), ...always(signal) });
  return parseSnapshot(await (await answered(response)).text());
}

/** GET /v1/events, resumed after `lastEventId` (null: from now on). Throws SignedOutError on 401. */
export async function openEvents(
  fetch: Fetch,
  token: string,
  lastEventId: string | null,
  signal: AbortSignal,
): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const resume: Record<string, string> = lastEventId === null ? {} : { 'Last-Event-ID': lastEventId };
  const headers = { ...bearer(token), Accept: 'text/event-stream', ...resume };
  const response = await fetch('/v1/events', { headers, ...always(signal) });
  const body = (await answered(response)).body;
  if (body === null) throw new Error('the event stream has no body');
  return body.getReader();
}

/** Any other question or act, JSON both ways; an answer of another kind is given as text. Throws SignedOutError on 401, RefusedError on any other refusal. */
export async function askCore(
  fetch: Fetch,
  token: string,
  ask: { readonly method: AskMethod; readonly path: string; readonly body?: unknown },
  signal: AbortSignal,
): Promise<unknown> {
  const hasBody = ask.body !== undefined;
  const response = await fetch(ask.path, {
    method: ask.method,
    headers: { ...bearer(token), ...(hasBody ? { 'Content-Type': 'application/json' } : {}) },
    ...(hasBody ? { body: JSON.stringify(ask.body) } : {}),
    ...always(signal),
  });
  const answer = await answered(response);
  // Without a name for its kind it is taken for what the core nearly always sends.
  const isJson = (answer.headers.get('content-type') ?? 'application/json').includes('json');
  return isJson ? answer.json() : answer.text();
}

async function answered(response: Response): Promise<Response> {
  if (response.status === 401) throw new SignedOutError('the token was refused');
  if (!response.ok) throw await refusedError(response);
  return response;
}

/** An answer that is not the core's own error body still says its status. */
async function refusedError(response: Response): Promise<RefusedError> {
  const body: unknown = await response.json().catch(() => null);
  const error = (body as { error?: { message?: unknown; field?: unknown } | null } | null)?.error;
  const message = typeof error?.message === 'string' ? error.message : `the core answered ${response.status}`;
  return new RefusedError(response.status, message, typeof error?.field === 'string' ? error.field : null);
}

function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

function always(signal: AbortSignal): RequestInit {
  return { cache: 'no-store', credentials: 'omit', redirect: 'error', signal };
}
