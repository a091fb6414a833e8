import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { readTrace } from '../../core/energy/trace.ts';
import type { AlertsReply } from '../../shared/contract/alert.ts';
import { startNotificationService } from '../fakes/notification-service.ts';
import type { NotificationService, ShownNotice } from '../fakes/notification-service.ts';
import { startStatusNotifierWatcher } from '../fakes/status-notifier-watcher.ts';
import type { StatusNotifierWatcher } from '../fakes/status-notifier-watcher.ts';
import { hasDesktop, NEEDS, rootDir, SOON, startDesktop } from './desktop.ts';
import type { Desktop } from './desktop.ts';
import { dischargeWithSawtooth, secondsUntilBelow } from './recorded-discharge.ts';

/** Local time of the session when it begins; it runs fast from there. */
const STARTS_AT = '2026-01-05T12:00:00.000Z';

describe.skipIf(!hasDesktop())(`notices of a recorded discharge ${NEEDS}`, () => {
  let desktop: Desktop;
  let watcher: StatusNotifierWatcher;
  let service: NotificationService;
  let app: ElectronApplication;
  let over: Promise<unknown>;

  beforeAll(async () => {
    desktop = await startDesktop();
    watcher = await startStatusNotifierWatcher(desktop.busAddress);
    service = await startNotificationService(desktop.busAddress);
    desktop.makeDir(desktop.sysfsDir);
    const core = desktop.run(process.execPath, [join(rootDir, 'test/electron/fast-core.ts')], {
      REPLAY_START: STARTS_AT,
      TZ: 'UTC',
    });
    const lines = createInterface({ input: core.stdout! });
    await once(lines, 'line');
    app = await desktop.launch();
    await vi.waitFor(() => expect(watcher.items()).toHaveLength(1), SOON);
    await vi.waitFor(async () => expect(await watcher.tooltip(watcher.items()[0]!)).toMatch(/^FULL/), SOON);
    await setQuietHours();
    over = once(lines, 'line');
    core.stdin?.write('go\n');
  });
  afterAll(async () => {
    watcher.close();
    service.close();
    await desktop.stop();
  });

  /** They begin between LOW and CRITICAL of the discharge that begins now. */
  const setQuietHours = async (): Promise<void> => {
    const { rows } = await readTrace(join(rootDir, 'resources/demo/day.csv'));
    const { at } = (await desktop.ask('GET', '/v1/state')) as { at: string };
    const untilQuietMs = secondsUntilBelow(dischargeWithSawtooth(rows), 12) * 1000;
    const text = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
    const fromMs = Date.parse(at) + untilQuietMs;
    const quietHours = { from: text(fromMs), to: text(fromMs + 8 * 3_600_000) };
    await desktop.ask('PATCH', '/v1/config', [{ path: 'alerts.quietHours', value: quietHours }]);
  };

  it('come once a level, none on a sawtooth of 3 points, CRITICAL through quiet hours once', async () => {
    expect(await over).toEqual(['over']);
    await vi.waitFor(() => expect(service.shown.at(-1)?.urgency).toBe(2), SOON);
    expect(service.shown.map(({ title, isSilent, urgency }) => [title, isSilent, urgency])).toEqual([
      [expect.stringMatching(/^Battery 5\d/), false, 1],
      [expect.stringMatching(/^Battery 1\d/), false, 1],
      [expect.stringMatching(/^Battery 4/), true, 2],
    ]);
  });

  const test = async (): Promise<ShownNotice> => {
    const before = service.shown.length;
    await desktop.ask('POST', '/v1/alerts/test/desktop');
    await vi.waitFor(() => expect(service.shown.length).toBeGreaterThan(before), SOON);
    return service.shown.at(-1)!;
  };
  const codes = async (): Promise<readonly string[]> => {
    const { standing } = (await desktop.ask('GET', '/v1/alerts')) as AlertsReply;
    return standing.map(({ code }) => code);
  };
  const tooltip = (): Promise<string> => watcher.tooltip(watcher.items()[0]!);

  it('open the page of alerts with a click', async () => {
    service.choose((await test()).id, 'default');
    await expect
      .poll(() => app.windows().map((page) => new URL(page.url()).hash), SOON)
      .toContain('#/alerts');
  });

  it('take the place of one another', async () => {
    const first = await test();
    const second = await test();
    expect(second.replacesId).toBe(first.id);
  });

  it('are missed in words when their service is gone, and come when it is back', async () => {
    service.close();
    await desktop.ask('POST', '/v1/alerts/test/desktop');
    await expect.poll(codes, SOON).toContain('notices-refused');
    await expect.poll(tooltip, SOON).toContain('This desktop shows no notices');
    await expect
      .poll(async () => (await watcher.menu(watcher.items()[0]!)).map(({ label }) => label), SOON)
      .toContainEqual(expect.stringMatching(/notice/i));

    service = await startNotificationService(desktop.busAddress);
    await expect.poll(() => service.shown.length, SOON).toBe(1);
    await expect.poll(codes, SOON).not.toContain('notices-refused');
    await expect.poll(tooltip, SOON).not.toContain('no notices');
    await test();
  });

  it('are missed in words when their service hangs', async () => {
    service.mute(true);
    await desktop.ask('POST', '/v1/alerts/test/desktop');
    await expect.poll(codes, SOON).toContain('notices-refused');
    service.mute(false);
    await test();
    await expect.poll(codes, SOON).not.toContain('notices-refused');
  });
});
