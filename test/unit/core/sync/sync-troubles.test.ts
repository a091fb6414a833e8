import { afterEach, describe, expect, it } from 'vitest';

import { manusConfigSchema } from '../../../../shared/contract/sync-config.ts';
import { standingAt } from '../../../fakes/manus-house.ts';
import { createManusBench, MINUTE_MS, HOUR_MS } from './manus-bench.ts';

const bench = createManusBench();
const { open, pass, titles, board, trouble, house } = bench;
afterEach(() => bench.close());

it('a key file is named by its whole path: the folder that a core was started in is nobody’s choice', () => {
  const given = (keyFile: string): unknown =>
    manusConfigSchema.safeParse({ keyFile }).error?.issues[0]?.message;
  expect(['keys/manus', '', '/home/ann/keys/manus', 'C:\\keys\\manus'].map(given)).toEqual([
    'must be an absolute path',
    'must be an absolute path',
    undefined,
    undefined,
  ]);
});

describe('what needs a person', () => {
  const asked = (): number => house()?.manus.requests.length ?? 0;

  it('no key: nothing is sent, one line says so, and a key that appears is used within two minutes', async () => {
    const at = await open({ createBoards: true });
    at.key = null;
    at.room().take(standingAt(80));
    await pass(6 * HOUR_MS);
    expect(asked()).toBe(0);
    expect(trouble()).toMatchObject({
      state: 'stopped',
      problem: 'there is no API key: set one with orch sync key, or mend the file of sync.manus.keyFile',
    });
    at.key = 'sk-test-key';
    await pass(3 * MINUTE_MS);
    expect(at.manus.tasks).toHaveLength(1);
    expect(trouble()).toMatchObject({ state: 'ok', problem: null });
  });

  it('a key that is revoked: a try an hour for reading and one for telling, until another key is there', async () => {
    const at = await board();
    at.manus.keys = ['sk-another'];
    const before = asked();
    for (let hour = 0; hour < 12; hour += 1) {
      at.room().take(standingAt(5 + hour * 7));
      await pass(HOUR_MS);
    }
    expect(asked() - before).toBeLessThanOrEqual(26);
    expect(trouble()).toMatchObject({
      state: 'stopped',
      problem: expect.stringContaining('(401)') as string,
    });
    at.key = 'sk-another';
    await pass(3 * MINUTE_MS);
    expect(trouble()).toMatchObject({ state: 'ok', queuedCount: 0 });
    expect(titles()).toEqual([expect.stringMatching(/^shop: HIGH 80 %/)]);
  });

  it('something else that answers: at most every five minutes', async () => {
    const at = await board();
    at.manus.faultOf = () => 'page';
    at.room().take(standingAt(40));
    const before = asked();
    await pass(6 * HOUR_MS);
    expect(asked() - before).toBeLessThanOrEqual(2 * 6 * 12);
    expect(trouble()).toMatchObject({
      state: 'stopped',
      problem: expect.stringContaining('sync.manus.baseUrl') as string,
    });
    at.manus.faultOf = () => null;
    await pass(6 * MINUTE_MS);
    expect(trouble()).toMatchObject({ state: 'ok', queuedCount: 0 });
  });

  it.each([
    [
      'CERT_HAS_EXPIRED',
      /certificate of Manus is not good \(CERT_HAS_EXPIRED\); look at this machine's clock too/,
      30,
    ],
    ['SELF_SIGNED_CERT_IN_CHAIN', /certificate of Manus is not good/, 30],
    ['ENOTFOUND', /Manus cannot be reached \(ENOTFOUND\)/, 260],
  ])('%s: one line and no storm', async (code, line, mostAnHour) => {
    let count = 0;
    const fetch = (): Promise<Response> => {
      count += 1;
      return Promise.reject(new TypeError('fetch failed', { cause: { code } }));
    };
    const at = await open({ createBoards: true }, { parts: { fetch } });
    at.room().take(standingAt(80));
    await pass(2 * HOUR_MS);
    expect(trouble()).toMatchObject({ state: 'failing', problem: expect.stringMatching(line) as string });
    expect(count / 2).toBeLessThan(mostAnHour);
  });

  it('a clock that is wrong is said, and nothing stops for it', async () => {
    const aheadMs = 47 * MINUTE_MS;
    const fetch: typeof globalThis.fetch = async (...given) => {
      const answer = (await house()?.manus.fetch(...given)) ?? new Response();
      const headers = new Headers(answer.headers);
      headers.set('date', new Date(Date.parse(headers.get('date') ?? '') - aheadMs).toUTCString());
      return new Response(await answer.text(), { status: answer.status, headers });
    };
    const at = await open({ createBoards: true }, { parts: { fetch } });
    at.room().take(standingAt(80));
    await pass(5 * MINUTE_MS);
    expect(trouble()).toMatchObject({
      state: 'ok',
      problem: expect.stringMatching(/^this machine's clock is 47\smin ahead of that of Manus$/) as string,
    });
  });
});

it('what was kept and cannot be read is set aside at once, with a reason that is shown; the others go on', async () => {
  const at = await open({});
  const item = { destination: 'manus', kind: 'event', project: 'shop', cause: 'a test' } as const;
  const outbox = at.house.outbox();
  outbox.put({ ...item, act: 'task.update', key: 'a', isRepeatable: true, body: { title: 'no task' } });
  outbox.put({ ...item, act: 'task.create', key: 'b', isRepeatable: false, body: {} });
  outbox.put({ ...item, act: 'task.create', key: 'c', isRepeatable: false, body: {} });
  at.house.database().exec("UPDATE outbox SET body = '{' WHERE key = 'b'");
  at.house.database().exec("UPDATE outbox SET state = 'unsure' WHERE key = 'c'");
  await at.restart();
  expect(at.room().desk.askBoard('shop')).toEqual({ isAsked: true });
  await pass(2 * MINUTE_MS);
  expect(titles()).toHaveLength(1);
  expect(
    bench
      .view()
      .messages.map(({ state, why }) => `${state}: ${why}`)
      .sort(),
  ).toEqual([
    expect.stringMatching(/^dead: what was kept of it cannot be read \(body.purpose: .+\)$/),
    expect.stringMatching(/^dead: what was kept of it cannot be read \(body.task: .+\)$/),
    expect.stringMatching(/^dead: what was kept of it cannot be read \(body: .+\)$/),
  ]);
  expect(at.faults).toEqual([]);
});

it('every commit has its turn to be asked for its change, however many stay unknown', async () => {
  const asked = new Set<string>();
  const patchIdOf = (_: string, commit: string): Promise<null> => {
    asked.add(commit);
    return Promise.resolve(null);
  };
  const patches = { patchIdOf, onBranch: () => Promise.resolve(new Map<string, string>()) };
  const at = await open({}, { parts: { patches } });
  for (let index = 0; index < 50; index += 1) {
    const commit = index.toString(16).padStart(40, '0');
    const link = { project: 'shop', commit, task: 'new', patchId: null, source: 'hook' } as const;
    at.room().commitTasks.link({ ...link, title: '' });
  }
  await pass(4 * HOUR_MS);
  expect([at.faults, asked.size]).toEqual([[], 50]);
});
