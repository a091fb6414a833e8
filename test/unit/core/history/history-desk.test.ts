import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { historyReplySchema } from '../../../../shared/contract/history.ts';
import { DAY_MS, MINUTE_MS, NOW_MS, openHistory, type HistoryHome } from './history-home.ts';

let home: HistoryHome;
beforeEach(async () => {
  home = await openHistory();
});
afterEach(() => home.remove());

describe('a number over time', () => {
  it('is the samples themselves where they are few, with the digits that were measured', () => {
    home.sampleEvery30s(NOW_MS - 10 * MINUTE_MS, NOW_MS, (atMs) => ({
      percent: 55.3 + (atMs - NOW_MS) / 6_000_000,
    }));
    const series = home.series('percent', { from: '-10m' });
    expect(historyReplySchema.parse(series)).toEqual(series);
    expect(series).toMatchObject({ unit: '%', stepMs: 0, source: 'samples', private: false });
    expect(series.atMs).toHaveLength(21);
    expect(series.last.at(-1)).toBe(55.3);
    expect(series.last[0]).toBe(55.2);
    expect(series.gaps).toEqual([]);
  });

  it('keeps a peak of one sample at every width', () => {
    const peakMs = NOW_MS - DAY_MS;
    home.sampleEvery30s(NOW_MS - 2 * DAY_MS, NOW_MS, (atMs) => ({
      drawW: atMs === peakMs ? 180 : atMs === peakMs + 30_000 ? 0.5 : 10,
    }));
    for (const query of [
      { from: '-2d', points: 100 },
      { from: '-2d', step: 60 },
      { from: '-100d', points: 50 },
    ]) {
      const series = home.series('drawW', query);
      const top = series.max.indexOf(180);
      expect(Math.abs((series.atMs[top] ?? 0) - peakMs)).toBeLessThanOrEqual(Math.max(series.stepMs, 30_000));
      expect(Math.min(...series.min.filter((value) => value !== null))).toBe(0.5);
      expect(series.count.reduce((sum, count) => sum + count)).toBe(2 * 2880 + 1);
      expect(series.atMs).toEqual([...series.atMs].sort((one, other) => one - other));
    }
    expect(home.series('drawW', { from: '-2d', step: 60 }).source).toBe('samples');
    expect(home.series('drawW', { from: '-2d', points: 100 }).source).toBe('rollups');
  });

  it('gives about as many points as asked for', () => {
    home.sampleEvery30s(NOW_MS - DAY_MS, NOW_MS, () => ({ cpuPercent: 12 }));
    for (const points of [50, 200, 1000]) {
      const { length } = home.series('cpuPercent', { points }).atMs;
      expect(length).toBeGreaterThan(points * 0.8);
      expect(length).toBeLessThanOrEqual(points + 2);
    }
  });

  it('breaks the line where nothing was measured, and names why', () => {
    const slept = {
      fromMs: NOW_MS - 9 * 60 * MINUTE_MS,
      toMs: NOW_MS - 60 * MINUTE_MS,
      cause: 'asleep' as const,
    };
    home.sampleEvery30s(slept.fromMs - 60 * MINUTE_MS, slept.fromMs, () => ({ percent: 80 }));
    home.store.keepGap(slept);
    home.sampleEvery30s(slept.toMs, NOW_MS, () => ({ percent: 70 }));
    for (const query of [{ step: 1 }, { points: 100 }, { from: '-3d', points: 100 }]) {
      const series = home.series('percent', query);
      expect(series.gaps).toEqual([slept]);
      const breaks = series.last.flatMap((value, index) => (value === null ? [index] : []));
      expect(breaks).toHaveLength(1);
      const index = breaks[0] ?? 0;
      expect([series.last[index - 1], series.last[index + 1]]).toEqual([80, 70]);
      expect(series.count[index]).toBe(0);
    }
  });

  it('breaks the line of one value that could not be read, without a gap', () => {
    home.sampleEvery30s(NOW_MS - 20 * MINUTE_MS, NOW_MS, (atMs) => {
      const isUnread = atMs > NOW_MS - 12 * MINUTE_MS && atMs < NOW_MS - 6 * MINUTE_MS;
      return isUnread ? { cpuPercent: 5 } : { cpuPercent: 5, percent: 40 };
    });
    expect(home.series('percent', { from: '-20m' }).last.filter((value) => value === null)).toHaveLength(1);
    expect(home.series('cpuPercent', { from: '-20m' }).last).not.toContain(null);
    expect(home.series('percent', { from: '-20m' }).gaps).toEqual([]);
  });

  it('loses nothing and stays in the order of time when the wall clock goes back an hour', () => {
    home.sampleEvery30s(NOW_MS - 120 * MINUTE_MS, NOW_MS - 60 * MINUTE_MS, () => ({ percent: 60 }));
    home.sampleEvery30s(NOW_MS - 120 * MINUTE_MS + 7000, NOW_MS, () => ({ percent: 50 }));
    const series = home.series('percent', { from: '-3h', step: 1 });
    expect(series.count.reduce((sum, count) => sum + count)).toBe(121 + 240);
    expect(series.atMs).toEqual([...series.atMs].sort((one, other) => one - other));
    const rolled = home.series('percent', { from: '-3h', step: 600 });
    expect(rolled.count.reduce((sum, count) => sum + count)).toBe(121 + 240);
    expect([Math.min(...rolled.min.map(Number)), Math.max(...rolled.max.map(Number))]).toEqual([50, 60]);
  });

  it('says which metrics there are when the name is wrong, and refuses what is too much or the wrong way round', () => {
    home.sampleEvery30s(NOW_MS - MINUTE_MS, NOW_MS, () => ({ percent: 60, levelCode: 2 }));
    expect(() => home.series('prozent')).toThrow(
      'metric: there is no "prozent". Known: levels, verdicts, events, percent',
    );
    expect(() => home.series('levelCode')).toThrow('no "levelCode"');
    expect(() => home.series('percent', { from: '-300d', step: 30 })).toThrow('step: gives');
    expect(() => home.series('percent', { from: 'now', to: '-1h' })).toThrow('to: must be later');
    expect(() => home.series('percent', { from: '2026-13-45' })).toThrow('from: "2026-13-45" is no instant');
  });
});

describe('metrics', () => {
  it('are listed with unit, project and whether they are about the person', () => {
    expect(home.desk.metrics()).toMatchObject({ sinceMs: null, metrics: [] });
    home.sampleEvery30s(NOW_MS - DAY_MS, NOW_MS, () => ({
      percent: 60,
      levelCode: 2,
      'score/shop/wellbeing': 40,
      'verdict/shop/feature': 1,
    }));
    const { metrics, sinceMs } = home.desk.metrics();
    expect(sinceMs).toBe(NOW_MS - DAY_MS);
    expect(metrics).toEqual([
      { metric: 'percent', unit: '%', title: 'Charge', project: null, private: false },
      {
        metric: 'score/shop/wellbeing',
        unit: 'points',
        title: 'wellbeing of shop',
        project: 'shop',
        private: true,
      },
    ]);
  });
});

describe('levels and verdicts', () => {
  it('are bands that end where the next begins and never reach into a gap', () => {
    const asleep = {
      fromMs: NOW_MS - 50 * MINUTE_MS,
      toMs: NOW_MS - 20 * MINUTE_MS,
      cause: 'asleep' as const,
    };
    home.sampleEvery30s(NOW_MS - 60 * MINUTE_MS, asleep.fromMs, () => ({
      levelCode: 3,
      'verdict/shop/feature': 0,
    }));
    home.store.keepGap(asleep);
    home.sampleEvery30s(asleep.toMs, NOW_MS, (atMs) => ({
      levelCode: atMs < NOW_MS - 5 * MINUTE_MS ? 1 : -1,
      'verdict/shop/feature': 3,
      'verdict/blog/safe': 1,
    }));
    expect(home.spans('levels').lanes).toEqual([
      {
        project: null,
        change: null,
        spans: [
          { fromMs: NOW_MS - 60 * MINUTE_MS, toMs: asleep.fromMs, value: 'HIGH' },
          { fromMs: asleep.toMs, toMs: NOW_MS - 5 * MINUTE_MS, value: 'LOW' },
          { fromMs: NOW_MS - 5 * MINUTE_MS, toMs: NOW_MS, value: 'UNKNOWN' },
        ],
      },
    ]);
    const verdicts = home.spans('verdicts');
    expect(historyReplySchema.parse(verdicts)).toEqual(verdicts);
    expect(verdicts.lanes.map(({ project, change }) => [project, change])).toEqual([
      ['blog', 'safe'],
      ['shop', 'feature'],
    ]);
    expect(verdicts.lanes[1]?.spans.map(({ value }) => value)).toEqual(['allow', 'block']);
    expect(home.spans('verdicts', { project: 'shop' }).lanes).toHaveLength(1);
  });

  it('show a short block in a month', () => {
    const blockedMs = NOW_MS - 2 * DAY_MS;
    home.sampleEvery30s(NOW_MS - 3 * DAY_MS, NOW_MS, (atMs) => ({
      'verdict/shop/feature': atMs === blockedMs ? 3 : 0,
    }));
    const spans = home.spans('verdicts', { from: '-30d' }).lanes[0]?.spans ?? [];
    expect(spans.map(({ value }) => value)).toEqual(['allow', 'block', 'allow']);
    expect(spans[1]).toMatchObject({ fromMs: blockedMs, toMs: blockedMs + 5 * MINUTE_MS });
  });
});

describe('events', () => {
  const at = (minutes: number): string => new Date(NOW_MS - minutes * MINUTE_MS).toISOString();

  it('are marks of everything that happened, oldest first, by project where asked', () => {
    home.record.keepDeployment({
      id: 'd1',
      project: 'shop',
      commit: 'abcdef0123',
      startedAt: at(50),
      finishedAt: at(45),
      result: 'ok',
      energyWh: 1.25,
      energyProvenance: 'measured',
    });
    home.record.keepIncident({
      id: 'i1',
      project: 'shop',
      severity: 'major',
      title: 'checkout down',
      openedAt: at(40),
      closedAt: null,
    });
    home.record.audit({ at: at(30), actor: 'ann', act: 'halt', project: 'blog', cause: 'wait', detail: {} });
    home.record.audit({
      at: at(29),
      actor: 'ann',
      act: 'wellbeing-set',
      project: null,
      cause: 'x',
      detail: {},
    });
    home.alerts.keepAlert({
      id: 'a1',
      code: 'battery-low',
      severity: 'warning',
      project: null,
      title: 'Battery low',
      text: '17 % left',
      sinceMs: NOW_MS - 20 * MINUTE_MS,
      untilMs: null,
    });
    const all = home.events();
    expect(historyReplySchema.parse(all)).toEqual(all);
    expect(all.events.map(({ kind, code, severity, id }) => [kind, code, severity, id])).toEqual([
      ['deployment', 'ok', null, 'd1'],
      ['incident', 'open', 'major', 'i1'],
      ['halt', 'halt', null, null],
      ['alert', 'battery-low', 'warning', 'a1'],
    ]);
    expect(all.events[0]).toMatchObject({ untilMs: NOW_MS - 45 * MINUTE_MS, text: 'ok, 1.3 Wh measured' });
    expect(home.events({ project: 'shop' }).events).toHaveLength(2);
    expect(home.events({ from: '-35m', to: '-25m' }).events.map(({ kind }) => kind)).toEqual([
      'incident',
      'halt',
    ]);
  });
});
