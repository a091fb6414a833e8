import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startFakeCore } from '../fakes/fake-core-server.ts';
import type { FakeCore } from '../fakes/fake-core-server.ts';
import { accessibilityFindings } from './accessibility.ts';
import { keepScreen, openBrowser, openPage } from './browser.ts';
import { builtPageDir } from './built-page.ts';
import { fullSnapshot, lowSnapshot, mediumSnapshot } from './example-snapshots.ts';

describe('dashboard: its one connection', () => {
  let browser: Browser;
  let core: FakeCore;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    core = await startFakeCore(await builtPageDir(), lowSnapshot());
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await core.stop();
  });

  it('takes the code out of the address and keeps its key nowhere but in memory', async () => {
    const { page } = await openPage(browser, core.signInUrl(), 'compact', 'light');
    await page.getByRole('heading', { name: 'LOW' }).waitFor();
    expect(page.url()).toBe(`${core.origin}/`);
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    expect(core.requests.filter((route) => route === 'POST /v1/sign-in')).toHaveLength(1);
  });

  it('asks for a new link when there is no code, and takes one without a reload', async () => {
    const { page, complaints } = await openPage(browser, core.origin, 'compact', 'light');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('main').innerText()).toContain(
      'Open the dashboard from the tray, or run orch open.',
    );
    expect(core.requests).not.toContain('POST /v1/sign-in');
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'sign-in-compact-light');
    expect(complaints).toEqual([]);

    await page.goto(core.signInUrl());
    await page.getByRole('heading', { name: 'LOW' }).waitFor();
  });

  it('says that a used code does not open the door again', async () => {
    const url = core.signInUrl();
    const first = await openPage(browser, url, 'compact', 'light');
    await first.page.getByRole('heading', { name: 'LOW' }).waitFor();
    const second = await openPage(browser, url, 'wide', 'dark');
    await second.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await second.page.locator('main').innerText()).toContain('used already or is too old');
    expect(await accessibilityFindings(second.page)).toEqual([]);
    await keepScreen(second.page, 'sign-in-again-wide-dark');
  });

  it('waits calmly while the core does not answer', async () => {
    const { page } = await openPage(browser, core.origin, 'compact', 'dark');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    core.hold(true);
    await page.goto(core.signInUrl());
    await page.getByText('Reading this machine').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'loading-compact-dark');
    // The page's own patience of five seconds is what is tested.
    await page.getByRole('heading', { name: 'No answer from the core' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'unreached-compact-dark');
  });

  it('follows the state and tells a screen reader of level changes alone', async () => {
    const { page } = await openPage(browser, core.signInUrl(), 'compact', 'light');
    await page.getByText('live, updated').waitFor();
    const status = page.getByRole('status');
    core.publish(lowSnapshot({ sequence: 8, version: '0.1.1' }));
    await page.getByText('version 0.1.1').waitFor();
    expect(await status.innerText()).toBe('');

    core.publish(mediumSnapshot());
    await page.getByRole('heading', { name: 'MEDIUM' }).waitFor();
    expect(await status.innerText()).toMatch(/^MEDIUM, features need review\. Battery 43/);
    expect(await page.title()).toMatch(/^‖ MEDIUM 43.%, features need review$/);
  });

  it('greys the last state when the core dies, and comes back by itself where it left off', async () => {
    const { page } = await openPage(browser, core.signInUrl(), 'compact', 'light');
    await page.getByText('live, updated').waitFor();
    core.publish(lowSnapshot({ sequence: 8, version: '0.1.1' }));
    await page.getByText('version 0.1.1').waitFor();
    await core.goDown();
    const banner = page.getByRole('region', { name: 'Lost the core' });
    await banner.waitFor();
    expect(await banner.innerText()).toMatch(/What you see was true .* ago\./);
    expect(await banner.innerText()).toContain('orch daemon');
    expect(await page.getByRole('status').innerText()).toBe('Lost the core');
    expect(await page.getByRole('heading', { name: 'LOW' }).isVisible()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'lost-compact-light');

    await core.comeBack({ newToken: false });
    await page.getByRole('button', { name: 'Try now' }).click();
    await banner.waitFor({ state: 'detached' });
    expect(core.resumedAt).toEqual([null, '41']);
    core.publish(fullSnapshot());
    await page.getByRole('heading', { name: 'FULL' }).waitFor();
  });

  it('asks to sign in again when the core was restarted', async () => {
    const { page } = await openPage(browser, core.signInUrl(), 'wide', 'light');
    await page.getByText('live, updated').waitFor();
    await core.goDown();
    await page.getByRole('region', { name: 'Lost the core' }).waitFor();
    await keepScreen(page, 'lost-wide-light');
    expect(await accessibilityFindings(page)).toEqual([]);
    await core.comeBack({ newToken: true });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('main').innerText()).toContain('The core was restarted.');
    const asked = core.requests.length;
    await page.waitForTimeout(1500);
    expect(core.requests).toHaveLength(asked);
  });
});
