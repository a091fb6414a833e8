import { generateKeyPairSync, verify } from 'node:crypto';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Decision } from '../../../../../shared/contract/decision.ts';
import type { HealthMode, Verdict } from '../../../../../shared/contract/vocabulary.ts';
import { githubHouse, SHA, type GitHubHouse } from '../../../../fakes/github-house.ts';
import { openPull } from '../../../../fakes/github-project.ts';
import type { Heard } from '../../../../fakes/github-server.ts';

const DAY_AGO = '2026-01-04T10:00:00Z';

let at: GitHubHouse;
beforeEach(async () => {
  at = await githubHouse();
});
afterEach(() => at.remove());

const asked = (): Heard[] => at.server.heard.filter(({ method }) => method === 'GET');

test.each<[Verdict, string]>([
  ['allow', 'success'],
  ['throttle', 'pending'],
  ['block', 'failure'],
  ['unknown', 'error'],
])('a pull request is told the verdict %s as the commit status %s', async (is, state) => {
  at.withPull();
  at.tell({ verdict: is });
  at.start();
  await at.until(() => at.told('/statuses/').length > 0);
  const [status] = at.told('/statuses/');
  expect(status?.path).toBe(`/repos/ann/shop/statuses/${SHA}`);
  expect(status?.body).toMatchObject({ state, context: 'orchestrator/deploy-gate' });
  expect(at.mirror()).toMatchObject({ state: 'ok', queuedCount: 0, lastError: null });
});

test('a status is told on change alone, the newest of a minute, and no number in a sentence is a change', async () => {
  at.withPull();
  at.tell({ verdict: 'block', reason: 'The battery is at 17 %.' });
  at.start();
  await at.until(() => at.told('/statuses/').length > 0);
  for (const percent of [16, 15, 14]) {
    at.tell({ verdict: 'block', reason: `The battery is at ${percent} %.` });
    await at.passMs(30_000);
  }
  expect(at.told('/statuses/')).toHaveLength(1);

  at.tell({ verdict: 'allow' });
  at.tell({ verdict: 'throttle' });
  at.tell({ verdict: 'allow' });
  await at.passMs(120_000);
  expect(at.told('/statuses/').map(({ body }) => body['state'])).toEqual(['failure', 'success']);
});

test('a title that says fix is judged by its files too', async () => {
  at.server.pages = {
    ...at.server.pages,
    '/pulls': [openPull(SHA, { title: 'fix: a typing error' })],
    '/pulls/7/files': [{ filename: '.github/workflows/ci.yml' }],
  };
  at.tell({ verdict: 'allow' });
  const snapshot = at.published.snapshot();
  const [project] = snapshot.projects;
  const infra = project?.decisions.infra;
  if (project === undefined || infra === undefined) throw new Error('no project');
  const blocked: Decision = { ...infra, verdict: 'block', bindingReason: 'No.', cheapestWayToPass: 'wait' };
  const decisions = { ...project.decisions, infra: blocked };
  at.published.take({ ...snapshot, projects: [{ ...project, decisions }] });
  at.start();
  await at.until(() => at.told('/statuses/').length > 0);
  expect(at.told('/statuses/')[0]?.body['state']).toBe('failure');
});

test('what a person feels is in no byte that is sent', async () => {
  at.withPull();
  at.github = { ...at.github, autoMerge: true };
  at.tell({ verdict: 'throttle', reason: 'Your well-being is 40: take it slowly.', code: 'wellbeing-safe' });
  at.start();
  await at.until(() => at.told('/statuses/').length > 0);
  expect(at.server.bytes.join('\n')).not.toMatch(/well-?being|take it slowly/i);
  expect(at.told('/statuses/')[0]?.body['description']).toContain('asked for review');
});

test('what is unchanged costs nothing: asked again with its tag, answered 304', async () => {
  at.withPull();
  at.start();
  await at.until(() => at.told('/statuses/').length > 0);
  const first = asked().length;
  await at.passMs(65_000);
  const again = asked().slice(first);
  expect(again.length).toBeGreaterThan(0);
  expect(again.map(({ status }) => status)).toEqual(again.map(() => 304));
});

test('a deployment is recorded from its statuses, once, over restarts', async () => {
  at.server.pages = {
    ...at.server.pages,
    '/deployments': [{ id: 5, sha: SHA, ref: 'main', environment: 'production', created_at: DAY_AGO }],
    '/deployments/5/statuses': [
      { state: 'inactive', created_at: '2026-01-04T12:00:00Z' },
      { state: 'failure', created_at: '2026-01-04T10:05:00Z' },
      { state: 'in_progress', created_at: '2026-01-04T10:01:00Z' },
    ],
  };
  at.start();
  await at.until(() => at.house.record().deployments({ sinceMs: 0 }).length > 0);
  await at.restart();
  await at.until(() => at.mirror().lastSuccessAt !== null);
  await at.passMs(65_000);
  expect(at.house.record().deployments({ sinceMs: 0 })).toMatchObject([
    { project: 'shop', commit: SHA, result: 'failed', finishedAt: '2026-01-04T10:05:00.000Z' },
  ]);
  expect(at.house.record().audits({ act: 'deploy-finish', limit: 9 })).toHaveLength(1);
});

test('a used-up limit is waited out, by the time GitHub names', async () => {
  at.server.mood = 'limited';
  at.server.limitSeconds = 900;
  at.start();
  await at.until(() => at.server.heard.length > 0);
  await at.passMs(800_000);
  expect(at.server.heard).toHaveLength(1);
  expect(at.mirror()).toMatchObject({
    state: 'failing',
    problem: 'GitHub asks to wait: its request limit is used up',
  });
  at.server.mood = 'well';
  await at.passMs(200_000);
  expect(at.mirror()).toMatchObject({ state: 'ok', problem: null });
});

test('what GitHub asks to wait is obeyed for an hour, however long it says', async () => {
  at.server.mood = 'limited';
  at.server.limitSeconds = 10 * 86_400;
  at.start();
  await at.until(() => at.server.heard.length > 0);
  at.server.mood = 'well';
  await at.passMs(3_720_000);
  expect(at.mirror()).toMatchObject({ state: 'ok', problem: null });
});

test.each<['secondary' | 'failing' | 'hanging' | 'resetting', RegExp]>([
  ['secondary', /asks to wait/],
  ['failing', /GitHub answered 502/],
  ['hanging', /did not answer within 10 s/],
  ['resetting', /connection to GitHub broke/],
])(
  'a GitHub that is %s is one line and no storm, and what waits arrives when it is well',
  async (mood, line) => {
    at.withPull();
    at.start();
    await at.until(() => at.told('/statuses/').length > 0);
    at.server.mood = mood;
    const before = at.server.heard.length;
    at.tell({ verdict: 'block' });
    await at.passMs(30 * 60_000);
    // Reading and telling, each backed off: never more than a few a minute.
    expect(at.server.heard.length - before).toBeLessThan(90);
    expect(at.mirror().state).toBe('failing');
    expect(at.mirror().problem).toMatch(line);
    expect(at.mirror().queuedCount).toBe(1);
    at.server.mood = 'well';
    await at.until(
      () => at.told('/statuses/').some(({ body, status }) => body['state'] === 'failure' && status === 201),
      3_600_000,
    );
  },
);

test('a token that is refused stops everything until another one is there', async () => {
  at.withPull();
  at.token = 'revoked';
  at.start();
  await at.until(() => at.server.heard.length > 0);
  for (let minute = 0; minute < 10; minute += 1) {
    at.tell({ verdict: 'allow' });
    await at.passMs(60_000);
  }
  expect(at.server.heard).toHaveLength(1);
  expect(at.mirror()).toMatchObject({ state: 'stopped' });
  expect(at.mirror().problem).toMatch(/refused the token \(401\): see github.tokenFile/);
  at.token = 'good-token';
  at.tell({ verdict: 'allow' });
  await at.until(() => at.told('/statuses/').length > 0, 10_000);
  expect(at.mirror().state).toBe('ok');
});

test('without a token nothing is sent, and that is said', async () => {
  at.token = null;
  at.start();
  await at.until(() => at.mirror().state === 'stopped');
  expect(at.server.heard).toEqual([]);
  expect(at.mirror().problem).toMatch(/no token is set/);
});

test('a token that is set right after it was missed is used at the next look', async () => {
  at.withPull();
  at.token = null;
  at.start();
  await at.until(() => at.mirror().state === 'stopped');
  at.token = 'good-token';
  at.tell({ verdict: 'allow' });
  await at.until(() => at.told('/statuses/').length > 0, 10_000);
  expect(at.mirror().state).toBe('ok');
});

test('without a repository there is no GitHub at all', () => {
  at.github = null;
  at.start();
  expect(at.room().complete()).toEqual({});
  expect(at.house.clock.pending()).toBe(0);
});

test('auto-merge is switched on with the head pinned, and off again when the verdict is no longer allow', async () => {
  at.withPull();
  at.github = { ...at.github, autoMerge: true, mergeMethod: 'rebase' };
  at.start();
  await at.until(() => at.told('/graphql').length > 0);
  expect(at.told('/graphql')[0]?.body).toMatchObject({
    variables: { pullRequestId: 'PR_7', expectedHeadOid: SHA, mergeMethod: 'REBASE' },
  });
  expect(String(at.told('/graphql')[0]?.body['query'])).toContain('enablePullRequestAutoMerge');
  at.tell({ verdict: 'block' });
  await at.until(() => at.told('/graphql').length > 1);
  expect(String(at.told('/graphql')[1]?.body['query'])).toContain('disablePullRequestAutoMerge');
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
  at.withPull(over);
  at.github = { ...at.github, ...settings };
  at.tell({ verdict: 'allow', mode });
  at.start();
  await at.until(() => at.told('/statuses/').length > 0);
  await at.passMs(10_000);
  expect(at.told('/graphql')).toEqual([]);
});

test('an App says who it is, tells check runs, and answers deployments that wait', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  at.files['/key.pem'] = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  at.withPull();
  at.github = {
    ...at.github,
    commitStatus: false,
    checkRuns: true,
    deploymentProtection: true,
    app: { appId: 12, privateKeyFile: '/key.pem', installationId: 34 },
  };
  at.server.appOf = (jwt) => {
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
  at.tell({ verdict: 'throttle' });
  at.start();
  await at.until(() => at.told('/check-runs').length > 0);
  expect(at.told('/check-runs')[0]?.body).toMatchObject({
    name: 'orchestrator/deploy-gate',
    head_sha: SHA,
    conclusion: 'action_required',
  });
  expect(at.told('/access_tokens')).toHaveLength(1);

  const rule = {
    action: 'requested',
    environment: 'production',
    deployment_callback_url: `${at.server.url}/repos/ann/shop/actions/runs/99/deployment_protection_rule`,
    deployment: { sha: SHA },
    repository: { full_name: 'ann/shop' },
  };
  const evil = 'https://evil.example/repos/ann/shop/actions/runs/98/deployment_protection_rule';
  for (const deployment_callback_url of [evil, rule.deployment_callback_url]) {
    const answer = await at.hook('deployment_protection_rule', { ...rule, deployment_callback_url });
    expect(answer.status).toBe(202);
  }
  await at.until(() => at.told('/runs/').length > 0);
  // A person confirms first: it goes on waiting, and says why.
  expect(at.told('/runs/')[0]?.path).toContain('/actions/runs/99/');
  expect(at.told('/runs/')[0]?.body).toMatchObject({ environment_name: 'production' });
  expect(at.told('/runs/')[0]?.body).not.toHaveProperty('state');
  at.tell({ verdict: 'block', reason: 'The battery is at 4 %.' });
  await at.until(() => at.told('/runs/').length > 1);
  expect(at.told('/runs/')[1]?.body).toMatchObject({ state: 'rejected' });
  expect(String(at.told('/runs/')[1]?.body['comment'])).toContain('The battery is at 4 %.');
  at.tell({ verdict: 'allow' });
  await at.passMs(120_000);
  expect(at.told('/runs/')).toHaveLength(2);
});
