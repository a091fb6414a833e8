/**
 * The samples of one series in one hour, as bytes: six a sample, `uint16` tenths of a second into the hour and
 * `float32` value, little-endian, in the order they were taken.
 */

export const HOUR_MS = 3_600_000;
const SAMPLE_BYTES = 6;
const TENTH_MS = 100;

/** Samples as columns. Instants are milliseconds since 1970. */
export interface Samples {
  readonly atMs: number[];
  readonly values: number[];
}

/** The hour an instant lies in, counted from 1970. */
export function hourOf(atMs: number): number {
  return Math.floor(atMs / HOUR_MS);
}

/** `earlier` with the new samples behind it; all must lie in `hour`. */
export function packSamples(earlier: Uint8Array | null, hour: number, added: Samples): Uint8Array {
  const begin = earlier?.length ?? 0;
  const packed = new Uint8Array(begin + added.atMs.length * SAMPLE_BYTES);
  if (earlier !== null) packed.set(earlier);
  const view = new DataView(packed.buffer);
  added.atMs.forEach((atMs, index) => {
    const offset = begin + index * SAMPLE_BYTES;
    view.setUint16(offset, Math.floor((atMs - hour * HOUR_MS) / TENTH_MS), true);
    view.setFloat32(offset + 2, added.values[index] ?? Number.NaN, true);
  });
  return packed;
}

/** Adds the block's samples from `fromMs` up to `toMs` (both inside) to `into`. A cut-off tail is left out. */
export function unpackSamples(
  packed: Uint8Array,
  hour: number,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  into: Samples,
): void {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let offset = 0; offset + SAMPLE_BYTES <= packed.byteLength; offset += SAMPLE_BYTES) {
    const atMs = hour * HOUR_MS + view.getUint16(offset, true) * TENTH_MS;
    if (atMs < fromMs || atMs > toMs) continue;
    into.atMs.push(atMs);
    into.values.push(view.getFloat32(offset + 2, true));
  }
}
