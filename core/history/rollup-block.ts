import { HOUR_MS } from './hour-block.ts';

/** Five minutes of one series. */
export interface Rollup {
  /** Begin of the bucket, milliseconds since 1970. */
  readonly atMs: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly last: number;
  readonly count: number;
}

export const ROLLUP_MS = 5 * 60_000;

/**
 * The roll-ups of one series in one hour, as bytes: nineteen a bucket, `uint8` bucket of the hour, `uint16` count,
 * then min, mean, max and last as `float32`, little-endian.
 */
const BUCKET_BYTES = 19;
const MOST = 0xffff;

/** The bucket an instant lies in: its begin, milliseconds since 1970. */
export function bucketOf(atMs: number): number {
  return Math.floor(atMs / ROLLUP_MS) * ROLLUP_MS;
}

/** Of values in the order they were taken. Null for none. */
export function rollupOf(atMs: number, values: readonly number[]): Rollup | null {
  const last = values.at(-1);
  if (last === undefined) return null;
  let [min, max, sum] = [last, last, 0];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  return { atMs, min, mean: sum / values.length, max, last, count: values.length };
}

/** Two roll-ups as one that begins with the earlier; `later` has the last word. */
export function merged(earlier: Rollup, later: Rollup): Rollup {
  const count = earlier.count + later.count;
  return {
    atMs: earlier.atMs,
    min: Math.min(earlier.min, later.min),
    mean: (earlier.mean * earlier.count + later.mean * later.count) / count,
    max: Math.max(earlier.max, later.max),
    last: later.last,
    count,
  };
}

/** `earlier` with the new buckets in it. One that is there already (the wall clock went back) takes both. */
export function packRollups(earlier: Uint8Array | null, hour: number, added: readonly Rollup[]): Uint8Array {
  const buckets = new Map<number, Rollup>();
  const all = [...(earlier === null ? [] : unpackRollups(earlier, hour)), ...added];
  for (const rollup of all) {
    const known = buckets.get(rollup.atMs);
    buckets.set(rollup.atMs, known === undefined ? rollup : merged(known, rollup));
  }
  const sorted = [...buckets.values()].sort((one, other) => one.atMs - other.atMs);
  const packed = new Uint8Array(sorted.length * BUCKET_BYTES);
  const view = new DataView(packed.buffer);
  sorted.forEach(({ atMs, min, mean, max, last, count }, index) => {
    const offset = index * BUCKET_BYTES;
    view.setUint8(offset, Math.floor((atMs - hour * HOUR_MS) / ROLLUP_MS));
    view.setUint16(offset + 1, Math.min(count, MOST), true);
    [min, mean, max, last].forEach((value, at) => view.setFloat32(offset + 3 + at * 4, value, true));
  });
  return packed;
}

/** In the order of time. A cut-off tail is left out. */
export function unpackRollups(packed: Uint8Array, hour: number): Rollup[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const rollups: Rollup[] = [];
  for (let offset = 0; offset + BUCKET_BYTES <= packed.byteLength; offset += BUCKET_BYTES) {
    rollups.push({
      atMs: hour * HOUR_MS + view.getUint8(offset) * ROLLUP_MS,
      count: view.getUint16(offset + 1, true),
      min: view.getFloat32(offset + 3, true),
      mean: view.getFloat32(offset + 7, true),
      max: view.getFloat32(offset + 11, true),
      last: view.getFloat32(offset + 15, true),
    });
  }
  return rollups;
}
