import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';

import type { EndpointFile } from '../../shared/contract/endpoint-file.ts';

export type CoreMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What is sent with a request beside its path. */
export interface CoreRequestMore {
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const MAX_BODY_BYTES = 16 * 1024 * 1024;
const ANSWER_LIMIT_MS = 5_000;
const MAX_REFUSAL_CHARACTERS = 16 * 1024;

/**
 * Sends one request to the core and waits for the head of the answer. The unix socket comes first: it lies in
 * a folder only this user may enter, so the token never reaches a stranger who holds the port. Throws when
 * nothing answers within 5 s, or with a status other than 200: then with the core's own words where it has some.
 */
export function requestCore(
  endpoint: EndpointFile,
  method: CoreMethod,
  path: string,
  { body, headers = {} }: CoreRequestMore = {},
): Promise<IncomingMessage> {
  const text = body === undefined ? null : JSON.stringify(body);
  const address = new URL(endpoint.url);
  return new Promise((resolve, reject) => {
    const call = request({
      ...(endpoint.socket === null
        ? { host: address.hostname, port: address.port }
        : { socketPath: endpoint.socket }),
      method,
      path,
      agent: false,
      headers: {
        ...headers,
        host: address.host,
        authorization: `Bearer ${endpoint.token}`,
        ...(text === null
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      },
    });
    const timer = setTimeout(
      () => call.destroy(new Error('The core did not answer within 5 s.')),
      ANSWER_LIMIT_MS,
    );
    call.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    call.on('response', (response) => {
      clearTimeout(timer);
      if (response.statusCode === 200) {
        resolve(response);
        return;
      }
      void refusalWords(response).then((words) =>
        reject(
          new Error(words ?? `The core answered ${response.statusCode ?? 'nothing'} to ${method} ${path}.`),
        ),
      );
    });
    call.end(text ?? undefined);
  });
}

/** The whole answer, parsed as JSON. Throws when it is cut off, over 16 MB, or not JSON. */
export async function requestCoreJson(
  endpoint: EndpointFile,
  method: CoreMethod,
  path: string,
  more: CoreRequestMore = {},
): Promise<unknown> {
  const response = await requestCore(endpoint, method, path, more);
  const timer = setTimeout(() => response.destroy(new Error('The answer broke off.')), ANSWER_LIMIT_MS);
  try {
    const pieces: Buffer[] = [];
    let sizeBytes = 0;
    for await (const piece of response as AsyncIterable<Buffer>) {
      sizeBytes += piece.length;
      if (sizeBytes > MAX_BODY_BYTES) throw new Error('The answer of the core is over 16 MB.');
      pieces.push(piece);
    }
    return JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown;
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
}

/** The core's own sentence about why not; null when the answer is none of its own. */
async function refusalWords(response: IncomingMessage): Promise<string | null> {
  const timer = setTimeout(() => response.destroy(), ANSWER_LIMIT_MS);
  try {
    let text = '';
    for await (const piece of response.setEncoding('utf8') as AsyncIterable<string>) {
      text += piece;
      if (text.length > MAX_REFUSAL_CHARACTERS) return null;
    }
    const { error } = JSON.parse(text) as { error?: { message?: unknown } };
    return typeof error?.message === 'string' ? error.message : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
}
