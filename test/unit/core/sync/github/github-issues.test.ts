import { createRequire } from 'node:module';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { githubHouse, type GitHubHouse } from '../../../../fakes/github-house.ts';

const EXAMPLES = createRequire(import.meta.url)(
  '@octokit/webhooks-examples/api.github.com/index.json',
) as readonly { readonly name: string; readonly examples: readonly Readonly<Record<string, unknown>>[] }[];
const OPENED = EXAMPLES.find(({ name }) => name === 'issues')?.examples.find(
  ({ action }) => action === 'opened',
);

let at: GitHubHouse;
beforeEach(async () => {
  at = await githubHouse('Codertocat/Hello-World');
  at.more = { manus: { enabled: true, createFromIssues: true } };
});
afterEach(() => at.remove());

const issue = (number: number, over: object = {}): object => ({
  number,
  title: `Issue ${number}`,
  html_url: `https://github.com/Codertocat/Hello-World/issues/${number}`,
  author_association: 'OWNER',
  ...over,
});
const list = (...issues: readonly object[]): void => {
  at.server.pages = { ...at.server.pages, '/issues': issues };
};
const wanted = (): readonly string[] =>
  at.house
    .outbox()
    .store.shown(50)
    .map(({ act, body }) => `${act} ${(body as { title: string }).title}`)
    .sort();
const minute = (): Promise<void> => at.passMs(65_000);

test('an issue that is opened is a task once, whichever way and however often it is told', async () => {
  list();
  at.start();
  await minute();
  expect(await at.hook('issues', OPENED ?? {})).toEqual({ status: 202, text: 'accepted' });
  expect(await at.hook('issues', { ...OPENED, again: 1 })).toEqual({ status: 202, text: 'ignored' });
  list(issue(1));
  await minute();
  await at.restart();
  await minute();
  expect(wanted()).toEqual([
    expect.stringMatching(/^task\.create Spelling error in the README file \[orch-[0-9a-f]{12}\]$/),
  ]);
  expect(at.house.outbox().store.shown(1)[0]).toMatchObject({
    destination: 'manus',
    project: 'shop',
    isRepeatable: false,
    cause: 'issue github codertocat/hello-world#1 asks for a task',
  });
});

test('asking finds what is new since the first look, over restarts, and leaves pull requests out', async () => {
  list(issue(3), issue(2));
  at.start();
  await minute();
  expect(wanted()).toEqual([]);
  list(issue(5, { pull_request: { url: 'x' } }), issue(4), issue(3));
  await minute();
  await at.restart();
  list(issue(6), issue(5, { pull_request: { url: 'x' } }), issue(4), issue(3));
  await minute();
  await minute();
  expect(wanted()).toEqual([
    expect.stringMatching(/^task\.create Issue 4 /),
    expect.stringMatching(/^task\.create Issue 6 /),
  ]);
});

test('on a public repository strangers open issues, and start no paid run', async () => {
  list();
  at.start();
  await minute();
  list(issue(2, { author_association: 'NONE' }), issue(1, { author_association: 'CONTRIBUTOR' }));
  await minute();
  const theirs = { ...(OPENED?.['issue'] as object), number: 9, author_association: 'NONE' };
  expect((await at.hook('issues', { ...OPENED, issue: theirs })).text).toBe('ignored');
  expect(wanted()).toEqual([]);
});

test('on a private one whoever may look may ask', async () => {
  at.server.pages = { ...at.server.pages, '': { default_branch: 'main', private: true } };
  list();
  at.start();
  await minute();
  list(issue(1, { author_association: 'NONE' }));
  await minute();
  expect(wanted()).toHaveLength(1);
});

test('nothing is asked for, and no issue read, until a person switches it on', async () => {
  at.more = { manus: { enabled: true } };
  list(issue(1));
  at.start();
  await minute();
  expect((await at.hook('issues', OPENED ?? {})).text).toBe('ignored');
  expect(at.server.heard.filter(({ path }) => path.includes('/issues'))).toEqual([]);
  at.more = { manus: { enabled: true, createFromIssues: true } };
  at.tell({ verdict: 'allow' });
  await minute();
  expect(wanted()).toEqual([]);
  list(issue(2), issue(1));
  await minute();
  expect(wanted()).toHaveLength(1);
  // What is opened while it is off again stays out.
  at.more = { manus: { enabled: true } };
  await minute();
  list(issue(3), issue(2), issue(1));
  await minute();
  at.more = { manus: { enabled: true, createFromIssues: true } };
  await minute();
  await minute();
  expect(wanted()).toHaveLength(1);
});

test('several projects in one repository get one task between them', async () => {
  const second = { repository: 'codertocat/hello-world', apiUrl: at.server.url };
  at.more = { ...at.more, projects: [{ id: 'site', path: '/site', github: second }] };
  list();
  at.start();
  await at.hook('issues', OPENED ?? {});
  expect(wanted()).toHaveLength(1);
});
