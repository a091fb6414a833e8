import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { createCommitReader } from '../../../../../core/projects/commit-message.ts';
import { commitTasksIn } from '../../../../../core/sync/github/github-in-house.ts';
import { createEventBook } from '../../../../../core/sync/github/event-book.ts';
import { createHeadStore } from '../../../../../core/sync/github/heads.ts';
import { repositoriesOf } from '../../../../../core/sync/github/repositories.ts';
import {
  createWebhookReceiver,
  type WebhookAnswer,
} from '../../../../../core/sync/github/webhook-receiver.ts';
import { configSchema } from '../../../../../shared/contract/config.ts';
import { fakeClock } from '../../../../fakes/fake-clock.ts';
import { syncHouse, type SyncHouse } from '../../../../fakes/sync-house.ts';

const SECRET = "It's a Secret to Everybody";

interface Example {
  readonly name: string;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}
const EXAMPLES = createRequire(import.meta.url)(
  '@octokit/webhooks-examples/api.github.com/index.json',
) as readonly Example[];

let house: SyncHouse;
let receive: (name: string, payload: unknown, more?: Call) => Promise<WebhookAnswer>;
interface Call {
  readonly delivery?: string | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly secret?: string | null;
}

function start(): void {
  const { clock } = house;
  const [outbox, record] = [house.outbox(), house.record()];
  const config = configSchema.parse({
    projects: [{ id: 'hello', path: '/hello', github: { repository: 'codertocat/hello-world' } }],
  });
  const book = createEventBook({
    clock,
    record,
    heads: createHeadStore(outbox.store),
    links: commitTasksIn(house.database(), clock, outbox, () => config),
    reader: createCommitReader(),
    repositories: () => repositoriesOf(config),
    onProtectionRule: () => true,
    onAskedAgain: () => undefined,
    onChange: () => undefined,
  });
  let count = 0;
  receive = (name, payload, more = {}) => {
    const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
    const secret = more.secret === undefined ? SECRET : more.secret;
    const take = createWebhookReceiver({ clock, secret: () => secret, outbox, take: (e) => book.take(e) });
    count += 1;
    return take({
      headers: {
        'content-type': 'application/json',
        'x-github-event': name,
        'x-github-delivery': more.delivery ?? `delivery-${count}`,
        'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
        ...more.headers,
      },
      body,
    });
  };
}

beforeEach(async () => {
  house = await syncHouse(fakeClock('2026-01-05T10:00:00.000Z'));
  start();
});
afterEach(() => house.remove());

const count = (table: string): number =>
  Number(house.database().prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
const examples = (name: string): Example['examples'] =>
  EXAMPLES.find((one) => one.name === name)?.examples ?? [];

test("GitHub's published signature is taken, and one letter of the body more is not", async () => {
  const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
  const signed = (body: string): ReturnType<typeof receive> =>
    receive('ping', body, { headers: { 'x-hub-signature-256': signature } });
  // Not JSON, so it gets past the signature and no further.
  expect((await signed('Hello, World!')).status).toBe(400);
  expect((await signed('Hello, World!!')).status).toBe(401);
});

test.each<[string, Call]>([
  ['no signature', { headers: { 'x-hub-signature-256': undefined } }],
  ['an empty signature', { headers: { 'x-hub-signature-256': '' } }],
  ['the old SHA-1 signature', { headers: { 'x-hub-signature-256': `sha1=${'a'.repeat(40)}` } }],
  ['another signature', { headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` } }],
  ['no secret set here', { secret: null }],
  ['another secret here', { secret: 'another' }],
])('%s is 401 and leaves nothing behind', async (_what, call) => {
  const [payload] = examples('deployment_status');
  expect((await receive('deployment_status', payload, call)).status).toBe(401);
  expect([count('deployments'), count('audit'), count('deliveries_seen')]).toEqual([0, 0, 0]);
});

test.each<[string, string, unknown, Call, number]>([
  ['no delivery id', 'push', {}, { headers: { 'x-github-delivery': undefined } }, 400],
  ['no event name', 'push', {}, { headers: { 'x-github-event': undefined } }, 400],
  ['a payload of another shape', 'push', { ref: 7 }, {}, 400],
  ['half a JSON', 'push', '{"ref":', {}, 400],
  ['a form', 'push', 'payload={}', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
])('%s is refused by its code', async (_what, name, payload, call, status) => {
  expect((await receive(name, payload, call)).status).toBe(status);
  expect(count('deliveries_seen')).toBe(0);
});

test('every published example gets an answer: what is of use is accepted, the rest ignored', async () => {
  const used = new Set<string>();
  for (const { name, examples: payloads } of EXAMPLES) {
    for (const payload of payloads) {
      const answer = await receive(name, payload);
      expect([200, 202], name).toContain(answer.status);
      if (answer.text === 'accepted') used.add(name);
    }
  }
  expect([...used].sort()).toEqual(['check_run', 'deployment_status', 'pull_request', 'push']);
});

test('a deployment enters the record once, however often it is told', async () => {
  const [payload] = examples('deployment_status');
  expect(await receive('deployment_status', payload, { delivery: 'one' })).toEqual({
    status: 202,
    text: 'accepted',
  });
  // Delivered again by GitHub, replayed under a made-up id, and told after a restart.
  expect(await receive('deployment_status', payload, { delivery: 'one' })).toEqual({
    status: 200,
    text: 'replayed',
  });
  expect(await receive('deployment_status', payload, { delivery: 'two' })).toEqual({
    status: 200,
    text: 'replayed',
  });
  await house.restart();
  start();
  expect(await receive('deployment_status', payload, { delivery: 'one' })).toEqual({
    status: 200,
    text: 'replayed',
  });
  expect((await receive('deployment_status', { ...payload, more: 1 })).text).toBe('ignored');

  const [deployment, ...others] = house.record().deployments({ sinceMs: 0 });
  expect(others).toEqual([]);
  expect(deployment).toMatchObject({
    project: 'hello',
    commit: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
    startedAt: '2019-05-15T15:20:53.000Z',
    finishedAt: '2019-05-15T15:20:55.000Z',
    result: 'ok',
  });
  const audits = house.record().audits({ limit: 10 });
  expect(audits.map(({ actor, act }) => `${actor} ${act}`)).toEqual(['github deploy-finish']);
});

test('the first result of a deployment stands', async () => {
  const [payload = {}] = examples('deployment_status');
  const told = (state: string): ReturnType<typeof receive> =>
    receive('deployment_status', {
      ...payload,
      deployment_status: { ...(payload['deployment_status'] as object), state },
    });
  const result = (): unknown => house.record().deployments({ sinceMs: 0 })[0]?.result;
  await told('in_progress');
  expect(result()).toBeNull();
  await told('failure');
  expect(result()).toBe('failed');
  await told('success');
  await told('inactive');
  expect(result()).toBe('failed');
});

test('a push links the tasks that its commits and its branch name, once', async () => {
  const task = 'AbCdEfGhIjKlMnOpQrStUv';
  const other = '0123456789012345678901';
  const push = {
    ref: `refs/heads/manus/${other}`,
    after: 'b'.repeat(40),
    commits: [
      { id: 'b'.repeat(40), message: `feat: a thing\n\nManus-Task: ${task}` },
      { id: 'c'.repeat(40), message: 'fix: another' },
      // Asks for a paid task, which nobody may do from there.
      { id: 'd'.repeat(40), message: 'fix: more\n\nManus-Task: new' },
    ],
    repository: { full_name: 'Codertocat/Hello-World' },
  };
  await receive('push', push);
  await receive('push', { ...push, pushed_again: true });
  const links = house.database().prepare('SELECT * FROM commit_links ORDER BY commit_sha').all();
  expect(links.map((row) => [String(row['commit_sha'])[0], row['task'], row['source']])).toEqual([
    ['b', task, 'github'],
    ['c', other, 'github'],
    ['d', other, 'github'],
  ]);
});

test('an event of a repository that no project names is ignored', async () => {
  const [payload = {}] = examples('deployment_status');
  const answer = await receive('deployment_status', { ...payload, repository: { full_name: 'some/where' } });
  expect(answer).toEqual({ status: 202, text: 'ignored' });
  expect(count('deployments')).toBe(0);
});
