import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { SyncReply } from '../../shared/contract/sync.ts';
import { linkCommitSchema, messageNamedSchema, syncReplySchema } from '../../shared/contract/sync.ts';
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
  /** What the page asked the core to do. */
  let asked: string[];
  /** As the core answers, held to the real schemas. */
  const answered = (path: string, body: Record<string, string>): { status: number; value: unknown } => {
    asked.push([path, ...Object.values(body)].join(' '));
    switch (path) {
      case '/v1/sync/push':
        return { status: 200, value: { isPushed: asked.filter((one) => one === path).length === 1 } };
      case '/v1/sync/drop': {
        const { id } = messageNamedSchema.parse(body);
        told = { ...told, messages: told.messages.filter((message) => message.id !== id) };
        return { status: 200, value: { id } };
      }
      case '/v1/sync/retry': {
        const { id } = messageNamedSchema.parse(body);
        told = {
          ...told,
          messages: told.messages.map((message) =>
            message.id === id ? { ...message, state: 'unsure', can: [] } : message,
          ),
        };
        return { status: 200, value: told.messages.find((message) => message.id === id) };
      }
      case '/v1/sync/boards':
        return { status: 200, value: { isAsked: true } };
      default: {
        const parsed = linkCommitSchema.safeParse(body);
        if (parsed.success) return { status: 200, value: { ...parsed.data, isNew: true } };
        const [issue] = parsed.error.issues;
        const field = String(issue?.path[0]);
        return {
          status: 422,
          value: { error: { code: 'invalid', message: `${field}: ${issue?.message}`, field } },
        };
      }
    }
  };

  beforeAll(async () => {
    browser = await openBrowser();
  });
  beforeEach(async () => {
    told = syncReplySchema.parse(EXAMPLE_SYNC);
    asked = [];
    core = await startFakeCore(await builtPageDir(), lowSnapshot(), undefined, (method, url, body) => {
      if (method === 'GET' && url.pathname === '/v1/sync') return { status: 200, value: told };
      if (!url.pathname.startsWith('/v1/sync/')) return null;
      return answered(url.pathname, JSON.parse(body === '' ? '{}' : body) as Record<string, string>);
    });
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
      'Manus refused the API key (401): set one with orch sync key, or mend the file of sync.manus.keyFile.',
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

  it('retries and drops by keyboard, dropping only when asked twice', async () => {
    const page = await opened('wide', 'dark');
    const dead = page.getByRole('group', { name: 'What to do with: Create a task' });
    const press = async (name: string): Promise<void> => {
      await dead.getByRole('button', { name }).focus();
      await page.keyboard.press('Enter');
    };
    await press('Drop');
    await press('Let it be');
    // The focus is where it was, and nothing has happened.
    await page.waitForFunction(() => document.activeElement?.textContent === 'Drop');
    expect(asked).toEqual([]);
    await press('Try again');
    await page.getByText('In line again.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('In line again.');
    expect(await dead.count()).toBe(0);

    const waiting = page.getByRole('group', { name: 'What to do with: Change a title' });
    expect(await waiting.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await waiting.getByRole('button', { name: 'Drop' }).click();
    await keepScreen(page, 'sync-drop-wide-dark');
    await waiting.getByRole('button', { name: 'Drop it for good' }).click();
    await page.getByText('Dropped. It stays in the audit.').waitFor();
    expect(asked).toEqual([
      '/v1/sync/retry manus:task:model:commit:77aa9c1b77d0',
      '/v1/sync/drop 3b1f6a52-0000-4000-8000-000000000001',
    ]);
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('pushes, links a commit and asks for a board', async () => {
    const page = await opened('compact', 'light');
    await page.getByRole('button', { name: 'Push now' }).click();
    await page.getByText('Whatever waits is tried now.').waitFor();
    await page.getByRole('button', { name: 'Push now' }).click();
    await page.getByText('That was done a moment ago').waitFor();

    await page.evaluate(() => {
      for (const part of document.querySelectorAll('details')) part.open = true;
    });
    await page.getByRole('textbox', { name: 'Commit' }).fill('not a commit');
    await page.getByRole('textbox', { name: 'Task' }).fill('TeBim6FDQf9peSabcdEFGH');
    await page.getByRole('button', { name: 'Link it' }).click();
    await page.getByText('Must be a commit, 7 to 64 hexadecimal digits.').waitFor();
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('commit');
    await keepScreen(page, 'sync-acts-compact-light', true);
    await page.getByRole('textbox', { name: 'Commit' }).fill('3F2A9C1B77D0');
    await page.keyboard.press('Enter');
    await page.getByText('Linked.').waitFor();

    const board = page.getByRole('group', { name: 'Status board of model' });
    await board.getByRole('button', { name: 'Ask for a status board' }).click();
    await board.getByRole('button', { name: 'one paid run' }).click();
    await page.getByText('Asked for. It appears here').waitFor();
    expect(asked).toEqual([
      '/v1/sync/push',
      '/v1/sync/push',
      '/v1/sync/links shop not a commit TeBim6FDQf9peSabcdEFGH',
      '/v1/sync/links shop 3f2a9c1b77d0 TeBim6FDQf9peSabcdEFGH',
      '/v1/sync/boards model',
    ]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(SIZES.compact.width);
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});
