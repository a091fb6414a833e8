import { afterEach, describe, expect, it } from 'vitest';

import type { ManusHouse } from '../../../fakes/manus-house.ts';
import { createManusBench, MINUTE_MS } from './manus-bench.ts';

const bench = createManusBench();
const { open, pass, house } = bench;
afterEach(() => bench.close());

describe('webhooks of Manus', () => {
  const URL = 'https://relay.example.org/manus?x=1';
  const event = (id = 'task_stopped_1'): string =>
    JSON.stringify({ event_id: id, event_type: 'task_stopped', task_detail: { task_id: 'x' } });
  const call = (
    body: string,
    headers: Record<string, string>,
  ): Promise<{ status: number; text: string }> | undefined =>
    house()
      ?.room()
      .manusWebhook.take({ headers, body: Buffer.from(body) });

  it('takes what is signed, once, and reads the task soon', async () => {
    const at = await open({ webhookUrl: URL, pollSeconds: 3600 });
    await pass(MINUTE_MS);
    const before = at.manus.requests.length;
    const headers = at.manus.signed(URL, event(), at.clock.wallMs());
    expect(await call(event(), headers)).toMatchObject({ status: 202, text: 'accepted' });
    expect(await call(event(), headers)).toMatchObject({ status: 200, text: 'replayed' });
    await pass(MINUTE_MS);
    expect(at.manus.requests.slice(before).map(({ path }) => path)).toEqual([
      '/v2/webhook.publicKey',
      '/v2/task.list',
    ]);
  });

  it('reads soon however many more come, and not while the key is refused', async () => {
    const at = await open({ webhookUrl: URL, pollSeconds: 3600 });
    await pass(MINUTE_MS);
    const reads = (): number => at.manus.requests.filter(({ path }) => path === '/v2/task.list').length;
    const told = async (from: number): Promise<void> => {
      for (let count = from; count < from + 10; count += 1) {
        await call(event(`e${count}`), at.manus.signed(URL, event(`e${count}`), at.clock.wallMs()));
        await at.clock.advanceMs(1000);
      }
    };
    const before = reads();
    await told(0);
    expect(reads() - before).toBeGreaterThan(2);
    at.manus.keys = [];
    await told(10);
    const refused = reads();
    await told(20);
    expect(reads()).toBe(refused);
  });

  it.each([
    ['another body', (at: ManusHouse) => [event('y'), at.manus.signed(URL, event(), at.clock.wallMs())]],
    [
      'another address',
      (at: ManusHouse) => [event(), at.manus.signed(`${URL}&y`, event(), at.clock.wallMs())],
    ],
    [
      'an old stamp',
      (at: ManusHouse) => [event(), at.manus.signed(URL, event(), at.clock.wallMs() - 6 * MINUTE_MS)],
    ],
    ['no signature', () => [event(), {}]],
    [
      'rubbish',
      (at: ManusHouse) => [
        event(),
        { ...at.manus.signed(URL, event(), at.clock.wallMs()), 'x-webhook-signature': '%%%' },
      ],
    ],
  ] as const)('refuses %s', async (_what, made) => {
    const at = await open({ webhookUrl: URL });
    await pass(MINUTE_MS);
    const [body, headers] = made(at) as unknown as readonly [string, Record<string, string>];
    expect(await call(body, headers)).toMatchObject({ status: 401 });
    expect(await call(event(), at.manus.signed(URL, event(), at.clock.wallMs()))).toMatchObject({
      status: 202,
    });
  });

  it('asks for the key at most once a minute, however many strangers knock', async () => {
    const at = await open({ webhookUrl: URL, pollSeconds: 3600 });
    await pass(MINUTE_MS);
    for (let count = 0; count < 50; count += 1) {
      await call(event(String(count)), {
        'x-webhook-signature': 'AAAA',
        'x-webhook-timestamp': String(Math.floor(at.clock.wallMs() / 1000)),
      });
    }
    expect(at.manus.requests.filter(({ path }) => path === '/v2/webhook.publicKey').length).toBe(1);
  });

  it('is closed unless an address is set', async () => {
    const at = await open({});
    expect(await call(event(), at.manus.signed(URL, event(), at.clock.wallMs()))).toMatchObject({
      status: 503,
    });
  });
});
