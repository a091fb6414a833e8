import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Action } from '../../shared/contract/remediation.ts';
import { startFakeCore } from '../fakes/fake-core-server.ts';
import type { FakeCore } from '../fakes/fake-core-server.ts';
import { accessibilityFindings } from './accessibility.ts';
import { keepScreen, openBrowser, openPage } from './browser.ts';
import { builtPageDir } from './built-page.ts';
import { lowSnapshot } from './example-snapshots.ts';
import { createLookingBack } from './looking-back.ts';

const action = (over: Partial<Action>): Action => ({
  id: 'a-1',
  kind: 'rollback',
  project: 'shop',
  subject: '8b8d493a4027',
  state: 'asking',
  title: 'Roll back 8b8d493a40',
  cause: '3 health checks in a row failed',
  text: 'Waits for a person: 2 rollbacks in the last 24 h: the automation has stopped.',
  beganAt: '2026-01-05T09:58:00.000Z',
  endedAt: null,
  dueAt: null,
  undo: 'Reverts the revert, and pushes that.',
  can: ['approve', 'decline'],
  detail: {},
  ...over,
});
const ACTIONS = [
  action({}),
  action({
    id: 'a-2',
    kind: 'throttle',
    project: 'model',
    state: 'active',
    title: 'Slow indexer.service down',
    cause: 'LOW, battery 12 %',
    text: 'In force: limited to 20 % of a core.',
    undo: 'Sets the limit of before again.',
    can: ['undo'],
  }),
];

describe('dashboard: what the core did by itself', () => {
  let browser: Browser;
  let core: FakeCore;
  const asked: string[] = [];
  const told = createLookingBack();

  beforeAll(async () => {
    browser = await openBrowser();
    core = await startFakeCore(
      await builtPageDir(),
      lowSnapshot({ actions: ACTIONS }),
      undefined,
      (method, url, body) => {
        if (!url.pathname.startsWith('/v1/actions/')) return told.answer(method, url, body);
        asked.push(`${method} ${url.pathname}`);
        return { status: 200, value: ACTIONS[0] };
      },
    );
  });
  afterAll(async () => {
    await browser.close();
    await core.stop();
  });

  it('says what, why and how it is undone, and takes the answer', async () => {
    const { page } = await openPage(browser, `${core.signInUrl()}&page=jobs`, 'wide', 'light');
    const row = page.locator('.job', { hasText: 'Roll back 8b8d493a40' });
    await row.getByText('Because: 3 health checks in a row failed.').waitFor();
    await row.getByText('Undo: Reverts the revert, and pushes that.').waitFor();
    await page.getByText('In force: limited to 20 % of a core.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'actions-wide-light');
    await row.getByRole('button', { name: 'Do it' }).click();
    await row.getByText('Told the core.').waitFor();
    expect(asked).toEqual(['POST /v1/actions/a-1/approve']);
  });

  it.each([
    ['compact', 'dark'],
    ['wide', 'light'],
  ] as const)('tells how many instances are wanted and set, and why: %s, %s', async (size, theme) => {
    const { page } = await openPage(browser, `${core.signInUrl()}&page=jobs`, size, theme);
    const row = page.locator('.job', { hasText: '3 wanted, 5 set' });
    await row.getByText('Setting them failed: the cluster at 10.0.0.1:6443').waitFor();
    await row.getByText('1 to 9 · set in Kubernetes · 3 jobs run').waitFor();
    await page.getByText('1 wanted, none set: dry run').waitFor();
    await page.getByText('How many are wanted is not known, others read it').waitFor();
    await row.scrollIntoViewIfNeeded();
    expect(await accessibilityFindings(page)).toEqual([]);
    const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isTooWide).toBe(false);
    await keepScreen(page, `instances-${size}-${theme}`);
  });

  it('says so where no project is scaled', async () => {
    const { scaling } = told;
    told.scaling = [];
    const { page } = await openPage(browser, `${core.signInUrl()}&page=jobs`, 'wide', 'light');
    await page.getByText('No project has instances to set.').waitFor();
    await keepScreen(page, 'instances-none-wide-light', true);
    told.scaling = scaling;
  });
});
