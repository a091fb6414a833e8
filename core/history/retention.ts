import type { DatabaseSync } from 'node:sqlite';

import type { HistoryConfig } from '../../shared/contract/history-config.ts';
import { HOUR_MS } from './hour-block.ts';

const DAY_MS = 86_400_000;
/** One slice deletes about this much: some milliseconds of work. */
const HOURS_A_SLICE = 48;
const ROWS_A_SLICE = 100;
/** Pages given back to the disk in one slice. */
const PAGES_A_SLICE = 64;

/**
 * Deletes what is too old or too much, a small piece a call, so that no tick waits. True while there is more to do.
 * Pieces that were freed are given back to the disk where the file was made for that.
 */
export interface Retention {
  slice(nowMs: number, limits: HistoryConfig): boolean;
  /** Bytes in use: what is free inside the file is not counted, it is used next. */
  usedBytes(): number;
}

export function createRetention(database: DatabaseSync): Retention {
  const pragma = (name: string): number => Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
  const usedBytes = (): number => (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  const seriesIds = database.prepare('SELECT id FROM series ORDER BY id');
  const trimOf = {
    sample_hours: trimHours(database, 'sample_hours'),
    rollup_hours: trimHours(database, 'rollup_hours'),
  };
  const dropGaps = database.prepare('DELETE FROM gaps WHERE to_ms < ?');
  const rowTrims = [
    `DELETE FROM decisions WHERE sequence IN (SELECT sequence FROM decisions ORDER BY sequence LIMIT ?)`,
    `DELETE FROM alerts WHERE id IN
       (SELECT id FROM alerts WHERE until_ms IS NOT NULL ORDER BY since_ms LIMIT ?)`,
    `DELETE FROM incidents WHERE id IN
       (SELECT id FROM incidents WHERE closed_at_ms IS NOT NULL ORDER BY opened_at_ms LIMIT ?)`,
    `DELETE FROM deployments WHERE id IN
       (SELECT id FROM deployments WHERE finished_at_ms IS NOT NULL ORDER BY started_at_ms LIMIT ?)`,
    `DELETE FROM audit WHERE sequence IN (SELECT sequence FROM audit ORDER BY sequence LIMIT ?)`,
  ].map((sql) => database.prepare(sql));

  const hourBefore = (nowMs: number, days: number): number => Math.floor((nowMs - days * DAY_MS) / HOUR_MS);
  const isTrimmed = (table: keyof typeof trimOf, beforeHour: number): boolean =>
    seriesIds.all().some((row) => trimOf[table].before(Number(row['id']), beforeHour));

  const byAge = (nowMs: number, limits: HistoryConfig): boolean => {
    dropGaps.run(nowMs - limits.rollupDays * DAY_MS);
    return (
      isTrimmed('sample_hours', hourBefore(nowMs, limits.sampleDays)) ||
      isTrimmed('rollup_hours', hourBefore(nowMs, limits.rollupDays))
    );
  };
  const bySize = (): boolean => {
    const ids = seriesIds.all().map((row) => Number(row['id']));
    return (
      trimOf.sample_hours.oldest(ids) ||
      trimOf.rollup_hours.oldest(ids) ||
      rowTrims.some((trim) => Number(trim.run(ROWS_A_SLICE).changes) > 0)
    );
  };
  const isGivenBack = (): boolean => {
    if (pragma('auto_vacuum') !== 2 || pragma('freelist_count') <= PAGES_A_SLICE) return false;
    database.prepare(`PRAGMA incremental_vacuum(${PAGES_A_SLICE})`).all();
    return true;
  };

  return {
    slice: (nowMs, limits) =>
      byAge(nowMs, limits) || (usedBytes() > limits.sizeLimitMb * 1e6 && bySize()) || isGivenBack(),
    usedBytes,
  };
}

interface HourTrim {
  /** Deletes the oldest piece of one series that lies before the hour; false when there is none. */
  before(series: number, hour: number): boolean;
  /** Deletes the oldest hours that any series has. */
  oldest(ids: readonly number[]): boolean;
}

function trimHours(database: DatabaseSync, table: 'sample_hours' | 'rollup_hours'): HourTrim {
  const oldestHour = database.prepare(`SELECT min(hour) AS hour FROM ${table} WHERE series = ?`);
  const drop = database.prepare(`DELETE FROM ${table} WHERE series = ? AND hour < ?`);
  const oldestOf = (series: number): number | null => {
    const hour = oldestHour.get(series)?.['hour'];
    return typeof hour === 'number' ? hour : null;
  };
  return {
    before(series, hour) {
      const oldest = oldestOf(series);
      if (oldest === null || oldest >= hour) return false;
      drop.run(series, Math.min(hour, oldest + HOURS_A_SLICE));
      return true;
    },
    oldest(ids) {
      const hours = ids.flatMap((id) => oldestOf(id) ?? []);
      if (hours.length === 0) return false;
      const beforeHour = Math.min(...hours) + Math.ceil(HOURS_A_SLICE / ids.length);
      for (const id of ids) drop.run(id, beforeHour);
      return true;
    },
  };
}
