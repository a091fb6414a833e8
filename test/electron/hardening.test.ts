import { readFileSync } from 'node:fs';

import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { writeLaptop } from '../integration/running-daemon.ts';
import { hasDesktop, NEEDS, SOON, startDesktop } from './desktop.ts';
import type { Desktop } from './desktop.ts';

describe.skipIf(!hasDesktop())(`the page in its window ${NEEDS}`, () => {
  let desktop: Desktop;
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    desktop = await startDesktop();
    writeLaptop(desktop.sysfsDir, { percent: 45, ac: false });
    await desktop.startCore();
    app = await desktop.launch();
    page = await app.firstWindow();
    await page.getByText('MEDIUM').first().waitFor();
  });
  afterAll(() => desktop.stop());

  it('has no Node, no bridge and no embedded guests', async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(preferences['preload'] ?? null).toBeNull();
    expect(await page.evaluate('[typeof require, typeof process, typeof module]')).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ]);
  });

  it('runs in a process the kernel holds in a sandbox', async () => {
    const pid = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8');
    expect(status).toMatch(/^Seccomp:\t2$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
  });

  it('came over loopback, its code gone from the address, without a cookie', async () => {
    expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?load=1$/);
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
  });

  it.each(['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd', 'data:text/html,x'])(
    'does not go to %s',
    async (url) => {
      const before = page.url();
      await page.evaluate((target) => {
        location.href = target;
      }, url);
      // The page answers after the attempt, as the page it was.
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      expect(await page.evaluate('location.href')).toBe(before);
      expect(await page.evaluate('document.body.innerText')).toContain('MEDIUM');
    },
  );

  it('says in its own header that nothing unsafe and nothing from elsewhere may run', async () => {
    const csp = await page.evaluate<string>(
      'fetch("/").then((reply) => reply.headers.get("content-security-policy"))',
    );
    expect(csp).toContain("default-src 'none'");
    expect(csp).not.toMatch(/unsafe-|https?:|\*|blob:/);
  });

  it('loaded nothing that did not come from the core', async () => {
    const foreign = await page.evaluate(
      'performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => !name.startsWith(location.origin))',
    );
    expect(foreign).toEqual([]);
  });

  it('opens not even a window of its own', async () => {
    expect(await page.evaluate('window.open(location.href) === null')).toBe(true);
    expect(app.windows()).toHaveLength(1);
  });

  it('opens no second window', async () => {
    expect(await page.evaluate('window.open("https://example.com/") === null')).toBe(true);
    expect(app.windows()).toHaveLength(1);
  });

  it('is granted nothing', async () => {
    expect(await page.evaluate('Notification.requestPermission()')).toBe('denied');
    const ask = (name: string) =>
      `navigator.permissions.query({name:"${name}"}).then((found) => found.state)`;
    for (const name of ['geolocation', 'notifications', 'midi', 'clipboard-read', 'camera', 'microphone']) {
      expect(await page.evaluate(ask(name))).toBe('denied');
    }
    expect(
      await page.evaluate('navigator.mediaDevices.getUserMedia({audio:true}).then(() => 1, () => 0)'),
    ).toBe(0);
  });

  it('has no menu that opens its inside', async () => {
    const roles = await app.evaluate(({ Menu }) => {
      const all = (items: readonly Electron.MenuItem[]): readonly (string | undefined)[] =>
        items.flatMap((item) => [item.role, ...all(item.submenu?.items ?? [])]);
      return all(Menu.getApplicationMenu()?.items ?? []);
    });
    expect(roles.length).toBeGreaterThan(5);
    expect(roles.filter((role) => /devtools|reload/i.test(role ?? ''))).toEqual([]);
  });

  it('runs no injected script and speaks to nobody but the core', async () => {
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.wasInjected = true';
      document.body.append(script);
      const guest = document.createElement('webview');
      guest.setAttribute('src', 'https://example.com/');
      document.body.append(guest);
    }`);
    expect(await page.evaluate('typeof window.wasInjected')).toBe('undefined');
    expect(await page.evaluate('fetch("http://127.0.0.1:9/").then(() => 1, () => 0)')).toBe(0);
    expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });

  it('may crash: the shell makes it anew and lives on', async () => {
    const before = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.id);
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    const ids = (): Promise<readonly number[]> =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .filter((window) => window.isVisible())
          .map((window) => window.id),
      );
    await expect.poll(async () => (await ids()).filter((id) => id !== before).length, SOON).toBe(1);
  });
});
