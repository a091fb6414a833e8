import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What Slack's documentation says a webhook answers, and what may come in its place. */
export type SlackAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' };

export const SLACK_OK: SlackAnswer = { kind: 'answer', status: 200, body: 'ok' };

export interface FakeSlackServer {
  /** The webhook's address. */
  readonly url: string;
  /** The texts of the messages, as they came. */
  readonly received: { text: string; contentType: string }[];
  answers(answer: SlackAnswer): void;
  /** Resolves when so many messages have come. */
  came(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startFakeSlackServer(): Promise<FakeSlackServer> {
  let answer = SLACK_OK;
  const received: FakeSlackServer['received'] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => void take(request, response));
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { text } = JSON.parse(body) as { text: string };
    received.push({ text, contentType: request.headers['content-type'] ?? '' });
    for (const one of waiting) if (received.length >= one.count) one.resolve();
    if (answer.kind === 'reset') request.socket.destroy();
    else if (answer.kind === 'answer') response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/services/T0/B0/hush-hush`,
    received,
    answers(next) {
      answer = next;
    },
    came: (count) =>
      received.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ count, resolve })),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
