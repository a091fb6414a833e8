import type { DatabaseSync } from 'node:sqlite';

/** One of the two tables of blocks: a row a series and hour. */
export interface BlockTable {
  at(series: number, hour: number): Uint8Array | null;
  between(series: number, fromHour: number, toHour: number): { hour: number; packed: Uint8Array }[];
  put(series: number, hour: number, packed: Uint8Array): void;
  oldestHour(series: number): number | null;
  newestHour(series: number): number | null;
}

export function blockTable(database: DatabaseSync, table: 'sample_hours' | 'rollup_hours'): BlockTable {
  const one = database.prepare(`SELECT packed FROM ${table} WHERE series = ? AND hour = ?`);
  const some = database.prepare(
    `SELECT hour, packed FROM ${table} WHERE series = ? AND hour BETWEEN ? AND ? ORDER BY hour`,
  );
  some.setReturnArrays(true);
  const put = database.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?)`);
  const oldest = database.prepare(`SELECT min(hour) AS hour FROM ${table} WHERE series = ?`);
  const newest = database.prepare(`SELECT max(hour) AS hour FROM ${table} WHERE series = ?`);
  const hourIn = (row: Record<string, unknown> | undefined): number | null =>
    typeof row?.['hour'] === 'number' ? row['hour'] : null;
  return {
    at(series, hour) {
      const packed = one.get(series, hour)?.['packed'];
      return packed instanceof Uint8Array ? packed : null;
    },
    between: (series, fromHour, toHour) =>
      (some.all(series, fromHour, toHour) as unknown as [number, Uint8Array][]).map(([hour, packed]) => ({
        hour,
        packed,
      })),
    put(series, hour, packed) {
      put.run(series, hour, packed);
    },
    oldestHour: (series) => hourIn(oldest.get(series)),
    newestHour: (series) => hourIn(newest.get(series)),
  };
}
