import { describe, expect, it } from 'vitest';

import {
  dropOpen,
  emptyTrackRecord,
  markReached,
  pastErrors,
  rangeOf,
  recordForecasts,
} from '../../../../../shared/energy/forecast/track-record.ts';
import type { TrackRecord } from '../../../../../shared/energy/forecast/track-record.ts';

const MINUTE_MS = 60_000;
const asked = { askedAtMs: 0, thresholdPercent: 20, minutes50: 50, logSpread: 0.3 };

/** One forecast of 50 minutes and what became of it. */
function lesson(record: TrackRecord, realMinutes: number): TrackRecord {
  return markReached(recordForecasts(record, [asked]), realMinutes * MINUTE_MS, 19.9);
}

describe('the track record', () => {
  it('says nothing before anything came true', () => {
    expect(pastErrors(emptyTrackRecord())).toEqual([]);
    expect(pastErrors(recordForecasts(emptyTrackRecord(), [asked]))).toEqual([]);
  });

  it('gives error and bias by how far a forecast looked ahead; too long is above zero', () => {
    const record = lesson(lesson(emptyTrackRecord(), 40), 56);
    expect(pastErrors(record)).toEqual([
      { horizonMinutes: 60, meanAbsoluteErrorMinutes: 8, biasMinutes: 2, count: 2 },
    ]);
  });

  it('marks a forecast when the level is at or below its threshold, once', () => {
    const open = recordForecasts(emptyTrackRecord(), [asked, { ...asked, thresholdPercent: 10 }]);
    expect(pastErrors(markReached(open, 30 * MINUTE_MS, 20.01))).toEqual([]);
    const marked = markReached(open, 50 * MINUTE_MS, 20);
    expect(pastErrors(markReached(marked, 51 * MINUTE_MS, 19))).toMatchObject([{ count: 1 }]);
  });

  it('drops what is open when the run ends', () => {
    const record = markReached(dropOpen(recordForecasts(emptyTrackRecord(), [asked])), MINUTE_MS, 10);
    expect(pastErrors(record)).toEqual([]);
  });

  it('widens the range after misses and narrows it after hits', () => {
    const before = rangeOf(emptyTrackRecord(), 50);
    let missed = emptyTrackRecord();
    let hit = emptyTrackRecord();
    for (let i = 0; i < 50; i++) {
      missed = lesson(missed, i % 2 === 0 ? 20 : 125);
      hit = lesson(hit, 50);
    }
    expect(rangeOf(missed, 50).low).toBeLessThan(before.low);
    expect(rangeOf(missed, 50).high).toBeGreaterThan(before.high);
    expect(rangeOf(hit, 50).high).toBeLessThan(before.high);
    expect(rangeOf(hit, 50).low).toBeLessThan(0);
    expect(rangeOf(hit, 50).high).toBeGreaterThan(0);
    expect(rangeOf(missed, 5)).toEqual(rangeOf(emptyTrackRecord(), 5));
  });

  it('keeps a bounded number open', () => {
    let record = emptyTrackRecord();
    for (let i = 0; i < 5000; i++) record = recordForecasts(record, [{ ...asked, askedAtMs: i }]);
    expect(record.open).toHaveLength(500);
    expect(record.open.at(-1)!.askedAtMs).toBe(4999);
  });
});
