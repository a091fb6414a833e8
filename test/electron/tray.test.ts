import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Action } from '../../shared/contract/remediation.ts';
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
    const flat = (lines: readonly MenuLine[]): readonly MenuLine[] =>
      lines.flatMap((one) => [one, ...flat(one.lines)]);
    const found = flat(await watcher.menu(item())).find(({ label }) => label.startsWith(start));
    if (found === undefined) throw new Error(`no menu line starts with "${start}"`);
    return found;
  };
  /** Chosen anew where the menu changed under the hand. */
  const choose = (start: string): Promise<void> =>
    vi.waitFor(async () => {
      const found = await line(start);
      expect(found.isEnabled).toBe(true);
      await watcher.click(item(), found);
    }, SOON);
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
    // Playwright hears of a page a little later than the screen shows it.
    return vi.waitFor(() => {
      const [first] = app.windows();
      if (first === undefined) throw new Error('no page');
      return first;
    }, SOON);
  };

  it('says level, reason and what is blocked', async () => {
    await expect.poll(tooltip, SOON).toMatch(/^LOW: .*12/);
    await expect.poll(tooltip, SOON).toContain('Blocked: shop');
    await expect.poll(() => shows('low-blocked'), SOON).toBe(true);
  });

  it('has a line a project with its verdict in words', async () => {
    const labels = async (): Promise<readonly string[]> =>
      (await watcher.menu(item())).map(({ label }) => label);
    await expect.poll(labels, SOON).toContain('shop: features wait, fixes go');
    expect((await labels()).slice(-5)).toEqual([
      `Core: service, pid ${core.pid ?? 0}`,
      'Open dashboard',
      'Doctor',
      'Desktop settings',
      'Quit',
    ]);
    expect((await line('LOW')).isEnabled).toBe(false);
  });

  it('opened a window the first time it ever ran, with what a person should know then', async () => {
    const opened = await page();
    await opened.screenshot({ path: join(screensDir, 'shell-first-start.png') });
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(async () => (await visibleSizes()).length, SOON).toBe(0);
  });

  it('opens the dashboard with the verdict on Open', async () => {
    await choose('Open dashboard');
    const opened = await page();
    await opened.getByText('shop').first().waitFor();
    const text = await opened.locator('body').innerText();
    expect(text).toContain('LOW');
    expect(text).toMatch(/wait/i);
    await opened.screenshot({ path: join(screensDir, 'shell-wide.png') });
    await expect.poll(async () => (await visibleSizes())[0]?.[0], SOON).toBeGreaterThanOrEqual(960);
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

  it('counts down to the safeguards, which can be called off there', async () => {
    const steps = (value: unknown) =>
      desktop.ask('PATCH', '/v1/config', [{ path: 'safeguards.steps', value }]);
    await steps([{ builtIn: 'flush-state' }]);
    writeLaptop(desktop.sysfsDir, { percent: 3, ac: false });
    await expect.poll(tooltip, SOON).toMatch(/^Safeguards begin in \d\d\s/);
    await choose('Cancel the safeguards');
    await expect.poll(tooltip, SOON).not.toContain('Safeguards');
    const [action] = (await desktop.ask('GET', '/v1/actions')) as readonly Action[];
    expect(action).toMatchObject({ kind: 'safeguard', state: 'cancelled' });
    await steps([]);
  });

  it('changes picture and words with the level', async () => {
    writeLaptop(desktop.sysfsDir, { percent: 80, ac: true });
    await expect.poll(tooltip, SOON).toMatch(/^FULL: /);
    await expect.poll(tooltip, SOON).toContain('Everything may go');
    await expect.poll(() => shows('full-allowed'), SOON).toBe(true);
    expect(await shows('low-blocked')).toBe(false);
  });

  it('shows a halted project as such', async () => {
    expect(await desktop.orch('halt', 'shop', '--reason', 'release went wrong')).toBe(0);
    await expect.poll(tooltip, SOON).toContain('Halted: shop');
    await expect.poll(() => shows('full-halt'), SOON).toBe(true);
    expect(await desktop.orch('clear', 'shop', '--reason', 'mended')).toBe(0);
    await expect.poll(tooltip, SOON).not.toContain('Halted');
  });

  it('sets the person’s day, and keeps what was ticked', async () => {
    await desktop.ask('PUT', '/v1/wellbeing', { value: 90, tags: ['on-call'] });
    const now = async (): Promise<unknown> => desktop.ask('GET', '/v1/wellbeing');
    await choose('25');
    await expect.poll(now, SOON).toMatchObject({ value: 25, tags: ['on-call'] });
    await choose('100');
    await expect.poll(now, SOON).toMatchObject({ value: 100 });
    await choose('Same as now');
    await expect.poll(now, SOON).toMatchObject({ value: 100, tags: ['on-call'] });
  });

  it('makes notices quiet and loud again', async () => {
    const reason = async (): Promise<unknown> =>
      ((await desktop.ask('GET', '/v1/alerts/quiet')) as { reason: unknown }).reason;
    await choose('For 1 hour');
    await expect.poll(reason, SOON).toBe('person');
    await choose('End quiet');
    await expect.poll(reason, SOON).not.toBe('person');
  });

  it('pauses experiments and lets them go on', async () => {
    const command = [process.execPath, '-e', 'setInterval(() => undefined, 1000)'];
    const { id } = (await desktop.ask('POST', '/v1/jobs', { command })) as { id: string };
    const job = async (): Promise<unknown> => desktop.ask('GET', `/v1/jobs/${id}`);
    await choose('Pause experiments (1)');
    await expect.poll(job, SOON).toMatchObject({ isHeld: true });
    await choose('Resume experiments (1)');
    await expect.poll(job, SOON).toMatchObject({ isHeld: false });
    await desktop.ask('POST', `/v1/jobs/${id}/cancel`);
  });

  it('asks why before it halts, and lifts a HALT at once', async () => {
    await choose('Halt shop');
    const form = (await page()).getByLabel('Why halt').first();
    await expect.poll(() => form.evaluate((field) => field === document.activeElement), SOON).toBe(true);
    await form.fill('a release went wrong');
    await (await page()).screenshot({ path: join(screensDir, 'shell-halt.png') });
    await form.press('Enter');
    await expect.poll(tooltip, SOON).toContain('Halted: shop');
    await choose('Lift the HALT of shop');
    await expect.poll(tooltip, SOON).not.toContain('Halted');
  });

  it('opens the doctor', async () => {
    await choose('Doctor');
    await expect.poll(async () => new URL((await page()).url()).hash, SOON).toBe('#/doctor');
  });

  it('starts with the session when told so, and no longer when not', async () => {
    const path = join(desktop.env['XDG_CONFIG_HOME'] ?? '', 'autostart/meta-orchestrator.desktop');
    await choose('Start at login');
    await expect.poll(() => existsSync(path), SOON).toBe(true);
    await expect.poll(async () => (await line('Start at login')).isChecked, SOON).toBe(true);
    await choose('Start at login');
    await expect.poll(() => existsSync(path), SOON).toBe(false);
  });

  it('is back with its words after the panel was killed and started again', async () => {
    watcher.close();
    watcher = await startStatusNotifierWatcher(desktop.busAddress);
    await expect.poll(() => watcher.items().length, SOON).toBe(1);
    await expect.poll(tooltip, SOON).toMatch(/^FULL: /);
  });

  it('goes into the window when the person wants no tray, and comes back', async () => {
    await choose('Show in the tray');
    await expect.poll(() => watcher.items().length, SOON).toBe(0);
    const title = (): Promise<string | undefined> =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
    await expect.poll(title, SOON).toBe('Meta-Orchestrator (closing the window quits)');
    const isInWindow = await app.evaluate(({ BrowserWindow, Menu }) => {
      const [own] = Menu.getApplicationMenu()?.items ?? [];
      const settings = own?.submenu?.items.find(({ label }) => label === 'Desktop settings');
      settings?.submenu?.items.find(({ label }) => label === 'Show in the tray')?.click();
      return BrowserWindow.getAllWindows()[0]?.isMenuBarVisible();
    });
    expect(isInWindow).toBe(true);
    await expect.poll(() => watcher.items().length, SOON).toBe(1);
    await expect.poll(title, SOON).toBe('Meta-Orchestrator');
  });

  it('claims nothing once the core is gone, and comes back with a new one', async () => {
    await ended(core);
    await expect.poll(tooltip, { ...SOON, timeout: 30_000 }).toMatch(/^Core not running: last seen /);
    await expect.poll(() => shows('unknown-unknown'), SOON).toBe(true);
    await expect.poll(async () => (await line('shop')).isEnabled, SOON).toBe(false);

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
    await expect
      .poll(async () => (await page()).locator('body').innerText(), SOON)
      .toContain('live, updated');
  });

  it('may be killed: the core goes on, and a new shell takes its place', async () => {
    const exit = new Promise((resolve) => app.process().once('exit', resolve));
    app.process().kill('SIGKILL');
    await exit;
    await expect.poll(() => watcher.items().length, SOON).toBe(0);
    expect(await desktop.ask('GET', '/v1/health')).toMatchObject({ status: 'ok' });
    app = await desktop.launch();
    await expect.poll(() => watcher.items().length, SOON).toBe(1);
    await expect.poll(tooltip, SOON).toMatch(/^FULL: /);
    // Not the first start any more: no window comes by itself.
    expect(await visibleSizes()).toEqual([]);
  });

  it('quits from the menu and leaves the core of the other process running', async () => {
    const exit = new Promise((resolve) => app.process().once('exit', resolve));
    await Promise.race([exit, choose('Quit')]);
    await exit;
    await expect.poll(() => watcher.items().length, SOON).toBe(0);
    expect(existsSync(join(desktop.env['ORCH_HOME'] ?? '', 'endpoint.json'))).toBe(true);
    expect(await desktop.orch('status')).toBe(0);
  });
});
