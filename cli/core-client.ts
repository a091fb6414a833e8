import { request } from 'node:http';

import { readEndpointFile } from '../core/endpoint-file.ts';
import type { Places } from '../core/places.ts';

/** Behaviour 28: a hook never holds a push for longer. */
const CONNECT_LIMIT_MS = 300;
const TOTAL_LIMIT_MS = 1000;
const MAX_BODY_BYTES = 16 * 1024 * 1024;

export type CoreReply =
  | { readonly reached: true; readonly status: number; readonly body: string }
  /** `why` is half a sentence: "not running", "no answer within 1 s". */
  | { readonly reached: false; readonly why: string };

/**
 * Asks the running core over its unix socket, which lies in a folder only this user may enter: the token never
 * goes to a stranger who holds the TCP port. Never throws.
 */
export async function askCore(
  places: Places,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<CoreReply> {
  const endpoint = await readEndpointFile(places.endpointPath);
  if (endpoint === null) return { reached: false, why: 'not running' };
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve) => {
    const call = request({
      socketPath: endpoint.socket ?? places.socketPath,
      method,
      path,
      agent: false,
      headers: {
        host: '127.0.0.1',
        authorization: `Bearer ${endpoint.token}`,
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      },
    });
    const fail = (why: string): void => {
      call.destroy();
      resolve({ reached: false, why });
    };
    const connectTimer = setTimeout(() => fail('does not accept the connection'), CONNECT_LIMIT_MS);
    const totalTimer = setTimeout(() => fail('no answer within 1 s'), TOTAL_LIMIT_MS);
    call.on('socket', (socket) => socket.once('connect', () => clearTimeout(connectTimer)));
    call.on('error', (error: NodeJS.ErrnoException) => resolve({ reached: false, why: whyOf(error) }));
    call.on('close', () => {
      clearTimeout(connectTimer);
      clearTimeout(totalTimer);
    });
    call.on('response', (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        answer += chunk;
        if (answer.length > MAX_BODY_BYTES) fail('its answer is too large');
      });
      response.on('end', () => resolve({ reached: true, status: response.statusCode ?? 0, body: answer }));
      response.on('error', () => fail('the answer broke off'));
    });
    call.end(text);
  });
}

function whyOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') return 'not running';
  return error.code ?? error.message;
}

/** The text of an error answer, for a person. */
export function errorText(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: { message?: unknown } };
    if (typeof error?.message === 'string') return error.message;
  } catch {
    // Not ours: the raw text says more than nothing.
  }
  return body.slice(0, 200);
}
