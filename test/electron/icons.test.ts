import { chmodSync } from 'node:fs';
import { join } from 'node:path';

import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Notice } from '../../shared/contract/alert.ts';
import type { Decision } from '../../shared/contract/decision.ts';
import { snapshotSchema, type Snapshot } from '../../shared/contract/state.ts';
import { ENERGY_LEVELS, type EnergyLevel, type Verdict } from '../../shared/contract/vocabulary.ts';
import { bareSnapshot } from '../fakes/bare-snapshot.ts';
import { startFakeEndpoint } from '../fakes/fake-endpoint.ts';
import type { FakeEndpoint } from '../fakes/fake-endpoint.ts';
import { startNotificationService } from '../fakes/notification-service.ts';
import type { NotificationService } from '../fakes/notification-service.ts';
import { startStatusNotifierWatcher } from '../fakes/status-notifier-watcher.ts';
import type { StatusNotifierWatcher } from '../fakes/status-notifier-watcher.ts';
import { hasDesktop, NEEDS, rootDir, SOON, startDesktop } from './desktop.ts';
import type { Desktop } from './desktop.ts';
import { looksLike, pngPixels } from './png-pixels.ts';

const SHAPES: readonly (readonly [Verdict, string])[] = [
  ['allow', 'allowed'],
  ['throttle', 'throttled'],
  ['block', 'blocked'],
];
const ALL = ENERGY_LEVELS.flatMap((level) =>
  SHAPES.map(([verdict, shape]) => [level, verdict, shape] as const),
);

function snapshotWith(level: EnergyLevel, verdict: Verdict, percent: number | null = null): Snapshot {
  const bare = bareSnapshot(level);
  const decision: Decision = {
    id: 'd1',
    project: 'shop',
    change: 'feature',
    verdict,
    bindingReason: verdict === 'allow' ? null : 'the test says so',
    reasons: [],
    cheapestWayToPass: verdict === 'allow' ? null : 'wait',
    retryAfterSeconds: null,
    operatingMode: 'NORMAL',
    level,
    decidedAt: bare.at,
    ages: {},
    inputsHash: 'h',
  };
  return snapshotSchema.parse({
    ...bare,
    energy: { ...bare.energy, percent },
    projects: [
      {
        id: 'shop',
        path: '/srv/shop',
        profile: 'business',
        scores: {},
        mode: 'FAST',
        operatingMode: 'NORMAL',
        confidence: 1,
        freshness: 'fresh',
        problem: null,
        showInTray: true,
        defaultChange: 'feature',
        decisions: { feature: decision },
      },
    ],
  });
}

describe.skipIf(!hasDesktop())(`the shell of a core that the test plays ${NEEDS}`, () => {
  let desktop: Desktop;
  let watcher: StatusNotifierWatcher;
  let service: NotificationService;
  let core: FakeEndpoint;
  let app: ElectronApplication;

  beforeAll(async () => {
    desktop = await startDesktop();
    watcher = await startStatusNotifierWatcher(desktop.busAddress);
    service = await startNotificationService(desktop.busAddress);
    core = await startFakeEndpoint(snapshotWith('HIGH', 'allow'));
    const path = join(desktop.env['ORCH_HOME'] ?? '', 'endpoint.json');
    desktop.writeFile(path, JSON.stringify(core.endpoint));
    chmodSync(path, 0o600);
    app = await desktop.launch();
    await vi.waitFor(() => expect(watcher.items()).toHaveLength(1), SOON);
    await vi.waitFor(() => expect(core.followers()).toBe(1), SOON);
  });
  afterAll(async () => {
    watcher.close();
    service.close();
    await desktop.stop();
    await core.stop();
  });

  const item = (): string => watcher.items()[0] ?? '';

  it.each(ALL)('draws %s with %s', async (level, verdict, shape) => {
    core.publish(snapshotWith(level, verdict));
    const shipped = pngPixels(
      join(rootDir, `resources/icons/tray/${level.toLowerCase()}-${shape}-light-22.png`),
    );
    await expect.poll(async () => looksLike(await watcher.picture(item()), shipped), SOON).toBe(true);
  });

  it('does what was chosen on a notice', async () => {
    core.alert(noticeOf('n1'));
    await vi.waitFor(() => expect(service.shown).toHaveLength(1), SOON);
    service.choose(service.shown[0]?.id ?? 0, 'quiet');
    await vi.waitFor(
      () => expect(core.acts).toContainEqual({ what: 'PUT /v1/alerts/quiet', body: { forMinutes: 60 } }),
      SOON,
    );
  });

  it('shows no notice twice, though its line to the core broke', async () => {
    const followers = core.asked.filter((one) => one === 'GET /v1/events').length;
    core.breakStreams();
    await expect
      .poll(() => core.asked.filter((one) => one === 'GET /v1/events').length, SOON)
      .toBe(followers + 1);
    await vi.waitFor(() => expect(core.followers()).toBe(1), SOON);
    core.alert(noticeOf('n1'));
    core.alert(noticeOf('n2'));
    await vi.waitFor(() => expect(service.shown.map(({ title }) => title)).toEqual(['n1', 'n2']), SOON);
  });

  it('tells the core what this desktop shows', async () => {
    const lastReport = (): unknown => core.acts.filter(({ what }) => what === 'PUT /v1/shell').at(-1)?.body;
    const wanted = { tray: 'shown', notices: 'shown', focus: 'unknown', why: null };
    await vi.waitFor(() => expect(lastReport()).toEqual(wanted), SOON);
  });

  it.each(['on-battery', 'on-ac', 'resume', 'suspend', 'lock-screen'])(
    'has the core look on %s',
    async (event) => {
      await app.evaluate(({ powerMonitor }, name) => {
        powerMonitor.emit(name);
      }, event);
      await vi.waitFor(
        () => expect(core.acts).toContainEqual({ what: 'POST /v1/poke', body: { cause: event } }),
        SOON,
      );
    },
  );

  it('asks nothing and sets no timer of its own while nothing happens', async () => {
    const before = core.asked.length;
    // Every timer that the main process sets from here on.
    await app.evaluate(() => {
      const seen: number[] = [];
      const real = globalThis.setTimeout;
      Object.assign(globalThis, {
        seenTimers: seen,
        setTimeout: (act: () => void, delayMs: number) => {
          seen.push(delayMs);
          return real(act, delayMs);
        },
      });
    });
    for (let second = 0; second < 5; second += 1) core.publish(snapshotWith('LOW', 'block'));
    await expect.poll(() => watcher.tooltip(item()), SOON).toMatch(/^LOW/);
    const timers = await app.evaluate(() => (globalThis as unknown as { seenTimers: number[] }).seenTimers);
    expect(core.asked).toHaveLength(before);
    // One that ends a stream gone silent, renewed by each event; nothing shorter than two heartbeats.
    expect(timers.length).toBeGreaterThan(0);
    expect(timers.filter((delayMs) => delayMs < 30_000)).toEqual([]);
  });

  it('stops all animation below 20 % on battery, and lets it go on with power', async () => {
    const [page] = app.windows();
    if (page === undefined) throw new Error('the first start opens a window');
    const still = (): Promise<string> =>
      page.evaluate(() => {
        document.body.style.animation = 'appear 9s infinite';
        return getComputedStyle(document.body).animationName;
      });
    await expect.poll(still, SOON).toBe('appear');
    core.publish(snapshotWith('LOW', 'block', 19));
    await expect.poll(still, SOON).toBe('none');
    core.publish(snapshotWith('FULL', 'allow', 19));
    await expect.poll(still, SOON).toBe('appear');
  });

  it('gives the memory of a hidden window back after five minutes', async () => {
    const pages = (): Promise<readonly number[]> =>
      app.evaluate(({ app: running }) =>
        running
          .getAppMetrics()
          .filter(({ type }) => type === 'Tab')
          .map(({ memory }) => memory.workingSetSize),
      );
    await expect.poll(async () => (await pages())[0] ?? 0, SOON).toBeGreaterThan(10_000);
    // One that is not shown yet comes up after its page has loaded.
    const isVisible = () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
    await expect.poll(isVisible, SOON).toBe(true);
    // Five minutes pass in a moment; every other wait stays as it is.
    await app.evaluate(({ BrowserWindow }) => {
      const real = globalThis.setTimeout;
      const soon = (act: () => void, delayMs: number) => real(act, delayMs === 300_000 ? 20 : delayMs);
      Object.assign(globalThis, { setTimeout: soon });
      BrowserWindow.getAllWindows()[0]?.close();
    });
    await expect.poll(pages, SOON).toEqual([]);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);
    expect(watcher.items()).toHaveLength(1);
  });
});

function noticeOf(id: string): Notice {
  const at = '2026-01-05T10:00:00.000Z';
  return {
    schemaVersion: 1,
    id,
    kind: 'alert',
    code: 'halted',
    severity: 'warning',
    title: id,
    text: 'Only reverts pass.',
    project: 'shop',
    since: at,
    at,
    replaces: id,
    silent: false,
    desktop: 'shell',
    actions: [
      { id: 'open', label: 'Show', does: { kind: 'open', address: '#project=shop' } },
      {
        id: 'quiet',
        label: 'Quiet for an hour',
        does: { kind: 'request', method: 'PUT', path: '/v1/alerts/quiet', body: { forMinutes: 60 } },
      },
    ],
  };
}
