import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createEventStream, type EventStream } from '../../../../core/api/event-stream.ts';
import { systemClock } from '../../../../core/system-clock.ts';

let events: EventStream;
let url: string;
let close: () => Promise<void>;

beforeEach(async () => {
  events = createEventStream(systemClock);
  const server = createServer((_, response) => events.attach(response, undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = async () => {
    events.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterEach(() => close());

async function readUntil(response: IncomingMessage, text: string): Promise<string> {
  let read = '';
  for await (const chunk of response.setEncoding('utf8')) {
    read += String(chunk);
    if (read.includes(text)) break;
  }
  return read;
}

it('makes the text of a snapshot when somebody reads it, once, and of the newest alone', async () => {
  const [older, newer] = [vi.fn(() => '{"sequence":1}'), vi.fn(() => '{"sequence":2}')];
  events.publish('snapshot', older);
  events.publish('snapshot', newer);
  expect(newer).not.toHaveBeenCalled();
  for (let reader = 0; reader < 2; reader += 1) {
    const [response] = (await once(get(url), 'response')) as [IncomingMessage];
    expect(await readUntil(response, '"sequence":2}\n\n')).toContain(
      'id: 2\nevent: snapshot\ndata: {"sequence":2}\n\n',
    );
    response.destroy();
  }
  expect(newer).toHaveBeenCalledTimes(1);
  expect(older).not.toHaveBeenCalled();
});
