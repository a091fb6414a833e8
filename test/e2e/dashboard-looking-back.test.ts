import { readFileSync } from 'node:fs';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startFakeCore } from '../fakes/fake-core-server.ts';
import type { FakeCore } from '../fakes/fake-core-server.ts';
import { accessibilityFindings } from './accessibility.ts';
import { keepScreen, openBrowser, openPage, SIZES } from './browser.ts';
import type { OpenedPage, Size, Theme } from './browser.ts';
import { builtPageDir } from './built-page.ts';
import {
  exampleAlerts,
  exampleAudit,
  exampleDoctor,
  STANDING_ALERTS,
  unmeasuredDays,
} from './example-ledger.ts';
import { lowSnapshot } from './example-snapshots.ts';
import { createLookingBack } from './looking-back.ts';
import type { LookingBack } from './looking-back.ts';

const LOOKS: readonly (readonly [Size, Theme])[] = [
  ['compact', 'light'],
  ['compact', 'dark'],
  ['wide', 'light'],
  ['wide', 'dark'],
];

const TOLD: readonly (readonly [string, readonly string[]])[] = [
  [
    'energy',
    [
      'Mon 5 Jan: 14 Wh measured, over 3 h 10 min of 8 h awake.',
      '0.42 Wh, measured',
      '12 Wh, measured',
      'not measured',
    ],
  ],
  [
    'alerts',
    ['Battery 4 %.', 'Critical', 'Clears when:', 'Shop is halted.', 'stood 26 min', '22:00 to 08:00'],
  ],
  ['audit', ['moves the queue before the sale starts', 'git hook', 'waived: infra']],
  [
    'jobs',
    [
      'python train.py --epochs 40',
      'Goes on when the battery is at 20',
      '1 job is ahead.',
      'Failed with 137',
    ],
  ],
  ['doctor', ['1 problem, 2 warnings.', 'What to do:', 'chmod 700', 'Does not apply here: UPS.']],
];

describe('dashboard: the pages that look back', () => {
  let browser: Browser;
  let core: FakeCore;
  let told: LookingBack;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  beforeEach(async () => {
    told = createLookingBack();
    core = await startFakeCore(
      await builtPageDir(),
      lowSnapshot({ alerts: [...STANDING_ALERTS] }),
      undefined,
      (method, url, body) => told.answer(method, url, body),
    );
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await core.stop();
  });
  afterAll(() => browser.close());

  const opened = async (name: string, size: Size = 'wide', theme: Theme = 'light'): Promise<OpenedPage> => {
    const both = await openPage(browser, `${core.signInUrl()}&page=${name}`, size, theme);
    await both.page.getByText('live, updated').waitFor();
    return both;
  };
  const textOf = async (page: Page): Promise<string> =>
    (await page.locator('body').innerText()).replaceAll('\u202f', ' ');

  it.each(LOOKS)('tell what happened, are accessible and fit: %s, %s', async (size, theme) => {
    const { page, complaints } = await opened('energy', size, theme);
    for (const [name, sentences] of TOLD) {
      await page.evaluate((address) => {
        window.location.hash = address;
      }, `#/${name}`);
      for (const sentence of sentences) await page.getByText(sentence).first().waitFor({ state: 'attached' });
      await keepScreen(page, `${name}-${size}-${theme}`, size === 'wide' && name !== 'audit');
      await page.evaluate(() => {
        for (const part of document.querySelectorAll('details')) part.open = true;
      });
      expect([name, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([
        name,
        SIZES[size].width,
      ]);
      expect([name, await accessibilityFindings(page)]).toEqual([name, []]);
    }
    expect(complaints).toEqual([]);
  });

  describe('energy', () => {
    it('tells every day by keyboard, and as a table', async () => {
      const { page } = await opened('energy');
      const chart = page.getByRole('slider', { name: 'Day' });
      await chart.focus();
      await page.keyboard.press('ArrowLeft');
      const said = async (): Promise<string> =>
        ((await chart.getAttribute('aria-valuetext')) ?? '').replaceAll('\u202f', ' ');
      expect(await said()).toBe('Sun 4 Jan: the core did not run.');
      await page.keyboard.press('PageDown');
      await page.keyboard.press('ArrowRight');
      expect(await said()).toMatch(/^Mon 29 Dec: \d+ Wh measured, over .* of 8 h awake\.$/);
      for (let step = 0; step < 2; step += 1) await page.keyboard.press('ArrowRight');
      expect(await said()).toBe('Wed 31 Dec: not measured in 7 h awake.');
      await page.keyboard.press('ArrowRight');
      expect(await said()).toMatch(/^Thu 1 Jan: .* Wh, 8\.4 Wh of it modelled/);
      await page.getByText('As a table').click();
      const rows = page.getByRole('row');
      expect(await rows.count()).toBe(31);
      const row = (await page.getByRole('row', { name: /Wed 31 Dec/ }).innerText()).split('\t');
      expect(row.slice(1, 3)).toEqual(['–', 'unknown']);
    });

    it('asks for as many days as are chosen', async () => {
      const { page } = await opened('energy');
      await page.getByRole('radio', { name: '7\u202fdays' }).focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.getByText('These 90 days').waitFor();
      expect(await page.getByRole('slider', { name: 'Day' }).getAttribute('aria-valuemax')).toBe('90');
    });

    it('says what is missing where nothing was measured, and never zero', async () => {
      told.days = unmeasuredDays;
      const { page } = await opened('energy', 'compact', 'dark');
      await page.getByRole('heading', { name: 'Nothing measured yet' }).waitFor();
      const text = await textOf(page);
      expect(text).not.toMatch(/\b0(\.0+)? Wh/);
      expect(await accessibilityFindings(page)).toEqual([]);
      await keepScreen(page, 'energy-empty-compact-dark');
    });
  });

  describe('alerts', () => {
    it('is calm when nothing stands', async () => {
      core.publish(lowSnapshot({ alerts: [] }));
      told.alerts = exampleAlerts({ standing: [], past: [] });
      const { page } = await opened('alerts', 'compact', 'light');
      await page.getByText('Nothing needs you.').waitFor();
      await page.getByText('No alert has ended yet.').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      await keepScreen(page, 'alerts-empty-compact-light');
    });

    it('says until when it is quiet, and ends it', async () => {
      const { page } = await opened('alerts');
      await page.getByText('Notices are shown as they come.').waitFor();
      await page.getByRole('button', { name: 'Quiet for 1\u202fh' }).click();
      await page.getByText(/^Quiet until \d\d:\d\d\.$/).waitFor();
      expect(told.quietAsked).toEqual([{ forMinutes: 60 }]);
      await page.getByRole('button', { name: 'End quiet' }).click();
      await page.getByText('Notices are shown as they come.').waitFor();
    });

    it('shows the gravest first, each with its shape and word', async () => {
      const { page } = await opened('alerts');
      const words = await page.locator('.alerts-list .alert-severity').allInnerTexts();
      expect(words).toEqual(['Critical', 'Warning', 'Info']);
      const shapes = await page
        .locator('.alerts-list .sign path')
        .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')));
      expect(new Set(shapes).size).toBe(3);
      const { page: now } = await opened('now');
      expect(await now.locator('.notices li').first().innerText()).toContain('Jobs are being paused.');
    });
  });

  describe('audit', () => {
    it('holds a page of a long record, turns it both ways and filters it', async () => {
      told.audit = exampleAudit(10_000);
      const { page } = await opened('audit');
      const range = page.getByText(/^Numbers/);
      await page.getByText('Numbers 10000 to 9901').waitFor();
      expect(await page.locator('.audit-rows > li').count()).toBe(100);
      await page.getByRole('button', { name: 'Older' }).click();
      await page.getByText('Numbers 9900 to 9801').waitFor();
      await page.getByRole('button', { name: 'Newer' }).click();
      await page.getByText('Numbers 10000 to 9901').waitFor();
      expect(await page.getByRole('button', { name: 'Newer' }).isDisabled()).toBe(true);
      await page.getByLabel('Who', { exact: true }).selectOption('git hook');
      await page.getByText('Numbers 9998 to').waitFor();
      expect(new Set(await page.locator('.audit-rows .audit-who').allInnerTexts())).toEqual(
        new Set(['git hook']),
      );
      await page.getByLabel('Project', { exact: true }).selectOption('model');
      await page.getByRole('button', { name: 'Clear the filter' }).click();
      await page.getByText('Numbers 10000 to 9901').waitFor();
      expect(await range.count()).toBe(1);
    });

    it('opens an entry by keyboard, masks what looks like a secret and leads to the decision', async () => {
      const { page } = await opened('audit', 'compact', 'dark');
      const entry = page.locator('.audit-rows summary', { hasText: 'deployment ended' }).first();
      await entry.focus();
      await page.keyboard.press('Enter');
      const detail = page.getByRole('region', { name: /^Detail of/ }).first();
      await detail.waitFor();
      expect(await detail.innerText()).toContain('"slackToken": "•••"');
      expect(await page.content()).not.toContain('xoxb-');
      const gate = page.locator('.audit-rows li', { hasText: 'gate asked' }).first();
      await gate.locator('summary').click();
      const link = gate.getByRole('link', { name: 'The decision as it was told' });
      expect(await link.getAttribute('href')).toBe('#/decision?id=shop-feature-7');
      expect(await accessibilityFindings(page)).toEqual([]);
      await entry.scrollIntoViewIfNeeded();
      await keepScreen(page, 'audit-open-compact-dark');
    });

    it('saves all that is filtered as a file', async () => {
      const { page } = await opened('audit');
      await page.getByLabel('What', { exact: true }).selectOption('deploy-finish');
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'CSV', exact: true }).click();
      const file = readFileSync(await (await saving).path(), 'utf8');
      const lines = file.trimEnd().split('\r\n');
      expect(lines[0]).toBe('sequence,at,actor,act,project,cause,detail');
      expect(lines.length - 1).toBe(told.audit.filter(({ act }) => act === 'deploy-finish').length);
      expect(file).not.toContain('xoxb-');
      await page.getByText(/^Saved \d+ entries\.$/).waitFor();
    });

    it('says so when nothing fits, and when nothing was recorded', async () => {
      told.audit = [];
      const { page } = await opened('audit', 'wide', 'dark');
      await page.getByText('Nothing recorded yet.').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      await keepScreen(page, 'audit-empty-wide-dark');
    });
  });

  describe('jobs', () => {
    it('lets a job go on, holds one back, and asks twice before it cancels', async () => {
      const { page } = await opened('jobs');
      await page.getByRole('button', { name: 'Resume' }).first().click();
      await page.getByText('Goes on.', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Hold back' }).click();
      await page.getByText('Waits, held back by you').waitFor();
      const running = page.locator('.job', { hasText: '--epochs' });
      await running.getByRole('button', { name: 'Cancel' }).click();
      await running.getByRole('button', { name: 'Let it be' }).click();
      expect(told.jobActs).toEqual(['POST j-4 resume', 'POST j-3 pause']);
      await running.getByRole('button', { name: 'Cancel' }).click();
      await running.getByRole('button', { name: 'Cancel it for good' }).click();
      await running.getByText('Cancelled', { exact: true }).waitFor();
      expect(told.jobActs.at(-1)).toBe('POST j-4 cancel');
    });

    it('shows what a job printed, as text', async () => {
      const { page } = await opened('jobs');
      await page.getByText('What it printed').click();
      const printed = page.getByRole('group', { name: 'What it printed' });
      await printed.waitFor();
      expect(await printed.innerText()).toBe('epoch 1\nloss 0.3\n');
    });

    it('says how to have one where there is none', async () => {
      told.jobs = [];
      const { page } = await opened('jobs', 'compact', 'light');
      await page.getByRole('heading', { name: 'No jobs' }).waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      await keepScreen(page, 'jobs-empty-compact-light');
    });
  });

  describe('doctor', () => {
    it('checks again when asked, keeping what it knew meanwhile', async () => {
      const { page } = await opened('doctor');
      await page.getByText('1 problem, 2 warnings.').waitFor();
      told.doctor = exampleDoctor({
        status: 'ok',
        checks: exampleDoctor().checks.filter(({ status }) => status === 'ok'),
      });
      await page.getByRole('button', { name: 'Run again' }).click();
      await page.getByText('Nothing is wrong.').waitFor();
      expect(told.doctorRuns).toBe(2);
      await keepScreen(page, 'doctor-fine-wide-light');
    });

    it('shows what it copies, and copies that', async () => {
      const { page } = await opened('doctor');
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy as text' }).click();
      await page.getByText('Copied.').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(told.doctor.shareText);
      await page.getByText('Show the text').click();
      await page.getByText('The hook of <project 1> cannot run').waitFor();
    });
  });

  it('say what could not be read, and read it again when asked', async () => {
    core.breakRecord(true);
    const { page } = await opened('energy', 'compact', 'dark');
    for (const [name, sentences] of TOLD) {
      core.breakRecord(true);
      await page.evaluate((address) => {
        window.location.hash = address;
      }, `#/${name}`);
      await page
        .getByRole('heading', { level: 1, name: name.replace(/^./, (letter) => letter.toUpperCase()) })
        .waitFor();
      await page.locator('.failed').first().waitFor();
      await keepScreen(page, `${name}-broken-compact-dark`);
      expect([name, await accessibilityFindings(page)]).toEqual([name, []]);
      core.breakRecord(false);
      await page
        .getByRole('button', { name: name === 'doctor' ? 'Run again' : 'Try again' })
        .first()
        .click();
      await page.getByText(sentences[0]!).first().waitFor();
    }
  });

  it('keep what they know while the core is away', async () => {
    const { page } = await opened('audit', 'compact', 'dark');
    await page.locator('.audit-rows > li').first().waitFor();
    await core.goDown();
    await page.getByRole('region', { name: 'Lost the core' }).waitFor();
    expect(await page.locator('.audit-rows > li').count()).toBe(30);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepScreen(page, 'audit-lost-compact-dark');
    await core.comeBack({ newToken: false });
  });
});
