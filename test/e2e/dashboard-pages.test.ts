import { readFile } from 'node:fs/promises';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startFakeCore } from '../fakes/fake-core-server.ts';
import type { FakeCore } from '../fakes/fake-core-server.ts';
import { createSettingsRoutes } from '../fakes/settings-routes.ts';
import type { SettingsRoutes } from '../fakes/settings-routes.ts';
import { accessibilityFindings } from './accessibility.ts';
import { keepScreen, openBrowser, openPage, SIZES } from './browser.ts';
import type { OpenedPage, Size, Theme } from './browser.ts';
import { builtPageDir } from './built-page.ts';
import { exampleSimulation, SHOP_RECORD, shopSnapshot } from './example-record.ts';
import { firstRunSnapshot } from './example-troubles.ts';

const LOOKS: readonly (readonly [Size, Theme])[] = [
  ['compact', 'light'],
  ['compact', 'dark'],
  ['wide', 'light'],
  ['wide', 'dark'],
];

const OWN_TEXT = `# the laptop
port: 7000 # the old one

energy:
  # in the cupboard
  nut: 127.0.0.1:3493
projects:
  - id: shop # the first
    path: /srv/shop
    deployBranches:
      - main
      - release/* # as the shop wants it
`;

let browser: Browser;
let core: FakeCore;
let routes: SettingsRoutes;

beforeAll(async () => {
  browser = await openBrowser();
});
beforeEach(async () => {
  routes = await createSettingsRoutes(OWN_TEXT);
  core = await startFakeCore(
    await builtPageDir(),
    shopSnapshot(),
    { record: SHOP_RECORD, simulate: exampleSimulation },
    (...asked) => routes.answer(...asked),
  );
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await core.stop();
  await routes.remove();
});
afterAll(() => browser.close());

const opened = async (page: string, size: Size, theme: Theme): Promise<OpenedPage> => {
  const both = await openPage(browser, `${core.signInUrl()}&page=${page}`, size, theme);
  await both.page.getByText('live, updated').waitFor();
  return both;
};
const fits = async (page: Page, size: Size): Promise<void> => {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(SIZES[size].width);
  expect(await accessibilityFindings(page)).toEqual([]);
};
const focusedText = (page: Page): Promise<string> =>
  page.evaluate(() => (document.activeElement as HTMLElement).innerText.trim());

describe('dashboard: the way from page to page', () => {
  const PAGES = ['Projects', 'History', 'Energy', 'Jobs', 'Sync', 'Alerts', 'Audit', 'Settings', 'Doctor'];

  it('leads to every page by its rail, moves the focus to its heading and names it in the tab', async () => {
    const { page } = await opened('now', 'wide', 'light');
    const rail = page.getByRole('navigation', { name: 'Pages' });
    expect(await rail.getByRole('link').allInnerTexts()).toEqual(['Now', ...PAGES]);
    for (const name of PAGES) {
      await rail.getByRole('link', { name, exact: true }).click();
      const heading = page.getByRole('heading', { name, level: 1 });
      await heading.waitFor();
      await expect.poll(() => focusedText(page)).toBe(name);
      expect(await page.title()).toMatch(new RegExp(`^${name} · `));
      expect(await rail.locator('[aria-current=page]').innerText()).toBe(name);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    }
    await page.goBack();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await page.reload();
    expect(page.url()).toContain('#/settings');
  });

  it('leads there by thumb and by keyboard in the tray window', async () => {
    const { page } = await opened('now', 'compact', 'dark');
    const bar = page.getByRole('navigation', { name: 'Pages' });
    const more = bar.getByRole('button', { name: 'More' });
    await more.focus();
    await page.keyboard.press('Enter');
    expect(await more.getAttribute('aria-expanded')).toBe('true');
    await keepScreen(page, 'more-compact-dark');
    await fits(page, 'compact');
    const box = await bar.getByRole('link', { name: 'Settings' }).boundingBox();
    expect(box!.height).toBeGreaterThanOrEqual(44);
    await page.keyboard.press('Escape');
    expect(await more.getAttribute('aria-expanded')).toBe('false');
    expect(await focusedText(page)).toBe('More');
    await page.keyboard.press('Enter');
    for (let step = 0; step < 2; step += 1) await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('Jobs');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Jobs', level: 1 }).waitFor();
    expect(await bar.getByRole('link', { name: 'Jobs' }).count()).toBe(0);
  });

  it('lets a keyboard pass the rail at once', async () => {
    const { page } = await opened('settings', 'wide', 'dark');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    expect(await focusedText(page)).toBe('Settings');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('nav'))).toBeNull();
  });

  it('shows the last state on a page when the core is lost, and what cannot be done then', async () => {
    const { page } = await opened('projects', 'compact', 'light');
    await page.getByRole('heading', { name: 'Projects', level: 1 }).waitFor();
    await core.goDown();
    await page.getByRole('region', { name: 'Lost the core' }).waitFor();
    expect(await page.getByRole('button', { name: 'Add', exact: true }).isDisabled()).toBe(true);
    await fits(page, 'compact');
    await keepScreen(page, 'projects-lost-compact-light');
    await core.comeBack({ newToken: false });
  });
});

describe('dashboard: the page of all projects', () => {
  it.each(LOOKS)('lists them and is accessible and fits: %s, %s', async (size, theme) => {
    const { page, complaints } = await opened('projects', size, theme);
    await page.getByRole('link', { name: 'shop', exact: true }).waitFor();
    await keepScreen(page, `projects-${size}-${theme}`, size === 'wide');
    await fits(page, size);
    expect(complaints).toEqual([]);
  });

  it.each(LOOKS)('greets who has none yet: %s, %s', async (size, theme) => {
    core.publish(firstRunSnapshot());
    const { page } = await opened('projects', size, theme);
    await page.getByRole('heading', { name: 'No projects yet' }).waitFor();
    await keepScreen(page, `projects-first-run-${size}-${theme}`, true);
    await fits(page, size);
  });

  it('says at the field what is wrong with a folder, and adds the right one', async () => {
    const { page } = await opened('projects', 'wide', 'light');
    const add = page.getByRole('region', { name: 'Add a project' });
    await add.getByLabel('Folder').fill('shop');
    await page.keyboard.press('Enter');
    await add.getByText('Must be the whole path of a folder').waitFor();
    expect(await add.getByLabel('Folder').getAttribute('aria-invalid')).toBe('true');
    await keepScreen(page, 'projects-refused-wide-light');
    await fits(page, 'wide');
    await add.getByLabel('Folder').fill('~/shop');
    await add.getByLabel('Name').fill('Shop!');
    await page.keyboard.press('Enter');
    await add.getByText('Must be 1 to 63 lower-case letters').waitFor();
    await add.getByLabel('Name').fill('second-shop');
    await page.keyboard.press('Enter');
    await add.getByText('second-shop is judged from now on.').waitFor();
    const text = await readFile(routes.configPath, 'utf8');
    expect(text).toContain(`path: ${routes.homeDir}/shop`);
    expect(text).toContain('# the first');
  });

  it('changes the profile, and removes only after a second word', async () => {
    const { page } = await opened('projects', 'compact', 'light');
    await page.getByLabel('shop: judged as').selectOption('ml');
    await page.getByText('shop is judged anew.').waitFor();
    expect(await readFile(routes.configPath, 'utf8')).toContain('profile: ml');
    const remove = page.getByRole('button', { name: 'Remove shop' });
    await remove.click();
    expect(await focusedText(page)).toBe('Keep it');
    await fits(page, 'compact');
    await keepScreen(page, 'projects-removing-compact-light');
    await page.keyboard.press('Escape');
    await remove.waitFor();
    await expect.poll(() => focusedText(page)).toBe('Remove');
    await remove.click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('shop is no longer judged.').waitFor();
    expect(await readFile(routes.configPath, 'utf8')).not.toContain('/srv/shop');
  });
});

describe('dashboard: a decision that a gate was told', () => {
  it.each(LOOKS)('is opened from its project with facts, ages and hash: %s, %s', async (size, theme) => {
    const { page, complaints } = await openPage(browser, `${core.signInUrl()}&project=shop`, size, theme);
    await page.getByText('live, updated').waitFor();
    const part = page.locator('.panel', { hasText: 'Decisions gates were told' });
    if (size === 'compact') await part.locator('summary').click();
    await part.getByRole('link').first().click();
    await page.getByText('Hash of its inputs').waitFor();
    await keepScreen(page, `decision-${size}-${theme}`, size === 'wide');
    await fits(page, size);
    const text = await page.locator('.shell-page').innerText();
    for (const words of ['energy-low', 'Energy, read', 'Report, read']) expect(text).toContain(words);
    await page.getByRole('link', { name: 'Back to shop' }).click();
    await page.getByRole('heading', { name: 'shop', level: 1 }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says when none of that id is kept', async () => {
    const { page } = await openPage(browser, core.signInUrl(), 'wide', 'light');
    await page.getByText('live, updated').waitFor();
    await page.evaluate(() => window.location.assign('#/decision?id=gone'));
    await page.getByText('No such decision is kept').waitFor();
    await fits(page, 'wide');
  });
});

describe('dashboard: the settings', () => {
  it.each(LOOKS)('are all there with their help, accessible, and fit: %s, %s', async (size, theme) => {
    const { page, complaints } = await opened('settings', size, theme);
    await page.getByRole('textbox', { name: 'Port of this page' }).waitFor();
    await keepScreen(page, `settings-${size}-${theme}`);
    await keepScreen(page, `settings-all-${size}-${theme}`, true);
    await fits(page, size);
    expect(await page.getByRole('textbox', { name: 'Port of this page' }).inputValue()).toBe('7000');
    expect(complaints).toEqual([]);
  });

  it('are found by their words', async () => {
    const { page } = await opened('settings', 'compact', 'light');
    await page.getByRole('searchbox').fill('captive');
    await page.getByText('1 setting', { exact: true }).waitFor();
    expect(await page.getByLabel('Address to probe').isVisible()).toBe(true);
    await keepScreen(page, 'settings-found-compact-light');
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('No setting is called that').waitFor();
    await fits(page, 'compact');
  });

  it.each(['compact', 'wide'] as const)(
    'are checked as they are typed and written together, %s',
    async (size) => {
      const { page, complaints } = await opened('settings', size, 'light');
      const port = page.getByRole('textbox', { name: 'Port of this page' });
      await port.fill('70000');
      await page.getByText('70000 is above the most allowed, 65535.').waitFor();
      expect(await port.getAttribute('aria-invalid')).toBe('true');
      expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
      await keepScreen(page, `settings-wrong-${size}-light`);
      await fits(page, size);
      await port.fill('7001');
      await page.getByText('70000 is above').waitFor({ state: 'detached' });
      await page.getByRole('checkbox', { name: 'Always on mains' }).check();
      await page.getByLabel('Seconds between rounds').fill('60');
      await page.getByText('3 changes').waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved. After a restart: Port of this page.').waitFor();
      const text = await readFile(routes.configPath, 'utf8');
      expect(text).toContain('port: 7001 # the old one');
      for (const said of ['# the laptop', '# in the cupboard', '# as the shop wants it']) {
        expect(text).toContain(said);
      }
      expect(text).toMatch(/alwaysOnMains: true/);
      await keepScreen(page, `settings-saved-${size}-light`);
      expect(complaints).toEqual([]);
    },
  );

  it('turn a whole group on, which is checked as a whole, and go back to their defaults', async () => {
    const { page } = await opened('settings', 'wide', 'dark');
    await page.getByRole('button', { name: 'Set up Power: grid or data centre' }).click();
    await page.getByText('is not one of electricity-maps').first().waitFor();
    await page.getByLabel('Source').selectOption('json');
    await page.getByText('is needed for json').first().waitFor();
    await keepScreen(page, 'settings-group-wide-dark');
    await page.getByLabel('URL', { exact: true }).fill('https://grid.example/now');
    await page.getByLabel('Value path').fill('now');
    await page.getByRole('button', { name: 'Port of this page: use the default' }).click();
    await page.getByText('Goes back to its default.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(true);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const text = await readFile(routes.configPath, 'utf8');
    expect(text).not.toContain('port: 7');
    expect(text).toContain('url: https://grid.example/now');
  });

  it('take a secret and never show it again', async () => {
    const { page, complaints } = await opened('settings', 'wide', 'light');
    const secrets = page.getByRole('region', { name: 'Secrets' });
    await secrets.getByLabel('New SMTP password').fill('not to be seen');
    await page.keyboard.press('Enter');
    await secrets.getByText('Kept.').waitFor();
    await secrets.getByText('set', { exact: true }).waitFor();
    expect(await secrets.getByLabel('New SMTP password').inputValue()).toBe('');
    await secrets.scrollIntoViewIfNeeded();
    await keepScreen(page, 'settings-secrets-wide-light');
    await fits(page, 'wide');
    expect(complaints).toEqual([]);
  });

  it('say that they could not be read, and read again', async () => {
    core.breakRecord(true);
    const { page } = await opened('settings', 'compact', 'dark');
    await page.getByText('Could not be read.').waitFor();
    await fits(page, 'compact');
    core.breakRecord(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('textbox', { name: 'Port of this page' }).waitFor();
  });
});
