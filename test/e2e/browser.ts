import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

const ROOT = resolve(import.meta.dirname, '../..');
const isForDocs = process.env['UPDATE_SCREENSHOTS'] === '1';

export type Theme = 'light' | 'dark';
export type Size = 'compact' | 'wide';

/** The tray window, and a browser on a small laptop. */
export const SIZES: Readonly<Record<Size, { width: number; height: number }>> = {
  compact: { width: 380, height: 560 },
  wide: { width: 1280, height: 800 },
};

export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    // Not `chromium.args`: those run everything in one process, which ends with the first closed page, and
    // switch off the web security that is tested here.
    args: [
      '--disable-gpu',
      '--font-render-hinting=none',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    headless: true,
  });
}

export interface OpenedPage {
  readonly page: Page;
  /** What the page logged as an error, a refused request or a broken content policy; must stay empty. */
  readonly complaints: string[];
}

export async function openPage(browser: Browser, url: string, size: Size, theme: Theme): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: SIZES[size],
    // Twice as fine for the documents, but for wide pages, whose files would be too large.
    deviceScaleFactor: isForDocs && size === 'compact' ? 2 : 1,
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

/** The few pictures the documents show. */
const IN_DOCS: ReadonlySet<string> = new Set([
  'critical-halted-compact-dark',
  'first-run-compact-light',
  'lost-compact-light',
  'unknown-compact-light',
  ...[
    'low',
    'project',
    'projects',
    'settings',
    'decision',
    'energy',
    'jobs',
    'sync',
    'alerts',
    'audit',
    'doctor',
    'history',
  ].flatMap((page) => [
    `${page}-compact-light`,
    `${page}-compact-dark`,
    `${page}-wide-light`,
    `${page}-wide-dark`,
  ]),
]);

/** Writes test-results/screens/NAME.png; with UPDATE_SCREENSHOTS=1 also docs/images/NAME.png where one belongs. */
export async function keepScreen(page: Page, name: string, fullPage = false): Promise<void> {
  const folders = ['test-results/screens', ...(isForDocs && IN_DOCS.has(name) ? ['docs/images'] : [])];
  // A busy machine may have no frame ready at the first try.
  const picture = await page.screenshot({ fullPage }).catch(() => page.screenshot({ fullPage }));
  for (const folder of folders) {
    mkdirSync(join(ROOT, folder), { recursive: true });
    writeFileSync(join(ROOT, folder, `${name}.png`), picture);
  }
}
