import { describe, expect, it } from 'vitest';

import { createUpdates, type Updater, type UpdatesParts } from '../../../electron/updates.ts';
import type { UpdatesConfig } from '../../../shared/contract/updates-config.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const HOUR_MS = 3_600_000;
const feed: UpdatesConfig = { feedUrl: 'https://updates.example.org/stable', checkEveryHours: 24 };

function house(more: Partial<UpdatesParts> = {}, first: UpdatesConfig | null = feed) {
  const clock = fakeClock();
  const seen = { loads: 0, looks: 0, feeds: [] as unknown[], problems: [] as string[] };
  const house = { settings: first, fault: null as Error | null };
  const updater: Updater = {
    allowDowngrade: true,
    autoDownload: false,
    autoInstallOnAppQuit: false,
    disableWebInstaller: false,
    logger: null,
    setFeedURL: (address) => void seen.feeds.push(address),
    checkForUpdates() {
      seen.looks += 1;
      return house.fault === null ? Promise.resolve(null) : Promise.reject(house.fault);
    },
  };
  const updates = createUpdates({
    isPackaged: true,
    platform: 'linux',
    appImagePath: '/home/ann/Meta-Orchestrator.AppImage',
    clock,
    readSettings: () => Promise.resolve(house.settings),
    load() {
      seen.loads += 1;
      return Promise.resolve(updater);
    },
    onProblem: (text) => seen.problems.push(text),
    ...more,
  });

  const pass = (ms: number): Promise<void> => clock.advanceMs(ms);
  return { updates, seen, pass, house, updater };
}

describe('updates', () => {
  it('are never looked for unless a place is set, and nothing is loaded', async () => {
    for (const settings of [null, { ...feed, feedUrl: null }]) {
      const { updates, seen, pass } = house({}, settings);
      updates.start();
      for (let hour = 0; hour < 48; hour += 1) await pass(HOUR_MS);
      expect(seen).toEqual({ loads: 0, looks: 0, feeds: [], problems: [] });
    }
  });

  it.each([
    ['from sources', { isPackaged: false }],
    ['from a package of the distribution', { appImagePath: null }],
  ])('are never looked for when run %s', async (_, more) => {
    const { updates, seen, pass } = house(more);
    updates.start();
    for (let hour = 0; hour < 48; hour += 1) await pass(HOUR_MS);
    expect(seen.loads).toBe(0);
  });

  it('are looked for a minute after the start and then as often as set, never to an older version', async () => {
    const { updates, seen, pass, updater } = house({ platform: 'darwin', appImagePath: null });
    updates.start();
    await pass(59_000);
    expect(seen.looks).toBe(0);
    await pass(1_000);
    expect(seen.feeds).toEqual([{ provider: 'generic', url: feed.feedUrl }]);
    expect(seen.looks).toBe(1);
    expect(updater).toMatchObject({ allowDowngrade: false, autoDownload: true, autoInstallOnAppQuit: true });
    for (let hour = 0; hour < 23; hour += 1) await pass(HOUR_MS);
    expect(seen.looks).toBe(1);
    await pass(HOUR_MS);
    expect(seen.looks).toBe(2);
  });

  it('follow the settings without a restart, and end with the shell', async () => {
    const { updates, seen, pass, house: it } = house({}, null);
    updates.start();
    await pass(HOUR_MS);
    it.settings = feed;
    await pass(HOUR_MS);
    expect(seen.looks).toBe(1);
    updates.stop();
    for (let hour = 0; hour < 48; hour += 1) await pass(HOUR_MS);
    expect(seen.looks).toBe(1);
  });

  it('say why a look failed, and look again', async () => {
    const { updates, seen, pass, house: it } = house();
    it.fault = new Error('The address answered 404.');
    updates.start();
    for (let hour = 0; hour < 26; hour += 1) await pass(HOUR_MS);
    expect(seen.problems).toEqual(
      Array<string>(2).fill('Looking for a newer version failed. The address answered 404.'),
    );
  });
});
