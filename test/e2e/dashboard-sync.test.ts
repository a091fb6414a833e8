import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { SyncReply } from '../../shared/contract/sync.ts';
import { syncReplySchema } from '../../shared/contract/sync.ts';
import { startFakeCore } from '../fakes/fake-core-server.ts';
import type { FakeCore } from '../fakes/fake-core-server.ts';
import { accessibilityFindings } from './accessibility.ts';
import { keepScreen, openBrowser, openPage, SIZES } from './browser.ts';
import type { Size, Theme } from './browser.ts';
import { builtPageDir } from './built-page.ts';
import { lowSnapshot } from './example-snapshots.ts';
import { EXAMPLE_SYNC } from './example-sync.ts';

const NOTHING: SyncReply = {
  destinations: {},
  messages: [],
  projects: [{ project: 'shop', tasks: [], asking: [] }],
};

describe('dashboard: the page of mirrors', () => {
  let browser: Browser;
  let core: FakeCore;
  let told: SyncReply;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  beforeEach(async () => {
    told = syncReplySchema.parse(EXAMPLE_SYNC);
    core = await startFakeCore(await builtPageDir(), lowSnapshot(), undefined, (method, url) =>
      method === 'GET' && url.pathname === '/v1/sync' ? { status: 200, value: told } : null,
    );
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await core.stop();
  });
  afterAll(() => browser.close());

  const opened = async (size: Size, theme: Theme): Promise<Page> => {
    const { page } = await openPage(browser, `${core.signInUrl()}&page=sync`, size, theme);
    await page.getByText('live, updated').waitFor();
    return page;
  };

  it.each([
    ['compact', 'light'],
    ['compact', 'dark'],
    ['wide', 'light'],
    ['wide', 'dark'],
  ] as const)('tells what is wrong, what waits and what differs since when: %s, %s', async (size, theme) => {
    const page = await opened(size, theme);
    for (const sentence of [
      'Waits for you',
      'Manus refused the API key (401): see sync.manus.keyFile.',
      '3 messages wait · 1 may have arrived · 1 given up',
      'Not delivered within 7 days: Manus cannot be reached (ENOTFOUND).',
      'Checkout: a voucher is taken off twice',
      'here: deployed · at Manus: running',
      'Status here deployed, there running',
      '3f2a9c1b77d0',
      '1 commit asks for a task',
    ]) {
      await page.getByText(sentence).first().waitFor({ state: 'attached' });
    }
    await keepScreen(page, `sync-${size}-${theme}`, size === 'wide');
    await page.evaluate(() => {
      for (const part of document.querySelectorAll('details')) part.open = true;
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(SIZES[size].width);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await page.getByRole('link', { name: 'Open at Manus' }).first().getAttribute('href')).toBe(
      'https://manus.im/app/BoArdm6FDQf9peSabcdEFG',
    );
  });

  it('says how to begin where nothing is mirrored', async () => {
    told = NOTHING;
    const page = await opened('wide', 'dark');
    await page.getByRole('heading', { name: 'No mirrors' }).waitFor();
    await keepScreen(page, 'sync-none-wide-dark');
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});
