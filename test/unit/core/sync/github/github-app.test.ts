import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { githubHouse, SHA, type GitHubHouse } from '../../../../fakes/github-house.ts';
import { snapshotTelling } from '../../../../fakes/github-project.ts';

const NEXT = 'b'.repeat(40);
const EXAMPLES = createRequire(import.meta.url)(
  '@octokit/webhooks-examples/api.github.com/index.json',
) as readonly { readonly name: string; readonly examples: readonly Readonly<Record<string, unknown>>[] }[];
const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
}) as string;

let at: GitHubHouse;
beforeEach(async () => {
  at = await githubHouse();
  at.files['/key.pem'] = KEY;
  at.server.appOf = () => ({ token: 'good-token', expires_at: '2026-01-05T11:00:00Z' });
});
afterEach(() => at.remove());

const app = (installationId: number | null = 34): object => ({
  appId: 12,
  privateKeyFile: '/key.pem',
  installationId,
});
const ruleOf = (runId: number, environment = 'production'): object => ({
  action: 'requested',
  environment,
  deployment_callback_url: `${at.server.url}/repos/ann/shop/actions/runs/${runId}/deployment_protection_rule`,
  deployment: { sha: SHA },
  repository: { full_name: 'ann/shop' },
  installation: { id: 34 },
});

test.each([
  ['allow', 'approved'],
  ['block', 'rejected'],
] as const)('a deployment that waits while the verdict is %s is %s, once', async (verdict, state) => {
  at.github = { ...at.github, commitStatus: false, deploymentProtection: true, app: app() };
  at.tell({ verdict, reason: 'The battery is at 4 %.' });
  at.start();
  expect(await at.hook('deployment_protection_rule', ruleOf(99))).toEqual({ status: 202, text: 'accepted' });
  await at.until(() => at.told('/runs/').length > 0);
  const [answer] = at.told('/runs/');
  expect(answer?.path).toBe('/repos/ann/shop/actions/runs/99/deployment_protection_rule');
  expect(answer?.body).toMatchObject({ environment_name: 'production', state });
  expect(String(answer?.body['comment'])).toContain(
    verdict === 'allow' ? 'May go now.' : 'The battery is at 4 %.',
  );
  // It was decided: what is thought of it later is nobody's business there, over restarts too.
  at.tell({ verdict: verdict === 'allow' ? 'block' : 'allow' });
  await at.restart();
  await at.passMs(120_000);
  expect(at.told('/runs/')).toHaveLength(1);
});

test('a deployment goes on waiting for a person, over a restart, and is approved when it may go', async () => {
  at.github = { ...at.github, commitStatus: false, deploymentProtection: true, app: app() };
  at.tell({ verdict: 'throttle', reason: 'A person confirms.', code: 'confirm' });
  at.start();
  await at.hook('deployment_protection_rule', ruleOf(99));
  await at.hook('deployment_protection_rule', ruleOf(100, 'staging'));
  await at.until(() => at.told('/runs/').length === 2);
  expect(at.told('/runs/').some(({ body }) => 'state' in body)).toBe(false);
  await at.restart();
  at.tell({ verdict: 'allow' });
  await at.until(() => at.told('/runs/').length === 4);
  expect(
    at
      .told('/runs/')
      .slice(2)
      .map(({ body }) => `${String(body['environment_name'])} ${String(body['state'])}`)
      .sort(),
  ).toEqual(['production approved', 'staging approved']);
});

test('nothing waits where no person switched it on', async () => {
  at.github = { ...at.github, commitStatus: false, app: app() };
  at.start();
  expect(await at.hook('deployment_protection_rule', ruleOf(99))).toEqual({ status: 202, text: 'ignored' });
  await at.passMs(30_000);
  expect(at.told('/runs/')).toEqual([]);
});

test('the installation of an App is looked up by the repository', async () => {
  at.withPull();
  at.server.installation = { id: 4711 };
  at.github = { ...at.github, commitStatus: false, checkRuns: true, app: app(null) };
  at.start();
  await at.until(() => at.told('/check-runs').length > 0);
  expect(at.told('/access_tokens').map(({ path }) => path)).toEqual([
    '/app/installations/4711/access_tokens',
  ]);
  expect(at.told('/access_tokens')[0]?.body).toEqual({ repositories: ['shop'] });
  expect(at.mirror()).toMatchObject({ state: 'ok', problem: null });
});

test('an App that is installed nowhere near is one line, no storm, and goes on once it is', async () => {
  at.withPull();
  at.github = { ...at.github, commitStatus: false, checkRuns: true, app: app(null) };
  at.start();
  await at.until(() => at.server.heard.length > 0);
  for (let minute = 0; minute < 30; minute += 1) {
    at.tell({ verdict: minute % 2 === 0 ? 'block' : 'allow' });
    await at.passMs(60_000);
  }
  expect(at.mirror()).toMatchObject({
    state: 'stopped',
    problem: 'the App is not installed at the repository (404): see github.app',
  });
  expect(at.server.heard.length).toBeLessThanOrEqual(2);
  at.server.installation = { id: 4711 };
  await at.until(() => at.told('/check-runs').length > 0, 3_700_000);
  expect(at.mirror().state).toBe('ok');
});

test('our own check run is told again when it is asked for, anybody else’s is not', async () => {
  at.withPull();
  at.github = { ...at.github, commitStatus: false, checkRuns: true, app: app() };
  at.start();
  await at.until(() => at.told('/check-runs').length > 0);
  const example = EXAMPLES.find(({ name }) => name === 'check_run')?.examples.find(
    ({ action }) => action === 'rerequested',
  );
  const asked = (name: string): object => ({
    ...example,
    check_run: { ...(example?.['check_run'] as object), name, head_sha: SHA },
    repository: { ...(example?.['repository'] as object), full_name: 'ann/shop' },
  });
  expect((await at.hook('check_run', asked('lint'))).status).toBe(202);
  await at.passMs(120_000);
  expect(at.told('/check-runs')).toHaveLength(1);
  expect(await at.hook('check_run', asked('orchestrator/deploy-gate'))).toEqual({
    status: 202,
    text: 'accepted',
  });
  await at.passMs(180_000);
  expect(at.told('/check-runs').map(({ body }) => [body['head_sha'], body['conclusion']])).toEqual([
    [SHA, 'success'],
    [SHA, 'success'],
  ]);
});

test('of several projects in a repository the worst verdict counts, and each has its own record', async () => {
  at.withPull();
  const second = { repository: 'ANN/Shop', apiUrl: at.server.url };
  at.more = { projects: [{ id: 'site', path: '/site', github: second }] };
  const judged = (verdict: 'allow' | 'block'): ReturnType<typeof snapshotTelling> => {
    const snapshot = snapshotTelling({ verdict: 'allow' });
    const other = snapshotTelling({ verdict, reason: 'The battery is at 4 %.' }).projects[0];
    const [shop] = snapshot.projects;
    if (shop === undefined || other === undefined) throw new Error('no project');
    return { ...snapshot, projects: [shop, { ...other, id: 'site' }] };
  };
  at.published.take(judged('block'));
  at.server.pages = {
    ...at.server.pages,
    '/deployments': [
      { id: 5, sha: SHA, ref: 'main', environment: 'production', created_at: '2026-01-04T10:00:00Z' },
    ],
    '/deployments/5/statuses': [{ state: 'success', created_at: '2026-01-04T10:05:00Z' }],
  };
  at.start();
  await at.until(() => at.told('/statuses/').length > 0);
  expect(at.told('/statuses/')[0]?.body).toMatchObject({ state: 'failure' });
  at.published.take(judged('allow'));
  at.room().take?.(at.published.snapshot());
  await at.until(() => at.told('/statuses/').length > 1);
  expect(at.told('/statuses/')[1]?.body).toMatchObject({ state: 'success' });
  // One repository, spelled in two ways: asked about once.
  expect(Object.keys(at.mirror().repositories)).toEqual(['ann/shop']);
  expect(
    at.house
      .record()
      .deployments({ sinceMs: 0 })
      .map(({ project, result }) => `${project} ${result}`)
      .sort(),
  ).toEqual(['shop ok', 'site ok']);
});

test.each([
  ['UNPROCESSABLE', 'Pull request Pull request is in clean status', /nothing holds this pull request up/],
  ['UNPROCESSABLE', 'Pull request Pull request is in unstable status', /none of them is required/],
  [
    'UNPROCESSABLE',
    'Pull request Auto merge is not allowed for this repository',
    /switch on "Allow auto-merge" in its settings/,
  ],
  [
    'UNPROCESSABLE',
    'Pull request Protected branch rules not configured for this branch',
    /no rule with a requirement/,
  ],
  ['UNPROCESSABLE', 'Head branch was modified. Review and try the merge again.', /another commit by now/],
  ['FORBIDDEN', 'Resource not accessible by integration', /lacks a permission: pull requests and contents/],
  ['NOT_FOUND', "Could not resolve to a node with the global id of 'PR_7'", /knows it no more/],
  ['SOMETHING', 'Words that are new', /GitHub refused it: Words that are new/],
])(
  'auto-merge that GitHub refuses (%s: %s) is a sentence, and is not asked for again',
  async (type, message, line) => {
    at.withPull();
    at.github = { ...at.github, autoMerge: true };
    at.server.graphqlErrors = [{ type, message }];
    at.start();
    await at.until(() => at.told('/graphql').length > 0);
    for (let turn = 0; turn < 5; turn += 1) {
      at.tell({ verdict: 'allow' });
      await at.passMs(60_000);
    }
    expect(at.told('/graphql')).toHaveLength(1);
    const [dead] = at.house.outbox().store.shown(10);
    expect(dead).toMatchObject({ act: 'auto-merge', state: 'dead' });
    expect(dead?.outcome).toMatch(line);
    expect(at.mirror()).toMatchObject({ state: 'ok', deadCount: 1 });
    // Another commit is another question.
    at.server.graphqlErrors = [];
    at.withPull({
      head: { sha: NEXT, ref: 'thing', repo: { full_name: 'ann/shop' } },
      updated_at: '2026-01-05T09:00:00Z',
    });
    await at.until(() => at.told('/graphql').length > 1);
    expect(at.told('/graphql')[1]?.body).toMatchObject({ variables: { expectedHeadOid: NEXT } });
  },
);

test('switching off what is merged already is no failure', async () => {
  at.withPull();
  at.github = { ...at.github, autoMerge: true };
  at.start();
  await at.until(() => at.told('/graphql').length > 0);
  at.server.graphqlErrors = [
    { type: 'UNPROCESSABLE', message: "Can't disable auto-merge for this pull request." },
  ];
  at.tell({ verdict: 'block' });
  await at.until(() => at.told('/graphql').length > 1);
  await at.passMs(10_000);
  expect(at.mirror()).toMatchObject({ state: 'ok', deadCount: 0 });
});
