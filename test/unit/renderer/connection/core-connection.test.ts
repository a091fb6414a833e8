import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createCoreConnection } from '../../../../renderer/connection/core-connection.ts';
import type { CoreConnection } from '../../../../renderer/connection/core-connection.ts';
import { lowSnapshot } from '../../../e2e/example-snapshots.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import type { FakeClock } from '../../../fakes/fake-clock.ts';

/** A core in memory: each route answers what the test last said, and every request is kept. */
function fakeCore() {
  const requests: { path: string; headers: Headers }[] = [];
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const encoder = new TextEncoder();
  const answers: Record<string, () => Response | Promise<Response>> = {
    '/v1/sign-in': () => Response.json({ token: 'page-token' }),
    '/v1/state': () => Response.json(lowSnapshot()),
    '/v1/events': () =>
      new Response(
        new ReadableStream<Uint8Array>({
          start(controller) {
            streams.push(controller);
          },
        }),
      ),
  };
  return {
    requests,
    answers,
    paths: () => requests.map((request) => request.path),
    say: (text: string) => streams.at(-1)!.enqueue(encoder.encode(text)),
    cut: () => streams.at(-1)!.close(),
    fetch: async (path: string, init: RequestInit): Promise<Response> => {
      requests.push({ path, headers: new Headers(init.headers) });
      const aborted = new Promise<never>((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
      return Promise.race([answers[path]!(), aborted]);
    },
  };
}

describe('core connection', () => {
  let clock: FakeClock;
  let core: ReturnType<typeof fakeCore>;
  let connection: CoreConnection;
  let heard: string[];

  beforeEach(() => {
    clock = fakeClock();
    core = fakeCore();
    heard = [];
    connection = createCoreConnection({
      fetch: core.fetch,
      clock,
      onEvent: (event) => {
        if (event.kind === 'snapshot') heard.push(`snapshot ${event.snapshot.sequence}`);
        else heard.push(event.kind === 'signed-out' ? `signed-out ${event.why}` : event.kind);
      },
    });
  });
  afterEach(() => connection.close());

  /** Lets streams and promises run, with the clock standing still. */
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await clock.advanceMs(0);
  };
  const connected = async (): Promise<void> => {
    connection.open('one-time');
    await settled();
    heard.length = 0;
  };
  const snapshotEvent = (id: number, sequence: number): string =>
    `id: ${id}\nevent: snapshot\ndata: ${JSON.stringify(lowSnapshot({ sequence }))}\n\n`;

  it('signs in, reads the state, then follows the events with its own token', async () => {
    connection.open('one-time');
    await settled();
    expect(core.paths()).toEqual(['/v1/sign-in', '/v1/state', '/v1/events']);
    expect(core.requests[1]!.headers.get('authorization')).toBe('Bearer page-token');
    expect(core.requests[2]!.headers.has('last-event-id')).toBe(false);
    expect(heard).toEqual(['starting', 'snapshot 7', 'live']);
  });

  it('asks for nothing without a code', async () => {
    connection.open(null);
    await clock.advanceMs(60_000);
    expect(core.paths()).toEqual([]);
    expect(heard).toEqual(['signed-out no-code']);
  });

  it('stops for good when the code is refused', async () => {
    core.answers['/v1/sign-in'] = () => new Response('{}', { status: 401 });
    connection.open('used');
    await settled();
    await clock.advanceMs(60_000);
    expect(core.paths()).toEqual(['/v1/sign-in']);
    expect(heard).toEqual(['starting', 'signed-out code-refused']);
  });

  it('takes snapshots as they come and leaves other events alone', async () => {
    await connected();
    core.say('id: 3\nevent: alert\ndata: {}\n\n');
    core.say(snapshotEvent(4, 8));
    await settled();
    expect(heard).toEqual(['snapshot 8']);
  });

  it('comes back after half a second, resumes by the id of the stream and says nothing of the blink', async () => {
    await connected();
    core.say(snapshotEvent(41, 8));
    await settled();
    core.cut();
    await settled();
    await clock.advanceMs(499);
    expect(core.paths().filter((path) => path === '/v1/events')).toHaveLength(1);
    await clock.advanceMs(1);
    expect(core.requests.at(-1)!.path).toBe('/v1/events');
    expect(core.requests.at(-1)!.headers.get('last-event-id')).toBe('41');
    await clock.advanceMs(10_000);
    expect(heard).toEqual(['snapshot 8', 'live']);
  });

  it('backs off from 0.5 to 10 seconds, and says "lost" once five have passed', async () => {
    await connected();
    const triedAtMs: number[] = [];
    core.answers['/v1/events'] = () => {
      triedAtMs.push(clock.monotonicMs());
      return Promise.reject(new Error('refused'));
    };
    const cutAtMs = clock.monotonicMs();
    core.cut();
    await settled();
    await clock.advanceMs(4_999);
    expect(heard).toEqual([]);
    await clock.advanceMs(1);
    expect(heard).toEqual(['lost']);
    await clock.advanceMs(40_000);
    const waitsMs = triedAtMs.map((atMs, index) => atMs - (triedAtMs[index - 1] ?? cutAtMs));
    expect(waitsMs.slice(0, 7)).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(heard).toEqual(['lost']);
  });

  it('tries at once when told to', async () => {
    await connected();
    core.answers['/v1/events'] = () => Promise.reject(new Error('refused'));
    core.cut();
    await settled();
    await clock.advanceMs(8_000);
    const before = core.requests.length;
    connection.retryNow();
    await settled();
    expect(core.requests).toHaveLength(before + 1);
  });

  it('takes 40 seconds of silence for a lost core; a heartbeat is enough to keep it', async () => {
    await connected();
    for (let beat = 0; beat < 4; beat += 1) {
      await clock.advanceMs(15_000);
      core.say(':\n\n');
      await settled();
    }
    expect(heard).toEqual([]);
    await clock.advanceMs(39_999);
    expect(heard).toEqual([]);
    await clock.advanceMs(1);
    expect(heard).toEqual(['lost']);
    await clock.advanceMs(500);
    expect(heard).toEqual(['lost', 'live']);
  });

  it('asks to sign in when the token is refused after a restart, and stops', async () => {
    await connected();
    core.answers['/v1/events'] = () => new Response('{}', { status: 401 });
    core.cut();
    await settled();
    await clock.advanceMs(60_000);
    expect(heard).toEqual(['signed-out token-refused']);
    expect(core.paths().filter((path) => path === '/v1/events')).toHaveLength(2);
  });

  it('says "lost" when the core never answers, and signs in when it does', async () => {
    core.answers['/v1/sign-in'] = () => new Promise<Response>(() => undefined);
    connection.open('one-time');
    await clock.advanceMs(5_000);
    expect(heard).toEqual(['starting', 'lost']);
    core.answers['/v1/sign-in'] = () => Response.json({ token: 'page-token' });
    await clock.advanceMs(5_000);
    await settled();
    await clock.advanceMs(500);
    await settled();
    expect(heard).toEqual(['starting', 'lost', 'snapshot 7', 'live']);
  });

  it('takes a busy core (429, 503) for a passing thing', async () => {
    core.answers['/v1/sign-in'] = () => new Response('{}', { status: 429 });
    connection.open('one-time');
    await settled();
    core.answers['/v1/sign-in'] = () => Response.json({ token: 'page-token' });
    await clock.advanceMs(500);
    await settled();
    expect(heard).toEqual(['starting', 'snapshot 7', 'live']);
  });

  it('does not break on an answer that is no snapshot', async () => {
    await connected();
    core.say('event: snapshot\ndata: {"schemaVersion":2}\n\n');
    await settled();
    await clock.advanceMs(500);
    await settled();
    expect(heard).toEqual(['live']);
  });

  it('leaves no timer and says nothing more once closed', async () => {
    await connected();
    connection.close();
    await clock.advanceMs(60_000);
    expect(heard).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it('forgets the first session when it is opened again with a new code', async () => {
    await connected();
    connection.open('another');
    await settled();
    expect(heard).toEqual(['starting', 'snapshot 7', 'live']);
    expect(core.paths().filter((path) => path === '/v1/sign-in')).toHaveLength(2);
  });
});
