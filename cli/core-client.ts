import { connect } from 'node:net';

import { readEndpointFile } from '../core/endpoint-file.ts';
import type { Places } from '../core/places.ts';

/** Behaviour 28: a hook never holds a push for longer. */
const CONNECT_LIMIT_MS = 300;
const TOTAL_LIMIT_MS = 1000;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

export type CoreReply =
  | { readonly reached: true; readonly status: number; readonly body: string }
  /** `why` is half a sentence: "not running", "no answer within 1 s". */
  | { readonly reached: false; readonly why: string };

/**
 * Asks the running core over its unix socket, which lies in a folder only this user may enter: the token never
 * goes to a stranger who holds the TCP port. Never throws.
 *
 * Speaks HTTP/1.1 on a bare socket: `node:http` takes longer to load than a whole gate may last (docs/adr).
 */
export async function askCore(
  places: Places,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<CoreReply> {
  const endpoint = readEndpointFile(places.endpointPath);
  if (endpoint === null) return { reached: false, why: 'not running' };
  const request = requestText(method, path, endpoint.token, body === undefined ? '' : JSON.stringify(body));
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let sizeBytes = 0;
    const socket = connect(endpoint.socket ?? places.socketPath, () => {
      clearTimeout(connectTimer);
      socket.write(request);
    });
    const done = (reply: CoreReply): void => {
      clearTimeout(connectTimer);
      clearTimeout(totalTimer);
      socket.destroy();
      resolve(reply);
    };
    const fail = (why: string): void => done({ reached: false, why });
    const connectTimer = setTimeout(() => fail('does not accept the connection'), CONNECT_LIMIT_MS);
    const totalTimer = setTimeout(() => fail('no answer within 1 s'), TOTAL_LIMIT_MS);
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece);
      sizeBytes += piece.length;
      if (sizeBytes > MAX_ANSWER_BYTES) fail('its answer is too large');
    });
    socket.on('end', () => done(replyFrom(Buffer.concat(pieces))));
    socket.on('error', (error: NodeJS.ErrnoException) => fail(whyOf(error)));
  });
}

function requestText(method: string, path: string, token: string, body: string): string {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    `Authorization: Bearer ${token}`,
    'Connection: close',
  ];
  if (body !== '') lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** Our own server gives every answer a Content-Length; anything else is not its answer. */
function replyFrom(answer: Buffer): CoreReply {
  const headEnd = answer.indexOf('\r\n\r\n');
  const head = headEnd === -1 ? '' : answer.toString('latin1', 0, headEnd);
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  const lengthBytes = /^content-length: (\d+)$/im.exec(head)?.[1];
  if (status === undefined || lengthBytes === undefined)
    return { reached: false, why: 'its answer is not HTTP' };
  const body = answer.subarray(headEnd + 4);
  if (body.length !== Number(lengthBytes)) return { reached: false, why: 'the answer broke off' };
  return { reached: true, status: Number(status), body: body.toString('utf8') };
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
