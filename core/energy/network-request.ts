import { request as requestHttp } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';

import type { Clock } from '../clock.ts';

export interface SmallAnswer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  /** At most `maxBytes` of it. */
  readonly body: string;
  readonly isWhole: boolean;
}

export interface SmallRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the whole of it: name, connection, answer, body. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Why there was no answer; `isCertificate` when the other side could not prove its name. */
export class RequestProblem extends Error {
  readonly isCertificate: boolean;

  constructor(message: string, isCertificate = false) {
    super(message);
    this.name = 'RequestProblem';
    this.isCertificate = isCertificate;
  }
}

/** One GET on a connection of its own. Redirects are answers, never followed. */
export type GetSmall = (request: SmallRequest) => Promise<SmallAnswer>;

/** @throws RequestProblem */
export function createGetSmall(clock: Clock): GetSmall {
  return ({ url, headers = {}, timeoutMs, maxBytes }) =>
    new Promise((resolve, reject) => {
      const { protocol, host } = new URL(url);
      const request = protocol === 'https:' ? requestHttps : requestHttp;
      const sent = request(url, {
        method: 'GET',
        agent: false,
        headers: { ...headers, connection: 'close' },
      });
      const stop = clock.after(timeoutMs, () => {
        fail(new RequestProblem(`${host} did not answer within ${timeoutMs / 1000} s`));
      });
      const fail = (problem: RequestProblem) => {
        stop();
        reject(problem);
        sent.destroy();
      };
      sent.on('error', (error: NodeJS.ErrnoException) => fail(problemOf(error, host)));
      sent.on('response', (response: IncomingMessage) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const finish = (isWhole: boolean) => {
          stop();
          const body = Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
          resolve({ statusCode: response.statusCode ?? 0, headers: response.headers, body, isWhole });
          sent.destroy();
        };
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > maxBytes) finish(false);
        });
        response.on('end', () => finish(true));
        response.on('error', (error: NodeJS.ErrnoException) => fail(problemOf(error, host)));
      });
      sent.end();
    });
}

function problemOf(error: NodeJS.ErrnoException, host: string): RequestProblem {
  const code = error.code ?? '';
  const isCertificate = /CERT|SIGNATURE|ISSUER/.test(code);
  const what = isCertificate ? 'does not prove its name' : 'cannot be reached';
  return new RequestProblem(`${host} ${what} (${code === '' ? error.message : code})`, isCertificate);
}
