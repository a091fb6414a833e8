import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startFakeCore } from '../fakes/fake-core-server.ts';
import type { FakeCore } from '../fakes/fake-core-server.ts';
import { accessibilityFindings } from './accessibility.ts';
import { keepScreen, openBrowser, openPage, SIZES } from './browser.ts';
import type { OpenedPage, Size, Theme } from './browser.ts';
import { builtPageDir } from './built-page.ts';
import { exampleSimulation, haltedShopSnapshot, SHOP_RECORD, shopSnapshot } from './example-record.ts';
import { hostileSnapshot } from './example-troubles.ts';

const LOOKS: readonly (readonly [Size, Theme])[] = [
  ['compact', 'light'],
  ['compact', 'dark'],
  ['wide', 'light'],
  ['wide', 'dark'],
];

describe('dashboard: the page of one project', () => {
  let browser: Browser;
  let core: FakeCore;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  beforeEach(async () => {
    core = await startFakeCore(await builtPageDir(), shopSnapshot(), {
      record: SHOP_RECORD,
      simulate: exampleSimulation,
    });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await core.stop();
  });
  afterAll(() => browser.close());

  const opened = async (size: Size, theme: Theme, more = '&project=shop'): Promise<OpenedPage> => {
    const both = await openPage(browser, `${core.signInUrl()}${more}`, size, theme);
    await both.page.getByText('live, updated').waitFor();
    return both;
  };
  /** Unfolds every part of the tray window. */
  const unfold = (page: Page): Promise<void> =>
    page.evaluate(() => {
      for (const part of document.querySelectorAll('details')) part.open = true;
    });
  const textOf = async (page: Page): Promise<string> =>
    (await page.locator('body').innerText()).replaceAll('\u202f', ' ');

  it.each(LOOKS)('tells all about it, is accessible and fits: %s, %s', async (size, theme) => {
    const { page, complaints } = await opened(size, theme);
    await page.getByText('90ab77c').waitFor({ state: 'attached' });
    await page.getByText('It would be LOW').waitFor({ state: 'attached' });
    await keepScreen(page, `project-${size}-${theme}`);
    await unfold(page);
    await keepScreen(page, `project-all-${size}-${theme}`, true);
    const text = await textOf(page);
    for (const words of [
      'energy-low',
      'wellbeing-safe',
      'Ask again in about 25 min.',
      'Based on energy read just now, report read 4 min ago.',
      'Up 4 since the last day on record, mostly tests (+6).',
      '212 of 214 passed',
      'counts 25 % · read 4 min ago · reports/junit.xml',
      'reports/drift.json:1: not JSON (unexpected end)',
      'Down 10 since the last day on record, mostly incidents (−10).',
      'moves the queue before the sale starts',
      'Checkout answers slowly',
      '0.42 Wh, measured',
      '1.9 Wh, modelled',
      'energy not known',
      'still running',
      'waived: infra',
      'Made up: nothing here changes a real verdict.',
    ]) {
      expect(text).toContain(words);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(SIZES[size].width);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(LOOKS)('says who halted it, why and until when: %s, %s', async (size, theme) => {
    core.publish(haltedShopSnapshot());
    const { page } = await opened(size, theme);
    await page.getByRole('button', { name: 'Lift the halt' }).waitFor();
    await keepScreen(page, `project-halted-${size}-${theme}`);
    const text = await textOf(page);
    expect(text).toContain('The database is being moved.');
    expect(text).toMatch(/Halted by sam, 60 min ago\. Ends by itself at .*\d\d:\d\d/);
    expect(await page.locator('svg.ring').getAttribute('aria-label')).toBe('LOW, halted');
    await unfold(page);
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it.each(['compact', 'wide'] as const)('is reached from its card and left again, %s', async (size) => {
    const { page } = await opened(size, 'light', '');
    const link = page.locator('[data-project=shop] a').first();
    await link.focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { name: 'shop', level: 1 });
    await heading.waitFor();
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(page.url()).toBe(`${core.origin}/#project=shop`);
    expect(await page.title()).toMatch(/^shop · ✕ LOW/);

    await page.goBack();
    await page.getByRole('heading', { name: 'LOW' }).waitFor();
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.goForward();
    await heading.waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'LOW' }).waitFor();
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);

    const card = await page.locator('[data-project=model]').boundingBox();
    if (size === 'compact') await page.mouse.click(card!.x + 40, card!.y + card!.height - 20);
    else await page.locator('[data-project=model] a').first().click();
    await page.getByRole('heading', { name: 'model', level: 1 }).waitFor();
    expect(await textOf(page)).not.toContain('90ab77c');
  });

  it('says so when the project is not known, with the way back', async () => {
    const { page } = await openPage(
      browser,
      `${core.signInUrl()}&project=%3Cb%3Egone%3C%2Fb%3E`,
      'compact',
      'light',
    );
    await page.getByRole('heading', { name: 'No project called <b>gone</b>' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'project-gone-compact-light');
    await page.getByRole('link', { name: 'All projects' }).click();
    await page.getByRole('heading', { name: 'LOW' }).waitFor();
  });

  it.each(LOOKS)('shows texts made to break it as text: %s, %s', async (size, theme) => {
    const snapshot = hostileSnapshot();
    core.publish(snapshot);
    const id = encodeURIComponent(snapshot.projects[0]!.id);
    const { page, complaints } = await opened(size, theme, `&project=${id}`);
    await page.getByText('No deployment in the last 30 days.').waitFor({ state: 'attached' });
    await unfold(page);
    await keepScreen(page, `project-hostile-${size}-${theme}`);
    expect(await page.locator('img, script:not([src]), a:not([href^="#"])').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(SIZES[size].width);
    expect(await accessibilityFindings(page)).toEqual([]);
    // The core lets nobody have an id as long as this one.
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
  });

  it('waits calmly for what it asked', async () => {
    const { page } = await opened('wide', 'light', '');
    core.hold(true);
    await page.locator('[data-project=shop] a').first().click();
    const deployments = page.getByRole('region', { name: 'Deployments' });
    await deployments.getByText('Reading.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'project-loading-wide-light');
    core.hold(false);
  });

  it('says once, calmly, that the desktop has no tray', async () => {
    const { page } = await opened('compact', 'light', '&tray=missing');
    await page.getByText('This desktop shows no tray; this window stays instead.').waitFor();
    expect(page.url()).toBe(`${core.origin}/`);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'no-tray-compact-light');
  });

  it('shows a refusal at the field it names, and what was done', async () => {
    const { page } = await opened('wide', 'light');
    const halt = page.getByRole('region', { name: 'Halt', exact: true });
    const why = halt.getByLabel('Why halt');
    await why.fill('x');
    await page.keyboard.press('Enter');
    const said = halt.getByText('Must say why, in at least 3 letters.');
    await said.waitFor();
    expect(await why.getAttribute('aria-invalid')).toBe('true');
    expect(await why.getAttribute('aria-describedby')).toContain(await said.getAttribute('id'));
    expect(await why.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'project-refused-wide-light');

    await why.fill('moving the database');
    await halt.getByLabel('For how many hours').fill('soon');
    await page.keyboard.press('Enter');
    await halt.getByText('Must be a number of hours').waitFor();
    await halt.getByLabel('For how many hours').fill('200');
    await page.keyboard.press('Enter');
    await halt.getByText('Must be 168 at most.').waitFor();
    await halt.getByLabel('For how many hours').fill('1,5');
    await page.keyboard.press('Enter');
    await halt.getByText('Halted.', { exact: true }).waitFor();
    await halt.getByRole('button', { name: 'Lift the halt' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Halted.');
    await page.getByText('sam · halted').waitFor();
  });

  it('opens and closes incidents, and names the one it closes', async () => {
    const { page } = await opened('wide', 'light');
    const incidents = page.getByRole('region', { name: 'Incidents' });
    await incidents.getByText('1 open').waitFor();
    await incidents.getByLabel('What is wrong').fill('  ');
    await incidents.getByRole('button', { name: 'Open an incident' }).click();
    await incidents.getByText('Must say what is wrong, in at least 3 letters.').waitFor();
    await incidents.getByLabel('What is wrong').fill('Search is down');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await incidents.getByText('2 open').waitFor();
    expect(await incidents.innerText()).toContain('Critical · opened just now');
    await incidents.getByRole('button', { name: 'Close: Checkout answers slowly' }).click();
    await incidents.getByText('1 open').waitFor();
    expect(await incidents.getByLabel('What is wrong').inputValue()).toBe('');
  });

  it('asks what would happen only where the slider rests', async () => {
    const { page } = await opened('wide', 'light');
    const part = page.getByRole('region', { name: 'What if' });
    await part.getByText('It would be LOW: battery 12').waitFor();
    const asked = (): number => core.requests.filter((route) => route === 'GET /v1/simulate').length;
    expect(asked()).toBe(1);
    await part.getByLabel('Battery charge').focus();
    for (let step = 0; step < 10; step += 1) await page.keyboard.press('ArrowRight');
    await part.getByText('It would be HIGH: battery 22').waitFor();
    expect(asked()).toBeLessThanOrEqual(3);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await part.getByText('It would be FULL: on mains.').waitFor();
    expect(await part.getByRole('radio', { name: 'Plugged in' }).isChecked()).toBe(true);
  });

  it('says what could not be read, and reads it again when asked', async () => {
    core.breakRecord(true);
    const { page } = await opened('wide', 'dark');
    const deployments = page.getByRole('region', { name: 'Deployments' });
    await deployments.getByText('Could not be read.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'project-broken-wide-dark');
    await page.getByLabel('Why waive').fill('cannot be kept now');
    await page.getByRole('button', { name: 'Waive' }).click();
    await page.getByRole('alert').getByText('An error of our own; it is in the log.').waitFor();
    core.breakRecord(false);
    await deployments.getByRole('button', { name: 'Try again' }).click();
    await deployments.getByText('90ab77c').waitFor();
  });

  it('has words for a project to which nothing happened yet', async () => {
    const { page } = await openPage(browser, `${core.signInUrl()}&project=model`, 'wide', 'light');
    await page.getByText('No incident in the last 30 days.').waitFor();
    await page.getByText('No waiver is in force.').waitFor();
    await page.getByText('No deployment in the last 30 days.').waitFor();
    await page.getByText('Nothing was done to this project yet.').waitFor();
    await keepScreen(page, 'project-empty-wide-light', true);
  });

  it('can be read but not acted on while the core is away', async () => {
    const { page } = await opened('compact', 'dark');
    await core.goDown();
    await page.getByRole('region', { name: 'Lost the core' }).waitFor();
    await unfold(page);
    expect(await page.getByRole('button', { name: 'Halt', exact: true }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Waive' }).isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'project-lost-compact-dark');
    await core.comeBack({ newToken: false });
  });
});
