import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createRetention } from '../../../../core/history/retention.ts';
import { DAY_MS, NOW_MS, openHistory, type HistoryHome } from './history-home.ts';

let home: HistoryHome;
beforeEach(async () => {
  home = await openHistory();
});
afterEach(() => home.remove());

const limits = { sampleDays: 35, rollupDays: 400, sizeLimitMb: 200 };
const at = (daysAgo: number): string => new Date(NOW_MS - daysAgo * DAY_MS).toISOString();
const big = 'x'.repeat(2000);

function countOf(table: string): number {
  return Number(home.database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
}

describe('a size limit', () => {
  beforeEach(() => {
    home.database.exec('PRAGMA synchronous = OFF');
    home.sampleEvery30s(NOW_MS - DAY_MS, NOW_MS, () => ({ percent: 50, drawW: 9, cpuPercent: 5 }));
    for (let count = 0; count < 900; count += 1) {
      home.record.audit({ at: at(2), actor: 'ann', act: `${count}`, project: null, cause: big, detail: {} });
    }
    home.record.keepIncident({
      id: 'open',
      project: 'shop',
      severity: 'major',
      title: 'still on',
      openedAt: at(90),
      closedAt: null,
    });
    home.record.keepIncident({
      id: 'closed',
      project: 'shop',
      severity: 'major',
      title: 'over',
      openedAt: at(90),
      closedAt: at(89),
    });
  });

  it('takes samples first, then roll-ups, then what is over, the audit last, and only what is needed', () => {
    const retention = createRetention(home.database);
    const seen: string[] = [];
    for (let slices = 0; slices < 500; slices += 1) {
      if (!retention.slice(NOW_MS, { ...limits, sizeLimitMb: 1 })) break;
      seen.push(
        ['sample_hours', 'rollup_hours', 'incidents', 'audit'].map((table) => countOf(table)).join(' '),
      );
    }
    expect(retention.usedBytes()).toBeLessThanOrEqual(1e6);
    expect(retention.slice(NOW_MS, { ...limits, sizeLimitMb: 1 })).toBe(false);
    const audits = countOf('audit');
    expect(audits).toBeGreaterThan(0);
    expect(audits).toBeLessThan(900);
    // The newest stay, and nothing that is not over goes.
    expect(home.record.audits({ limit: 1 })[0]?.act).toBe('899');
    expect(home.record.incident('open')).not.toBeNull();
    expect(home.record.incident('closed')).toBeNull();
    // No audit went while there was a sample, no roll-up either.
    for (const line of seen) {
      const [samples = 0, rollups = 0, , left = 0] = line.split(' ').map(Number);
      if (samples > 0) expect([rollups, left]).toEqual([rollups, 900]);
      if (rollups > 0) expect(left).toBe(900);
    }
  });

  it('gives room back to the disk', () => {
    const retention = createRetention(home.database);
    const pages = (): number => Number(home.database.prepare('PRAGMA page_count').get()?.['page_count']);
    const before = pages();
    while (retention.slice(NOW_MS, { ...limits, sizeLimitMb: 1 }));
    expect(pages() * 4096).toBeLessThan(1.4e6);
    expect(pages()).toBeLessThan(before);
  });
});

it('leaves everything alone that is young enough and small enough', () => {
  home.sampleEvery30s(NOW_MS - 3_600_000, NOW_MS, () => ({ percent: 50 }));
  expect(createRetention(home.database).slice(NOW_MS, limits)).toBe(false);
  expect(home.series('percent', { from: '-2h', step: 1 }).atMs).toHaveLength(121);
});
