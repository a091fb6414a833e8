import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { DoctorReply } from '../../shared/contract/doctor.ts';
import type { EndpointFile } from '../../shared/contract/endpoint-file.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { startStatusNotifierWatcher } from '../fakes/status-notifier-watcher.ts';
import type { StatusNotifierWatcher } from '../fakes/status-notifier-watcher.ts';
import { writeLaptop } from '../integration/running-daemon.ts';
import { hasDesktop, NEEDS, screensDir, SOON, startDesktop } from './desktop.ts';
import type { Desktop } from './desktop.ts';

describe.skipIf(!hasDesktop())(`a shell that finds no core ${NEEDS}`, () => {
  let desktop: Desktop;
  let watcher: StatusNotifierWatcher;
  let app: ElectronApplication;
  let endpointPath = '';

  beforeAll(async () => {
    desktop = await startDesktop();
    endpointPath = join(desktop.env['ORCH_HOME'] ?? '', 'endpoint.json');
    writeLaptop(desktop.sysfsDir, { percent: 45, ac: false });
    for (const part of ['code', 'code/shop', 'code/shop/.git']) desktop.makeDir(join(desktop.homeDir, part));
    desktop.writeFile(join(desktop.homeDir, 'code/shop/.git/HEAD'), 'ref: refs/heads/main\n');
    watcher = await startStatusNotifierWatcher(desktop.busAddress);
    app = await desktop.launch();
    await vi.waitFor(() => expect(watcher.items()).toHaveLength(1), SOON);
  });
  afterAll(async () => {
    watcher.close();
    await desktop.stop();
  });

  it('hosts one itself, and the command line finds it', async () => {
    await expect.poll(() => existsSync(endpointPath), SOON).toBe(true);
    const { pid } = JSON.parse(readFileSync(endpointPath, 'utf8')) as EndpointFile;
    expect(pid).toBe(await app.evaluate(() => process.pid));
    expect(await desktop.orch('status')).toBe(0);
    await expect.poll(() => watcher.tooltip(watcher.items()[0] ?? ''), SOON).toMatch(/^MEDIUM: /);
    const labels = (await watcher.menu(watcher.items()[0] ?? '')).map(({ label }) => label);
    expect(labels).toContain('Core: in this app');
  });

  it('shows on its first start what it found and reads, and offers the repositories of the home', async () => {
    const page = await app.firstWindow();
    await page.getByText('Nothing leaves this machine').first().waitFor();
    await page.screenshot({ path: join(screensDir, 'shell-first-run.png') });
    await page.getByRole('link', { name: 'Add a project' }).first().click();
    await page.getByRole('button', { name: 'Add shop' }).waitFor();
    await page.screenshot({ path: join(screensDir, 'shell-first-run-projects.png') });
    await page.getByRole('button', { name: 'Add shop' }).click();
    const labels = async (): Promise<readonly string[]> =>
      (await watcher.menu(watcher.items()[0] ?? '')).map(({ label }) => label);
    await expect.poll(labels, SOON).toContainEqual(expect.stringMatching(/^shop: /));
  });

  it('keeps secrets in files of the person alone on a desktop without a keychain, and says so', async () => {
    const secretPath = join(desktop.env['ORCH_HOME'] ?? '', 'secrets/slack-webhook');
    const note =
      /^Secrets are kept in files that only you can read, not encrypted: this desktop has no keychain\.$/;
    expect(await app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend())).toBe(
      'basic_text',
    );
    const set = await desktop.ask('PUT', '/v1/secrets/slack-webhook', { value: 'https://hush.example/x' });
    expect(set).toEqual({
      name: 'slack-webhook',
      isSet: true,
      problem: null,
      keptIn: 'file',
      note: expect.stringMatching(note) as unknown,
    });
    expect(statSync(secretPath).mode & 0o777).toBe(0o600);
    expect(readFileSync(secretPath, 'utf8')).toBe('https://hush.example/x');
    await expect
      .poll(async () => ((await desktop.ask('GET', '/v1/state')) as Snapshot).notes, SOON)
      .toContainEqual({ code: 'secret-kept', text: expect.stringMatching(note) as unknown });
    const { checks } = (await desktop.ask('GET', '/v1/doctor')) as DoctorReply;
    expect(checks.find(({ id }) => id === 'secrets')).toMatchObject({
      status: 'warning',
      text: expect.stringMatching(note) as unknown,
    });
    const page = await app.firstWindow();
    await page.evaluate("location.hash = '#/settings'");
    const panel = page.getByRole('region', { name: 'Secrets' });
    await panel.getByText(note).waitFor();
    await panel.screenshot({ path: join(screensDir, 'shell-secrets.png') });
  });

  it('stops it cleanly at the end of the session', async () => {
    const exit = new Promise((resolve) => app.process().once('exit', resolve));
    app.process().kill('SIGTERM');
    await exit;
    expect(existsSync(endpointPath)).toBe(false);
    expect(await desktop.orch('status')).toBe(3);
  });
});
