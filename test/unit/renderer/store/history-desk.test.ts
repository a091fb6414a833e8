import { describe, expect, it } from 'vitest';

import { createHistoryDesk } from '../../../../renderer/store/history-desk.ts';
import type { HistoryMetric, HistoryReply } from '../../../../shared/contract/history.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = 20_000 * DAY_MS;
const PERCENT: HistoryMetric = {
  metric: 'percent',
  unit: '%',
  title: 'Charge',
  project: null,
  private: false,
};

/** A core whose answers are given when the test says so. */
function heldCore(metrics: readonly HistoryMetric[] = [PERCENT]) {
  const waiting: { url: URL; answer: (value: unknown) => void; refuse: () => void }[] = [];
  const asked: URL[] = [];
  const reply = (url: URL): unknown => {
    if (url.pathname.endsWith('/metrics')) {
      const sinceMs = metrics.length === 0 ? null : NOW_MS - 35 * DAY_MS;
      return { schemaVersion: 1, sinceMs, sizeBytes: 0, sizeLimitBytes: 0, metrics: [...metrics] };
    }
    const [fromMs, toMs] = [Number(url.searchParams.get('from')), Number(url.searchParams.get('to'))];
    const metric = url.searchParams.get('metric') ?? '';
    const head = { schemaVersion: 1, fromMs, toMs, metric } as const;
    if (metric === 'events') return { ...head, kind: 'events', isCut: false, events: [] };
    if (metric === 'levels' || metric === 'verdicts') return { ...head, kind: 'spans', lanes: [], gaps: [] };
    const stepMs = Number(url.searchParams.get('step')) * 1000;
    const atMs = [fromMs, fromMs + stepMs];
    const column = [1, 2];
    const series: HistoryReply = {
      ...head,
      kind: 'series',
      unit: '%',
      private: false,
      stepMs,
      source: 'rollups',
      atMs,
      min: column,
      mean: column,
      max: column,
      last: column,
      count: [1, 1],
      gaps: [],
    };
    return series;
  };
  return {
    asked,
    ask: (path: string) =>
      new Promise<unknown>((resolve, reject) => {
        const url = new URL(path, 'http://core');
        asked.push(url);
        waiting.push({ url, answer: resolve, refuse: () => reject(new Error('refused')) });
      }),
    /** Answers all that waits, or refuses what `isRefused` names. */
    async settle(isRefused: (url: URL) => boolean = () => false): Promise<void> {
      for (const { url, answer, refuse } of waiting.splice(0)) {
        if (isRefused(url)) refuse();
        else answer(reply(url));
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

async function openedDesk(core = heldCore()) {
  const clock = fakeClock();
  const desk = createHistoryDesk({ ask: core.ask, clock, nowMs: NOW_MS, range: '24h' });
  desk.open();
  desk.want(['percent']);
  await core.settle();
  await clock.advanceMs(0);
  const settled = async (): Promise<void> => {
    await clock.advanceMs(150);
    await core.settle();
  };
  await settled();
  return { desk, core, clock, settled };
}
const stepsOf = (core: ReturnType<typeof heldCore>): readonly number[] =>
  core.asked
    .filter((url) => url.searchParams.get('metric') === 'percent')
    .map((url) => Number(url.searchParams.get('step')));

describe('history desk', () => {
  it('reads what there is, then the curves and bands of the chosen stretch', async () => {
    const { desk, core } = await openedDesk();
    expect(core.asked.map((url) => url.searchParams.get('metric'))).toEqual([
      null,
      'percent',
      'levels',
      'verdicts',
      'events',
    ]);
    const { data, isLoading, range } = desk.store.getState();
    expect(data?.curves.map(({ about }) => about.metric)).toEqual(['percent']);
    expect([isLoading, range]).toEqual([false, '24h']);
  });

  it('asks finer where it rests after a zoom, and keeps the old curve until then', async () => {
    const { desk, core, clock, settled } = await openedDesk();
    const before = desk.store.getState().data;
    for (const hours of [4, 3, 2, 1]) {
      desk.setView({ fromMs: NOW_MS - 10 * HOUR_MS, toMs: NOW_MS - (10 - hours) * HOUR_MS });
      await clock.advanceMs(50);
    }
    expect(stepsOf(core)).toEqual([120]);
    await clock.advanceMs(100);
    expect(stepsOf(core)).toEqual([120, 30]);
    expect(desk.store.getState().data).toBe(before);
    expect(desk.store.getState().isLoading).toBe(true);
    await settled();
    const { data, range } = desk.store.getState();
    expect(range).toBeNull();
    // The coarse curve goes on around the fine one.
    expect(data?.curves[0]?.atMs).toHaveLength(4);
    desk.reset();
    await settled();
    expect(desk.store.getState().data?.curves[0]?.atMs).toHaveLength(2);
    expect(stepsOf(core)).toEqual([120, 30]);
  });

  it('follows the time, and asks again only when something can have been added', async () => {
    const { desk, core, settled } = await openedDesk();
    desk.tell(NOW_MS + 30_000, 0);
    await settled();
    expect(desk.store.getState().view.toMs).toBe(NOW_MS + 30_000);
    expect(stepsOf(core)).toHaveLength(1);
    desk.tell(NOW_MS + 120_000, 0);
    await settled();
    expect(stepsOf(core)).toHaveLength(2);
  });

  it('leaves a look into the past where it is', async () => {
    const { desk, settled } = await openedDesk();
    const view = { fromMs: NOW_MS - 3 * DAY_MS, toMs: NOW_MS - 2 * DAY_MS };
    desk.setView(view);
    await settled();
    desk.tell(NOW_MS + HOUR_MS, 0);
    expect(desk.store.getState().view).toEqual(view);
  });

  it('shows the rest when a part is refused, and says which', async () => {
    const { desk, core, clock } = await openedDesk();
    desk.setRange('7d');
    await clock.advanceMs(0);
    await core.settle((url) => url.searchParams.get('metric') === 'percent');
    const { data, hasFailed } = desk.store.getState();
    expect([data?.missing, hasFailed]).toEqual([['percent'], false]);
  });

  it('keeps what it has when all is refused, says so, and tries again', async () => {
    const { desk, core, clock, settled } = await openedDesk();
    const before = desk.store.getState().data;
    desk.setRange('30d');
    await clock.advanceMs(0);
    await core.settle(() => true);
    expect(desk.store.getState()).toMatchObject({ hasFailed: true, isLoading: false });
    expect(desk.store.getState().data).toBe(before);
    desk.retry();
    await settled();
    expect(desk.store.getState().hasFailed).toBe(false);
    expect(desk.store.getState().data).not.toBe(before);
  });

  it('asks a record that has just begun again with every word of the core', async () => {
    const core = heldCore([]);
    const { desk } = await openedDesk(core);
    const before = core.asked.length;
    desk.tell(NOW_MS + 30_000, 0);
    expect(core.asked.slice(before).map(({ pathname }) => pathname)).toEqual(['/v1/history/metrics']);
  });

  it('hears of a new metric while it is open, and keeps what stayed the same', async () => {
    const metrics = [PERCENT];
    const { desk, settled } = await openedDesk(heldCore(metrics));
    const before = desk.store.getState().catalogue;
    desk.tell(NOW_MS + 600_000, 0);
    await settled();
    expect(desk.store.getState().catalogue).toBe(before);
    metrics.push({ ...PERCENT, metric: 'drawW', unit: 'W' });
    desk.tell(NOW_MS + 1_200_000, 0);
    await settled();
    expect(desk.store.getState().catalogue).toMatchObject({
      value: { metrics: [PERCENT, { metric: 'drawW' }] },
    });
  });

  it('asks anew for a metric that was chosen, and for nothing when one is put away', async () => {
    const draw: HistoryMetric = { ...PERCENT, metric: 'drawW', unit: 'W' };
    const { desk, core, settled } = await openedDesk(heldCore([PERCENT, draw]));
    desk.want(['percent', 'drawW']);
    await settled();
    expect(stepsOf(core)).toHaveLength(2);
    desk.want(['drawW']);
    await settled();
    expect(stepsOf(core)).toHaveLength(2);
  });

  it('hears nothing any more once it is closed', async () => {
    const { desk, core, clock } = await openedDesk();
    const before = desk.store.getState().data;
    desk.setRange('30d');
    await clock.advanceMs(0);
    desk.close();
    await core.settle();
    expect(desk.store.getState().data).toBe(before);
  });
});
