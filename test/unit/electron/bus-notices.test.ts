import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { createBusNotices } from '../../../electron/bus-notices.ts';
import type { NoticeScreen, ScreenNotice } from '../../../electron/notice-screen.ts';
import { connectSessionBus } from '../../../electron/session-bus.ts';
import { programPath } from '../../../scripts/system-parts.ts';
import { startNotificationService } from '../../fakes/notification-service.ts';
import type { NotificationService } from '../../fakes/notification-service.ts';

const notice: ScreenNotice = {
  tag: 'energy',
  title: 'Battery 19 %',
  text: 'R&D <b>waits</b>',
  severity: 'warning',
  silent: false,
  actions: [
    { id: 'open', label: 'Show' },
    { id: 'quiet', label: 'Quiet' },
  ],
};
const ignore = (): void => undefined;

describe.skipIf(programPath('dbus-daemon') === null)('notices on a real bus (needs dbus)', () => {
  let dir = '';
  let busPath = '';
  let daemon: ReturnType<typeof spawn>;
  const cleanups: (() => void)[] = [];

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'bus-'));
    busPath = join(dir, 'bus');
    const args = ['--session', `--address=unix:path=${busPath}`, '--nofork', '--print-address=1'];
    daemon = spawn('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(daemon.stdout!, 'data');
  });
  afterEach(() => {
    for (const clean of cleanups.splice(0).reverse()) clean();
  });
  afterAll(async () => {
    const exit = once(daemon, 'exit');
    daemon.kill();
    await exit;
    rmSync(dir, { recursive: true });
  });

  const service = async (abilities?: readonly string[]): Promise<NotificationService> => {
    const started = await startNotificationService(`unix:path=${busPath}`, abilities);
    cleanups.push(() => started.close());
    return started;
  };
  const screenHere = (): NoticeScreen => {
    const screen = createBusNotices(() => connectSessionBus(busPath, userInfo().uid));
    cleanups.push(() => void screen.stop());
    return screen;
  };

  it('shows one with its actions, no markup of other people’s words in it', async () => {
    const desk = await service();
    expect(await screenHere().show(notice, ignore)).toBeNull();
    expect(desk.shown).toEqual([
      {
        id: 1,
        replacesId: 0,
        title: 'Battery 19 %',
        text: 'R&amp;D &lt;b&gt;waits&lt;/b&gt;',
        actions: ['default', 'Show', 'open', 'Show', 'quiet', 'Quiet'],
        isSilent: false,
        urgency: 1,
      },
    ]);
  });

  it('asks a simple service for nothing it cannot do', async () => {
    const desk = await service(['body']);
    await screenHere().show({ ...notice, silent: true, severity: 'critical' }, ignore);
    expect(desk.shown[0]).toMatchObject({ text: notice.text, actions: [], isSilent: true, urgency: 2 });
  });

  it('puts a notice in the place of one of the same tag', async () => {
    const desk = await service();
    const screen = screenHere();
    await screen.show(notice, ignore);
    await screen.show({ ...notice, tag: 'shop' }, ignore);
    await screen.show(notice, ignore);
    expect(desk.shown.map(({ replacesId }) => replacesId)).toEqual([0, 0, 1]);
  });

  it('hears what was chosen, and a click as the first action', async () => {
    const desk = await service();
    const screen = screenHere();
    const chosen: string[] = [];
    await screen.show(notice, (id) => chosen.push(id));
    desk.choose(1, 'quiet');
    await vi.waitFor(() => expect(chosen).toEqual(['quiet']));
    await screen.show(notice, (id) => chosen.push(id));
    expect(desk.shown[1]?.replacesId).toBe(0);
    desk.choose(2, 'default');
    await vi.waitFor(() => expect(chosen).toEqual(['quiet', 'open']));
  });

  it('hears a click that comes in one piece with the answer, as to an app that was busy', async () => {
    const desk = await service();
    const screen = screenHere();
    const chosen: string[] = [];
    await screen.show(notice, ignore);
    const again = screen.show(notice, (id) => chosen.push(id));
    desk.chooseAtOnce('default');
    await again;
    await vi.waitFor(() => expect(chosen).toEqual(['open']));
  });

  it('says why none is shown, and finds a service that comes later', async () => {
    const screen = screenHere();
    let backs = 0;
    screen.onBack(() => (backs += 1));
    expect(await screen.check()).toBe('no notification service runs on this desktop');
    expect(await screen.show(notice, ignore)).toBe('no notification service runs on this desktop');
    const desk = await service();
    await vi.waitFor(() => expect(backs).toBe(1));
    expect(await screen.check()).toBeNull();
    expect(await screen.show(notice, ignore)).toBeNull();
    expect(desk.shown).toHaveLength(1);
  });

  it('does not take a new service’s ids for the old one’s', async () => {
    const first = await service();
    const screen = screenHere();
    await screen.show(notice, ignore);
    first.close();
    const second = await service(['body']);
    await vi.waitFor(async () => {
      expect(await screen.show(notice, ignore)).toBeNull();
      expect(second.shown.at(-1)).toMatchObject({ replacesId: 0, actions: [] });
    });
  });

  it('waits two seconds for a service that hangs', async () => {
    (await service()).mute(true);
    const startedMs = performance.now();
    expect(await screenHere().show(notice, ignore)).toBe('no notification service answered within 2 s');
    expect(performance.now() - startedMs).toBeGreaterThan(1_900);
  });

  it('says so without a bus', async () => {
    const screen = createBusNotices(() => connectSessionBus(null, 0));
    expect(await screen.check()).toBe('no notification service runs on this desktop');
    expect(await screen.show(notice, ignore)).toBe('no notification service runs on this desktop');
  });
});
