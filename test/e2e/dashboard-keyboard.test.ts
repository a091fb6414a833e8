import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startFakeCore } from '../fakes/fake-core-server.ts';
import type { FakeCore } from '../fakes/fake-core-server.ts';
import { accessibilityFindings } from './accessibility.ts';
import { keepScreen, openBrowser, openPage } from './browser.ts';
import type { Size, Theme } from './browser.ts';
import { builtPageDir } from './built-page.ts';
import { lowSnapshot } from './example-snapshots.ts';

describe('dashboard: by keyboard alone', () => {
  let browser: Browser;
  let core: FakeCore;

  beforeAll(async () => {
    core = await startFakeCore(await builtPageDir(), lowSnapshot());
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await core.stop();
  });

  const opened = async (size: Size, theme: Theme): Promise<Page> => {
    const { page } = await openPage(browser, core.signInUrl(), size, theme);
    await page.getByRole('slider').waitFor();
    return page;
  };
  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      return (element.closest('label') ?? element).innerText.replaceAll(/\s+/g, ' ');
    });

  it('walks the tray window from the projects to the folded parts', async () => {
    const page = await opened('compact', 'light');
    const stops: string[] = [];
    for (let step = 0; step < 11; step += 1) {
      await page.keyboard.press('Tab');
      stops.push(await focused(page));
    }
    const first = stops.map((stop) => stop.split(' ')[0]);
    expect(first).toEqual([
      'shop',
      'model',
      'This',
      'Last',
      '',
      'slept',
      'on',
      'deep',
      'sick',
      'Supplies',
      'Cooling',
    ]);
    await page.keyboard.press('Enter');
    await page.getByText('1 sensor not believed').waitFor();
  });

  it('tells the reasons of each kind of change, and leads to the decision', async () => {
    const page = await opened('wide', 'light');
    await page.getByRole('link', { name: 'shop', exact: true }).focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Wait');
    const shop = page.locator('[data-project=shop]');
    expect(await shop.innerText()).toContain('Ask again in about 25');

    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('Go');
    expect(await shop.innerText()).toContain('Nothing holds it back.');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('[data-project=model]').innerText()).toContain('Fix: go');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('This machine');
    expect(await accessibilityFindings(page)).toEqual([]);

    await shop.getByRole('link', { name: /^shop, Feature: Wait\. / }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Feature in shop', level: 1 }).waitFor();
    await page.getByText('Hash of its inputs').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'LOW' }).waitFor();
  });

  it('keeps your own number where the slider rests, and says when it was not kept', async () => {
    const page = await opened('compact', 'light');
    const you = page.getByRole('region', { name: 'You today' });
    const slider = page.getByRole('slider', { name: 'Well-being today' });
    expect(await you.innerText()).toContain('not set, counts as 70');
    await slider.focus();
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowLeft');
    await you.getByText(/^until/).waitFor();
    expect(core.saved).toEqual([{ value: 65, tags: [] }]);

    await page.getByRole('checkbox', { name: 'slept badly' }).check();
    await you.getByText('counts as 55').waitFor();
    expect(core.saved.at(-1)).toEqual({ value: 65, tags: ['slept-badly'] });
    await keepScreen(page, 'you-compact-light', true);
    expect(await accessibilityFindings(page)).toEqual([]);

    core.refuse(true);
    await page.getByRole('checkbox', { name: 'on call' }).click();
    await page.getByText('Not saved. Set it again.').waitFor();
    expect(await page.getByRole('checkbox', { name: 'on call' }).isChecked()).toBe(false);
    core.refuse(false);
  });

  it('shows where the focus is', async () => {
    const page = await opened('wide', 'dark');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const holder = document.activeElement!.closest('label') ?? document.activeElement!;
      return getComputedStyle(holder).outlineWidth;
    });
    expect(outline).toBe('2px');
    await keepScreen(page, 'focus-wide-dark');
  });

  it('keeps the reason that is looked at when a new state arrives', async () => {
    const page = await opened('wide', 'dark');
    const shop = page.locator('[data-project=shop]');
    await shop.getByRole('link', { name: /^shop, Revert: / }).hover();
    await shop.getByText('Revert: go').waitFor();
    core.publish(lowSnapshot({ sequence: 9, version: '0.1.2' }));
    await page.getByText('version 0.1.2').waitFor();
    expect(await shop.innerText()).toContain('Revert: go');
  });
});
