import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { startStatusNotifierWatcher } from '../fakes/status-notifier-watcher.ts';
import type { MenuLine, StatusNotifierWatcher } from '../fakes/status-notifier-watcher.ts';
import { writeLaptop, writeProject } from '../integration/running-daemon.ts';
import { ended, hasDesktop, NEEDS, rootDir, screensDir, SOON, startDesktop } from './desktop.ts';
import type { Desktop } from './desktop.ts';
import { looksLike, pngPixels } from './png-pixels.ts';

describe.skipIf(!hasDesktop())(`the tray of a running core ${NEEDS}`, () => {
  let desktop: Desktop;
  let watcher: StatusNotifierWatcher;
  let app: ElectronApplication;
  let core: ChildProcess;

  beforeAll(async () => {
    desktop = await startDesktop();
    writeLaptop(desktop.sysfsDir, { percent: 12, ac: false });
    const projectDir = join(desktop.homeDir, 'shop');
    writeProject(projectDir, { integration: 80, wellbeing: 75, stability: 85, mode: 'FAST' });
    expect(await desktop.orch('project', 'add', projectDir)).toBe(0);
    watcher = await startStatusNotifierWatcher(desktop.busAddress);
    core = await desktop.startCore();
    app = await desktop.launch();
    await vi.waitFor(() => expect(watcher.items()).toHaveLength(1), SOON);
  });
  afterAll(async () => {
    watcher.close();
    await desktop.stop();
  });

  const item = (): string => watcher.items()[0] ?? '';
  const tooltip = (): Promise<string> => watcher.tooltip(item());
  const line = async (start: string): Promise<MenuLine> => {
    const found = (await watcher.menu(item())).find(({ label }) => label.startsWith(start));
    if (found === undefined) throw new Error(`no menu line starts with "${start}"`);
    return found;
  };
  const shows = async (name: string): Promise<boolean> => {
    const shipped = pngPixels(join(rootDir, `resources/icons/tray/${name}-light-22.png`));
    return looksLike(await watcher.picture(item()), shipped);
  };
  const visibleSizes = (): Promise<readonly number[][]> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.isVisible())
        .map((window) => window.getContentSize()),
    );
  const page = async (): Promise<Page> => {
    await expect.poll(async () => (await visibleSizes()).length, SOON).toBe(1);
    const [first] = app.windows();
    if (first === undefined) throw new Error('no page');
    return first;
  };

  it('says level, reason and what is blocked', async () => {
    await expect.poll(tooltip, SOON).toMatch(/^LOW: .*12/);
    expect(await tooltip()).toContain('Blocked: shop');
    expect(await shows('low-blocked')).toBe(true);
  });

  it('has a line a project with its verdict in words', async () => {
    const labels = (await watcher.menu(item())).map(({ label }) => label);
    expect(labels).toContain('shop: features wait, fixes go');
    expect(labels.slice(-2)).toEqual(['Open dashboard', 'Quit']);
    expect((await line('LOW')).isEnabled).toBe(false);
  });

  it('opens the dashboard with the verdict on Open', async () => {
    await watcher.click(item(), await line('Open dashboard'));
    const opened = await page();
    await opened.getByText('shop').first().waitFor();
    const text = await opened.locator('body').innerText();
    expect(text).toContain('LOW');
    expect(text).toMatch(/wait/i);
    await opened.screenshot({ path: join(screensDir, 'shell-wide.png') });
    expect((await visibleSizes())[0]?.[0]).toBeGreaterThanOrEqual(960);
  });

  it('shows the small window on a click on the icon', async () => {
    await watcher.activate(item());
    await expect.poll(async () => (await visibleSizes())[0]?.[0], SOON).toBeLessThan(480);
    await (await page()).screenshot({ path: join(screensDir, 'shell-compact.png') });
  });

  it('keeps running when the window is closed, and a second start shows it again', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(async () => (await visibleSizes()).length, SOON).toBe(0);
    expect(watcher.items()).toHaveLength(1);
    expect(await desktop.startAgain()).toBe(0);
    await expect.poll(async () => (await visibleSizes()).length, SOON).toBe(1);
    expect(watcher.items()).toHaveLength(1);
  });

  it('changes picture and words with the level', async () => {
    writeLaptop(desktop.sysfsDir, { percent: 80, ac: true });
    await expect.poll(tooltip, SOON).toMatch(/^FULL: /);
    expect(await tooltip()).toContain('Everything may go');
    await expect.poll(() => shows('full-allowed'), SOON).toBe(true);
    expect(await shows('low-blocked')).toBe(false);
  });

  it('shows a halted project as such', async () => {
    expect(await desktop.orch('halt', 'shop', '--reason', 'release went wrong')).toBe(0);
    await expect.poll(tooltip, SOON).toContain('Halted: shop');
    expect(await shows('full-halt')).toBe(true);
    expect(await desktop.orch('clear', 'shop', '--reason', 'mended')).toBe(0);
    await expect.poll(tooltip, SOON).not.toContain('Halted');
  });

  it('claims nothing once the core is gone, and comes back with a new one', async () => {
    await ended(core);
    await expect.poll(tooltip, { ...SOON, timeout: 30_000 }).toMatch(/^Core not running: last seen /);
    expect(await shows('unknown-unknown')).toBe(true);
    expect((await line('shop')).isEnabled).toBe(false);

    const loads = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
    );
    await desktop.startCore();
    await expect.poll(tooltip, SOON).toMatch(/^FULL: /);
    await expect
      .poll(
        () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
        SOON,
      )
      .not.toBe(loads);
    await expect.poll(async () => (await page()).locator('body').innerText(), SOON).toContain('FULL');
  });

  it('quits from the menu and leaves the core of the other process running', async () => {
    const exit = new Promise((resolve) => app.process().once('exit', resolve));
    await watcher.click(item(), await line('Quit'));
    await exit;
    await expect.poll(() => watcher.items().length, SOON).toBe(0);
    expect(existsSync(join(desktop.env['ORCH_HOME'] ?? '', 'endpoint.json'))).toBe(true);
    expect(await desktop.orch('status')).toBe(0);
  });
});
