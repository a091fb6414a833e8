import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { history } from '../../../../cli/commands/history.ts';
import { openRecord } from '../../../../core/history/open-record.ts';
import { createSampleStore } from '../../../../core/history/sample-store.ts';
import { placesFrom } from '../../../../core/places.ts';
import { commandIo } from '../../../fakes/command-io.ts';

const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const home = mkdtempSync(join(tmpdir(), 'orch-export-'));
const { io, written } = commandIo(home, { nowMs: () => NOW_MS });

/** Two days of samples with six hours of sleep in them, and a record. No core runs. */
beforeAll(async () => {
  const { record, database } = await openRecord(io.places.historyPath, NOW_MS);
  if (database === null) throw new Error('no database');
  const store = createSampleStore(database);
  const asleep = { fromMs: NOW_MS - 30 * 3_600_000, toMs: NOW_MS - 24 * 3_600_000, cause: 'asleep' as const };
  for (let atMs = NOW_MS - 48 * 3_600_000; atMs <= NOW_MS; atMs += 30_000) {
    if (atMs > asleep.fromMs && atMs < asleep.toMs) continue;
    store.seal(atMs);
    store.keepTick(
      atMs,
      new Map([
        ['percent', 55.25],
        ['levelCode', atMs < asleep.fromMs ? 3 : 1],
        ['score/shop/wellbeing', 41],
        ['verdict/shop/feature', 1],
      ]),
    );
  }
  store.keepGap(asleep);
  record.keepIncident({
    id: 'i',
    project: 'shop',
    severity: 'major',
    title: '=cmd, "quoted"',
    openedAt: new Date(NOW_MS - 3_600_000).toISOString(),
    closedAt: null,
  });
  record.close();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeEach(() => {
  written.out = '';
  written.err = '';
});

interface Row {
  readonly at: string;
  readonly metric: string;
  readonly value: number | string;
}

async function rows(...argv: string[]): Promise<Row[]> {
  expect(await history(['--format', 'ndjson', ...argv], io)).toBe(0);
  return written.out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

describe('orch history', () => {
  it('gives every sample once, in order, across days, and nothing about the person', async () => {
    const all = await rows('--from', '-48h');
    const samples = all.filter(({ metric }) => metric === 'percent');
    expect(samples).toHaveLength(42 * 120 + 2);
    expect(new Set(samples.map(({ at }) => at)).size).toBe(samples.length);
    expect(samples.map(({ at }) => at)).toEqual(samples.map(({ at }) => at).sort());
    expect(samples[0]).toMatchObject({ value: 55.25, at: new Date(NOW_MS - 48 * 3_600_000).toISOString() });
    expect(all.filter(({ metric }) => metric.includes('wellbeing'))).toEqual([]);
    expect(all.filter(({ metric }) => metric === 'gaps')).toMatchObject([{ value: 'asleep' }]);
    expect(new Set(all.filter(({ metric }) => metric === 'levels').map(({ value }) => value))).toEqual(
      new Set(['HIGH', 'LOW']),
    );
  });

  it('exports what is about the person only when asked to', async () => {
    await expect(history(['--metric', 'score/shop/wellbeing'], io)).rejects.toThrow('add --private');
    expect(await rows('--metric', 'score/shop/wellbeing', '--private', '--from=-1h')).toHaveLength(121);
  });

  it('writes CSV that a spreadsheet cannot run, and sums up by step', async () => {
    expect(await history(['--from', '-2h', '--metric', 'events'], io)).toBe(0);
    expect(written.out.split('\n')[1]).toBe(
      `2026-01-05T09:00:00.000Z,,events/incident,shop,,open,,,,,"'=cmd, ""quoted"": major incident"`,
    );
    written.out = '';
    expect(await history(['--from', '-2h', '--step', '1h', '--metric', 'percent'], io)).toBe(0);
    expect(written.out.split('\n').slice(0, 2)).toEqual([
      'at,until,metric,project,unit,value,min,mean,max,count,text',
      '2026-01-05T08:00:00.000Z,2026-01-05T09:00:00.000Z,percent,,%,55.25,55.25,55.25,55.25,120,',
    ]);
  });

  it('writes one JSON document, to a file that appears whole', async () => {
    const path = join(home, 'out.json');
    expect(await history(['--from', '-1h', '--json', '--metric', 'percent', '--out', path], io)).toBe(0);
    const document = JSON.parse(readFileSync(path, 'utf8')) as { schemaVersion: number; rows: Row[] };
    expect(document.schemaVersion).toBe(1);
    expect(document.rows).toHaveLength(121);
    expect(existsSync(`${path}.partial`)).toBe(false);
    expect(written.out).toBe('');
  });

  it('lists metrics, and says what is wrong with a question', async () => {
    expect(await history(['--metrics'], io)).toBe(0);
    expect(written.out).toMatch(/^percent +% +Charge$/m);
    expect(written.out).toContain('wellbeing of shop (private)');
    await expect(history(['--metric', 'prozent'], io)).rejects.toThrow('no metric "prozent"');
    await expect(history(['--from', 'yesterday'], io)).rejects.toThrow('--from must be');
    await expect(history(['--from', 'now', '--to', '-1h'], io)).rejects.toThrow('--to must be later');
    await expect(history(['--format', 'xml'], io)).rejects.toThrow('csv, json, ndjson');
  });

  it('says so where there is neither a core nor a record', async () => {
    const nowhere = join(home, 'nowhere');
    const places = placesFrom({ ORCH_HOME: nowhere }, process.platform, nowhere);
    expect(await history([], { ...io, places })).toBe(3);
    expect(written.err).toContain('not running');
  });
});
