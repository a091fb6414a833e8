import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Snapshot } from '../../shared/contract/state.ts';
import { startFakeCore } from '../fakes/fake-core-server.ts';
import type { FakeCore } from '../fakes/fake-core-server.ts';
import { accessibilityFindings } from './accessibility.ts';
import { keepScreen, openBrowser, openPage, SIZES } from './browser.ts';
import type { Size, Theme } from './browser.ts';
import { builtPageDir } from './built-page.ts';
import * as examples from './example-snapshots.ts';
import * as troubles from './example-troubles.ts';

const STATES: readonly { name: string; snapshot: Snapshot; ring: string; says: readonly string[] }[] = [
  {
    name: 'low',
    snapshot: examples.lowSnapshot(),
    ring: 'LOW, features wait',
    says: [
      'LOW · 17 %',
      'This machine draws 9.1 W, measured.',
      'usually off by 11 min',
      'About 40–65 min to 5 %.',
      'features wait · fixes go',
      'plug in, or make it a fix.',
    ],
  },
  {
    name: 'critical-halted',
    snapshot: troubles.criticalSnapshot(),
    ring: 'CRITICAL, halted',
    says: ['CRITICAL · 3 %', 'halted · reverts go', 'Jobs are being paused. Plug in.'],
  },
  {
    name: 'medium-review',
    snapshot: examples.mediumSnapshot(),
    ring: 'MEDIUM, features need review',
    says: ['MEDIUM · 43 %', 'About 1 h 10 min–2 h to 20 %.', 'features need review · fixes go'],
  },
  {
    name: 'high',
    snapshot: examples.highSnapshot(),
    ring: 'HIGH, features go',
    says: ['HIGH · 81 %', 'features go'],
  },
  {
    name: 'full',
    snapshot: examples.fullSnapshot(),
    ring: 'FULL, features go',
    says: ['FULL · 98 %', 'on mains', '12.4 W'],
  },
  {
    name: 'reserve',
    snapshot: examples.reserveSnapshot(),
    ring: 'FULL, features go',
    says: ['Reserve 3 %: deployments go, long work waits for 10 %.'],
  },
  {
    name: 'unknown',
    snapshot: troubles.unknownSnapshot(),
    ring: 'UNKNOWN, features unclear',
    says: ["Can't read the battery: permission denied on BAT0/uevent.", 'unread', 'No report was found.'],
  },
  {
    name: 'no-battery',
    snapshot: examples.noBatterySnapshot(),
    ring: 'FULL, features go',
    says: ['Mains, no battery: nothing to wait for. Gates still follow your projects.'],
  },
  {
    name: 'weak-charger',
    snapshot: examples.weakChargerSnapshot(),
    ring: 'LOW, features wait',
    says: ['too weak', 'this charger is too weak.'],
  },
  {
    name: 'ups-on-battery',
    snapshot: examples.upsSnapshot(),
    ring: 'MEDIUM, features need review',
    says: ['Power cut.', 'on UPS', '71 %'],
  },
  {
    name: 'first-run',
    snapshot: troubles.firstRunSnapshot(),
    ring: 'FULL, infrastructure goes',
    says: ['No projects yet', 'Add a project', 'Nothing leaves this machine.'],
  },
  {
    name: 'notes',
    snapshot: troubles.notesSnapshot(),
    ring: 'LOW, features wait',
    says: ['config.yaml:14:9', 'Port 7717 was taken; using 40113.'],
  },
];

const LOOKS: readonly (readonly [Size, Theme])[] = [
  ['compact', 'light'],
  ['compact', 'dark'],
  ['wide', 'light'],
  ['wide', 'dark'],
];

/** What a page may load before it shows anything, gzipped. */
const MOST_SCRIPT_BYTES = 250 * 1024;

describe('dashboard: every state on every panel', () => {
  let browser: Browser;
  let core: FakeCore;

  beforeAll(async () => {
    core = await startFakeCore(await builtPageDir(), examples.lowSnapshot());
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await core.stop();
  });

  describe.each(STATES)('$name', ({ name, snapshot, ring, says }) => {
    it.each(LOOKS)('says what counts, is accessible and fits: %s, %s', async (size, theme) => {
      core.publish(snapshot);
      core.feel(name === 'low' ? examples.LOW_WELLBEING : null);
      const { page, complaints } = await openPage(browser, core.signInUrl(), size, theme);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await keepScreen(page, `${name}-${size}-${theme}`);

      expect(await page.locator('svg.ring').getAttribute('aria-label')).toBe(ring);
      const text = (await page.locator('body').innerText()).replaceAll('\u202f', ' ');
      for (const words of says) expect(text.toLowerCase()).toContain(words.toLowerCase());
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(SIZES[size].width);
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  });

  it('loads little before it shows anything', async () => {
    const dir = await builtPageDir();
    const page = readFileSync(join(dir, 'index.html'), 'utf8');
    const scripts = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(scripts.length).toBeGreaterThan(0);
    const bytes = scripts.map((name) => gzipSync(readFileSync(join(dir, name))).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_SCRIPT_BYTES);
  });

  it.each([960, 1000, 1040, 1120, 1200, 1280])('keeps every word in its cell at %i pixels', async (width) => {
    core.publish(examples.mediumSnapshot());
    const { page } = await openPage(browser, core.signInUrl(), 'wide', 'light');
    await page.setViewportSize({ width, height: 800 });
    await page.locator('.matrix-cell').first().waitFor();
    const spilled = await page.evaluate(
      () =>
        [...document.querySelectorAll('.matrix-cell, .matrix thead th')].filter(
          (cell) => cell.scrollWidth > cell.clientWidth,
        ).length,
    );
    expect(spilled).toBe(0);
    if (width === 1120) await keepScreen(page, 'medium-review-1120-light');
  });

  it.each(LOOKS)('shows texts made to break a page as text: %s, %s', async (size, theme) => {
    core.publish(troubles.hostileSnapshot());
    const { page, complaints } = await openPage(browser, core.signInUrl(), size, theme);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await keepScreen(page, `hostile-${size}-${theme}`);

    expect(await page.locator('img, script:not([src]), a:not([href^="#"])').count()).toBe(0);
    expect(await page.title()).not.toContain('owned');
    expect(await page.locator('body').innerText()).not.toMatch(/\p{Cc}(?<![\n\t])|\u202e/u);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(SIZES[size].width);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
