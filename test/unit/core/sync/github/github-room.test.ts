import { generateKeyPairSync, verify } from 'node:crypto';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createPublished } from '../../../../../core/published.ts';
import { commitTasksIn } from '../../../../../core/sync/github/github-in-house.ts';
import { createGitHubRoom, type GitHubRoom } from '../../../../../core/sync/github/github-room.ts';
import { configSchema, type Config } from '../../../../../shared/contract/config.ts';
import type { Decision } from '../../../../../shared/contract/decision.ts';
import type { HealthMode, Verdict } from '../../../../../shared/contract/vocabulary.ts';
import { fakeClock } from '../../../../fakes/fake-clock.ts';
import { openPull, signedCall, snapshotTelling } from '../../../../fakes/github-project.ts';
import { startGitHubServer, type GitHubServer, type Heard } from '../../../../fakes/github-server.ts';
import { syncHouse, type SyncHouse } from '../../../../fakes/sync-house.ts';

const SHA = 'a'.repeat(40);
const DAY_AGO = '2026-01-04T10:00:00Z';

let house: SyncHouse;
let server: GitHubServer;
let room: GitHubRoom;
let faults: unknown[];
let token: string | null;
let github: Record<string, unknown> | null;
let files: Record<string, string>;
let published: ReturnType<typeof createPublished>;

beforeEach(async () => {
  house = await syncHouse(fakeClock('2026-01-05T10:00:00.000Z'));
  server = await startGitHubServer('ann/shop');
  server.pages = { '': { default_branch: 'main' }, '/pulls': [], '/deployments': [], '/commits': [] };
  faults = [];
  files = {};
  token = 'good-token';
  github = { repository: 'ann/shop', apiUrl: server.url, commitStatus: true };
  published = createPublished(() => undefined);
  verdict('allow');
});
afterEach(async () => {
  await room.stop?.();
  await server.stop();
  house.remove();
  expect(faults).toEqual([]);
});

function config(): Config {
  return configSchema.parse({ projects: [{ id: 'shop', path: '/shop', github }] });
}
function open(): GitHubRoom {
  const { clock } = house;
  room = createGitHubRoom({
    clock,
    chance: () => 0.5,
    record: house.record(),
    config,
    published,
    version: '1.0.0',
    outbox: house.outbox(),
    links: commitTasksIn(house.database(), house.clock, house.outbox(), config),
    secret: () => token,
    readFile: async (path) => Promise.resolve(files[path] ?? ''),
    request: () => undefined,
    onFault: (error) => faults.push(error),
  });
  return room;
}

/** Every change gets this verdict, for this reason. */
function verdict(is: Verdict, reason?: string, code?: string, mode?: HealthMode): void {
  const more = { ...(reason && { reason }), ...(code && { code }), ...(mode && { mode }) };
  published.take(snapshotTelling({ verdict: is, ...more }));
}

const withPull = (over: Record<string, unknown> = {}): void => {
  server.pages = {
    ...server.pages,
    '/pulls': [openPull(SHA, over)],
    '/pulls/7/files': [{ filename: 'a.ts' }],
  };
};

const told = (part: string): Heard[] =>
  server.heard.filter(({ method, path }) => method === 'POST' && path.includes(part));
const asked = (): Heard[] => server.heard.filter(({ method }) => method === 'GET');
/** Time goes on until something is so; real answers come in between. */
async function until(what: () => boolean, mostMs = 120_000): Promise<void> {
  for (let ms = 0; !what() && ms < mostMs; ms += 1000) {
    await house.clock.advanceMs(1000);
    await settled();
  }
  await vi.waitFor(() => expect(what()).toBe(true), 5000);
}
/** All that is on its way has come back. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  await vi.waitFor(() => expect(server.heard.every(({ status }) => status !== 0)).toBe(true), 5000);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
const passMs = async (ms: number): Promise<void> => {
  for (let gone = 0; gone < ms; gone += 5000) {
    await house.clock.advanceMs(5000);
    await settled();
  }
};
const mirror = (): NonNullable<ReturnType<GitHubRoom['complete']>['github']> => {
  const { github: state } = room.complete();
  if (state === undefined) throw new Error('GitHub is not there');
  return state;
};

test.each<[Verdict, string]>([
  ['allow', 'success'],
  ['throttle', 'pending'],
  ['block', 'failure'],
  ['unknown', 'error'],
])('a pull request is told the verdict %s as the commit status %s', async (is, state) => {
  withPull();
  verdict(is);
  open().start?.();
  await until(() => told('/statuses/').length > 0);
  const [status] = told('/statuses/');
  expect(status?.path).toBe(`/repos/ann/shop/statuses/${SHA}`);
  expect(status?.body).toMatchObject({ state, context: 'orchestrator/deploy-gate' });
  expect(mirror()).toMatchObject({ state: 'ok', queuedCount: 0, lastError: null });
});

test('a status is told on change alone, the newest of a minute, and no number in a sentence is a change', async () => {
  withPull();
  verdict('block', 'The battery is at 17 %.');
  open().start?.();
  await until(() => told('/statuses/').length > 0);
  for (const percent of [16, 15, 14]) {
    verdict('block', `The battery is at ${percent} %.`);
    room.take?.(published.snapshot());
    await passMs(30_000);
  }
  expect(told('/statuses/')).toHaveLength(1);

  verdict('allow');
  room.take?.(published.snapshot());
  verdict('throttle');
  room.take?.(published.snapshot());
  verdict('allow');
  room.take?.(published.snapshot());
  await passMs(120_000);
  expect(told('/statuses/').map(({ body }) => body['state'])).toEqual(['failure', 'success']);
});

test('a title that says fix is judged by its files too', async () => {
  server.pages = {
    ...server.pages,
    '/pulls': [openPull(SHA, { title: 'fix: a typing error' })],
    '/pulls/7/files': [{ filename: '.github/workflows/ci.yml' }],
  };
  verdict('allow');
  const snapshot = published.snapshot();
  const [project] = snapshot.projects;
  const infra = project?.decisions.infra;
  if (project === undefined || infra === undefined) throw new Error('no project');
  const blocked: Decision = { ...infra, verdict: 'block', bindingReason: 'No.', cheapestWayToPass: 'wait' };
  const decisions = { ...project.decisions, infra: blocked };
  published.take({ ...snapshot, projects: [{ ...project, decisions }] });
  open().start?.();
  await until(() => told('/statuses/').length > 0);
  expect(told('/statuses/')[0]?.body['state']).toBe('failure');
});

test('what a person feels is in no byte that is sent', async () => {
  withPull();
  github = { ...github, autoMerge: true };
  verdict('throttle', 'Your well-being is 40: take it slowly.', 'wellbeing-safe');
  open().start?.();
  await until(() => told('/statuses/').length > 0);
  expect(server.bytes.join('\n')).not.toMatch(/well-?being|take it slowly/i);
  expect(told('/statuses/')[0]?.body['description']).toContain('asked for review');
});

test('what is unchanged costs nothing: asked again with its tag, answered 304', async () => {
  withPull();
  open().start?.();
  await until(() => told('/statuses/').length > 0);
  const first = asked().length;
  await passMs(65_000);
  const again = asked().slice(first);
  expect(again.length).toBeGreaterThan(0);
  expect(again.map(({ status }) => status)).toEqual(again.map(() => 304));
});

test('a deployment is recorded from its statuses, once, over restarts', async () => {
  server.pages = {
    ...server.pages,
    '/deployments': [{ id: 5, sha: SHA, ref: 'main', environment: 'production', created_at: DAY_AGO }],
    '/deployments/5/statuses': [
      { state: 'inactive', created_at: '2026-01-04T12:00:00Z' },
      { state: 'failure', created_at: '2026-01-04T10:05:00Z' },
      { state: 'in_progress', created_at: '2026-01-04T10:01:00Z' },
    ],
  };
  open().start?.();
  await until(() => house.record().deployments({ sinceMs: 0 }).length > 0);
  await room.stop?.();
  await house.restart();
  open().start?.();
  await until(() => mirror().lastSuccessAt !== null);
  await passMs(65_000);
  expect(house.record().deployments({ sinceMs: 0 })).toMatchObject([
    { project: 'shop', commit: SHA, result: 'failed', finishedAt: '2026-01-04T10:05:00.000Z' },
  ]);
  expect(house.record().audits({ act: 'deploy-finish', limit: 9 })).toHaveLength(1);
});

test('a used-up limit is waited out, by the time GitHub names', async () => {
  server.mood = 'limited';
  server.limitSeconds = 900;
  open().start?.();
  await until(() => server.heard.length > 0);
  await passMs(800_000);
  expect(server.heard).toHaveLength(1);
  expect(mirror()).toMatchObject({
    state: 'failing',
    problem: 'GitHub asks to wait: its request limit is used up',
  });
  server.mood = 'well';
  await passMs(200_000);
  expect(mirror()).toMatchObject({ state: 'ok', problem: null });
});

test.each<['secondary' | 'failing' | 'hanging' | 'resetting', RegExp]>([
  ['secondary', /asks to wait/],
  ['failing', /GitHub answered 502/],
  ['hanging', /did not answer within 10 s/],
  ['resetting', /connection to GitHub broke/],
])(
  'a GitHub that is %s is one line and no storm, and what waits arrives when it is well',
  async (mood, line) => {
    withPull();
    open().start?.();
    await until(() => told('/statuses/').length > 0);
    server.mood = mood;
    const before = server.heard.length;
    verdict('block');
    room.take?.(published.snapshot());
    await passMs(30 * 60_000);
    // Reading and telling, each backed off: never more than a few a minute.
    expect(server.heard.length - before).toBeLessThan(90);
    expect(mirror().state).toBe('failing');
    expect(mirror().problem).toMatch(line);
    expect(mirror().queuedCount).toBe(1);
    server.mood = 'well';
    await until(
      () => told('/statuses/').some(({ body, status }) => body['state'] === 'failure' && status === 201),
      3_600_000,
    );
  },
);

test('a token that is refused stops everything until another one is there', async () => {
  withPull();
  token = 'revoked';
  open().start?.();
  await until(() => server.heard.length > 0);
  for (let minute = 0; minute < 10; minute += 1) {
    room.take?.(published.snapshot());
    await passMs(60_000);
  }
  expect(server.heard).toHaveLength(1);
  expect(mirror()).toMatchObject({ state: 'stopped' });
  expect(mirror().problem).toMatch(/refused the token \(401\): see github.tokenFile/);
  token = 'good-token';
  room.take?.(published.snapshot());
  await until(() => told('/statuses/').length > 0, 10_000);
  expect(mirror().state).toBe('ok');
});

test('without a token nothing is sent, and that is said', async () => {
  token = null;
  open().start?.();
  await until(() => mirror().state === 'stopped');
  expect(server.heard).toEqual([]);
  expect(mirror().problem).toMatch(/no token is set/);
});

test('without a repository there is no GitHub at all', () => {
  github = null;
  open().start?.();
  expect(room.complete()).toEqual({});
  expect(house.clock.pending()).toBe(0);
});

test('auto-merge is switched on with the head pinned, and off again when the verdict is no longer allow', async () => {
  withPull();
  github = { ...github, autoMerge: true, mergeMethod: 'rebase' };
  open().start?.();
  await until(() => told('/graphql').length > 0);
  expect(told('/graphql')[0]?.body).toMatchObject({
    variables: { pullRequestId: 'PR_7', expectedHeadOid: SHA, mergeMethod: 'REBASE' },
  });
  expect(String(told('/graphql')[0]?.body['query'])).toContain('enablePullRequestAutoMerge');
  verdict('block');
  room.take?.(published.snapshot());
  await until(() => told('/graphql').length > 1);
  expect(String(told('/graphql')[1]?.body['query'])).toContain('disablePullRequestAutoMerge');
});

test.each<[string, Record<string, unknown>, Record<string, unknown>, HealthMode]>([
  ['nobody switched it on', {}, {}, 'FAST'],
  ['a draft', { autoMerge: true }, { draft: true }, 'FAST'],
  [
    'from a fork',
    { autoMerge: true },
    { head: { sha: SHA, ref: 'x', repo: { full_name: 'eve/shop' } } },
    'FAST',
  ],
  ['into another branch', { autoMerge: true }, { base: { ref: 'next' } }, 'FAST'],
  ['without the label', { autoMerge: true, autoMergeLabel: 'go' }, {}, 'FAST'],
  ['in SAFE', { autoMerge: true }, {}, 'SAFE'],
])('nothing merges by itself: %s', async (_what, settings, over, mode) => {
  withPull(over);
  github = { ...github, ...settings };
  verdict('allow', undefined, undefined, mode);
  open().start?.();
  await until(() => told('/statuses/').length > 0);
  await passMs(10_000);
  expect(told('/graphql')).toEqual([]);
});

test('an App says who it is, tells check runs, and answers deployments that wait', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  files['/key.pem'] = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  withPull();
  github = {
    ...github,
    commitStatus: false,
    checkRuns: true,
    deploymentProtection: true,
    app: { appId: 12, privateKeyFile: '/key.pem', installationId: 34 },
  };
  server.appOf = (jwt) => {
    const [head = '', claims = '', signature = ''] = jwt.split('.');
    expect(
      verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url')),
    ).toBe(true);
    const { iat, exp, iss } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    expect(iss).toBe('12');
    expect(Number(exp) - Number(iat)).toBeLessThanOrEqual(600);
    return { token: 'good-token', expires_at: '2026-01-05T11:00:00Z' };
  };
  verdict('throttle');
  open().start?.();
  await until(() => told('/check-runs').length > 0);
  expect(told('/check-runs')[0]?.body).toMatchObject({
    name: 'orchestrator/deploy-gate',
    head_sha: SHA,
    conclusion: 'action_required',
  });
  expect(told('/access_tokens')).toHaveLength(1);

  const rule = {
    action: 'requested',
    environment: 'production',
    deployment_callback_url: `${server.url}/repos/ann/shop/actions/runs/99/deployment_protection_rule`,
    deployment: { sha: SHA },
    repository: { full_name: 'ann/shop' },
  };
  await hook('deployment_protection_rule', {
    ...rule,
    deployment_callback_url: 'https://evil.example/repos/ann/shop/actions/runs/98/deployment_protection_rule',
  });
  await hook('deployment_protection_rule', rule);
  await until(() => told('/runs/').length > 0);
  // A person confirms first: it goes on waiting, and says why.
  expect(told('/runs/')[0]?.path).toContain('/actions/runs/99/');
  expect(told('/runs/')[0]?.body).toMatchObject({ environment_name: 'production' });
  expect(told('/runs/')[0]?.body).not.toHaveProperty('state');
  verdict('block', 'The battery is at 4 %.');
  room.take?.(published.snapshot());
  await until(() => told('/runs/').length > 1);
  expect(told('/runs/')[1]?.body).toMatchObject({ state: 'rejected' });
  expect(String(told('/runs/')[1]?.body['comment'])).toContain('The battery is at 4 %.');
  verdict('allow');
  room.take?.(published.snapshot());
  await passMs(120_000);
  expect(told('/runs/')).toHaveLength(2);
});

async function hook(name: string, payload: object): Promise<void> {
  expect((await room.webhook(signedCall(name, payload, token ?? ''))).status).toBe(202);
}
