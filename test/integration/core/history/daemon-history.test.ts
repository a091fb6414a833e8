import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openDatabase } from '../../../../core/history/database.ts';
import { createSampleStore } from '../../../../core/history/sample-store.ts';
import type { HistorySeries, HistorySpans } from '../../../../shared/contract/history.ts';
import { historyReplySchema, historySeriesSchema } from '../../../../shared/contract/history.ts';
import { keepExampleSamples } from '../../../e2e/example-history-samples.ts';
import { makeHome, startDaemon, writeLaptop, writeProject } from '../../running-daemon.ts';
import type { RunningDaemon } from '../../running-daemon.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LIMIT_MS = 20_000;

/** Three days kept by a core that ended on an afternoon, and a few ticks of a core that runs now. */
describe('the history of a running core', () => {
  const home = makeHome();
  // The generator sleeps at night, so the days end at 15:00 UTC: at least an hour ago, at most a day and an hour.
  const endMs = Math.floor((Date.now() - 16 * HOUR_MS) / DAY_MS) * DAY_MS + 15 * HOUR_MS;
  let daemon: RunningDaemon;

  beforeAll(async () => {
    const { database } = await openDatabase(join(home.dir, 'history.db'), endMs);
    keepExampleSamples(createSampleStore(database), database, { endMs, days: 3 });
    database.close();
    writeLaptop(home.sysfsDir, { percent: 40, ac: false });
    const folder = join(home.dir, 'shop');
    writeProject(folder, { integration: 85, wellbeing: 80, stability: 90, mode: 'FAST' });
    daemon = await startDaemon(home);
    expect((await home.orch('project', 'add', folder)).code).toBe(0);
    await daemon.until('/v1/state', isJudged('allow'), LIMIT_MS);
    expect((await home.orch('halt', 'shop', '--reason', 'the database is moved')).code).toBe(0);
    await daemon.until('/v1/state', isJudged('block'), LIMIT_MS);
    await daemon.until('/v1/history?metric=verdicts&project=shop&from=-5m', ends('block'), LIMIT_MS);
  }, 60_000);
  afterAll(async () => {
    await daemon.stop();
    home.remove();
  });

  const asked = async <T>(query: string): Promise<T> => {
    const { status, body } = await daemon.get(`/v1/history?${query}`);
    expect(status).toBe(200);
    return historyReplySchema.parse(body) as T;
  };

  it('keeps peaks when it thins out, and says why nothing is there', async () => {
    const span = `from=${endMs - 20 * HOUR_MS}&to=${endMs}`;
    const thin = await asked<HistorySeries>(`metric=drawW&${span}&points=60`);
    const whole = await asked<HistorySeries>(`metric=drawW&${span}&step=30`);
    expect(whole.atMs.length).toBeGreaterThan(15 * thin.atMs.length);
    expect(Math.max(...known(thin.max))).toBe(Math.max(...known(whole.max)));
    expect(Math.min(...known(thin.min))).toBe(Math.min(...known(whole.min)));
    expect(thin.atMs.every((at, index) => index === 0 || at > (thin.atMs[index - 1] ?? at))).toBe(true);

    const recent = await asked<HistorySeries>(`metric=percent&from=${endMs - HOUR_MS / 2}&step=60`);
    const away = recent.gaps.at(-1)!;
    expect(away.cause).toBe('not-running');
    expect(Math.abs(away.fromMs - endMs)).toBeLessThan(60_000);
    const inGap = recent.last.filter((_last, index) => {
      const at = recent.atMs[index] ?? 0;
      return at > away.fromMs && at + recent.stepMs * 1000 < away.toMs;
    });
    expect(known(inGap)).toEqual([]);
    expect(known(recent.last).at(-1)).toBe(40);
  });

  it('tells verdicts as bands, and refuses what cannot be meant with the field', async () => {
    const { lanes } = await asked<HistorySpans>('metric=verdicts&project=shop&from=-5m');
    expect(lanes.map(({ project }) => project)).toEqual(['shop']);
    const values = lanes[0]!.spans.map(({ value }) => value);
    expect(values.at(-1)).toBe('block');
    expect(values).toContain('allow');
    const { status, body } = await daemon.get('/v1/history?metric=nothing');
    expect(status).toBe(422);
    expect((body as { error: { field: string } }).error.field).toBe('metric');
  });

  it('gives `orch history` the same rows while it runs and after it ended', async () => {
    const span = ['--from', new Date(endMs - 2 * HOUR_MS).toISOString(), '--to', new Date().toISOString()];
    const argv = ['history', ...span, '--metric', 'percent', '--format', 'ndjson'];
    const running = await home.orch(...argv);
    expect(running.code).toBe(0);
    const rows = running.stdout.trim().split('\n');
    expect(rows.length).toBeGreaterThan(240);
    expect(JSON.parse(rows.at(-1)!)).toMatchObject({ metric: 'percent', value: 40, unit: '%' });
    const reply = historySeriesSchema.parse(
      (await daemon.get(`/v1/history?metric=percent&from=${endMs - 2 * HOUR_MS}&to=${endMs}&step=30`)).body,
    );
    expect(reply.source).toBe('samples');

    await daemon.stop();
    const ended = await home.orch(...argv);
    expect(ended.stdout).toBe(running.stdout);
  });
});

function known(values: readonly (number | null)[]): readonly number[] {
  return values.filter((value) => value !== null);
}

interface Judged {
  readonly projects: readonly {
    readonly id: string;
    readonly decisions: { readonly feature?: { readonly verdict: string } };
  }[];
}

function isJudged(verdict: string): (state: Judged) => boolean {
  return ({ projects }) =>
    projects.some(({ id, decisions }) => id === 'shop' && decisions.feature?.verdict === verdict);
}

function ends(verdict: string): (reply: HistorySpans) => boolean {
  return ({ lanes }) => lanes[0]?.spans.at(-1)?.value === verdict;
}
