import { join } from 'node:path';

import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startStatusNotifierWatcher } from '../fakes/status-notifier-watcher.ts';
import { writeLaptop } from '../integration/running-daemon.ts';
import { hasDesktop, NEEDS, screensDir, SOON, startDesktop } from './desktop.ts';
import type { Desktop } from './desktop.ts';

describe.skipIf(!hasDesktop())(`a desktop that shows no tray ${NEEDS}`, () => {
  let desktop: Desktop;
  let app: ElectronApplication;

  beforeAll(async () => {
    desktop = await startDesktop();
    writeLaptop(desktop.sysfsDir, { percent: 45, ac: false });
    await desktop.startCore();
    app = await desktop.launch();
  });
  afterAll(() => desktop.stop());

  const visibleTitles = (): Promise<readonly string[]> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.isVisible())
        .map((window) => window.getTitle()),
    );

  it('opens the window by itself and says why', async () => {
    await expect.poll(visibleTitles, SOON).toEqual([expect.stringContaining('shows no tray')]);
    const [page] = app.windows();
    await page?.getByText('MEDIUM').first().waitFor();
    await page?.screenshot({ path: join(screensDir, 'shell-no-tray.png') });
  });

  it('gets its tray when a panel comes later, and the window may hide then', async () => {
    const watcher = await startStatusNotifierWatcher(desktop.busAddress);
    await expect.poll(() => watcher.items().length, SOON).toBe(1);
    await expect.poll(() => watcher.tooltip(watcher.items()[0] ?? ''), SOON).toMatch(/^MEDIUM: /);
    await expect.poll(visibleTitles, SOON).toEqual([expect.not.stringContaining('shows no tray')]);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(visibleTitles, SOON).toEqual([]);

    // The panel dies: the app must not stay behind unseen.
    watcher.close();
    await expect.poll(visibleTitles, SOON).toEqual([expect.stringContaining('shows no tray')]);
  });

  it('leaves with its window, so that no invisible app stays behind', async () => {
    const exit = new Promise((resolve) =>
      app.process().once('exit', (code, signal) => resolve(code ?? signal)),
    );
    // It may be gone before it has answered.
    await app
      .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
      .catch(() => undefined);
    // Playwright ends the process itself when it sees the connection go first.
    expect(await exit).toBeOneOf([0, 'SIGKILL']);
  });
});
