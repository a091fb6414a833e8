import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

/** Pixels of a picture, four bytes each: alpha, red, green, blue. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly argb: Buffer;
}

/** Reads a PNG as scripts/draw-icons.ts writes them: eight-bit RGBA without filters. */
export function pngPixels(path: string): Pixels {
  const file = readFileSync(path);
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const raw = inflateSync(file.subarray(41, 41 + file.readUInt32BE(33)));
  const argb = Buffer.alloc(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const row = Math.floor(pixel / width);
    const [r = 0, g = 0, b = 0, a = 0] = raw.subarray(pixel * 4 + row + 1);
    argb.set([a, r, g, b], pixel * 4);
  }
  return { width, height, argb };
}

/** Whether two pictures are the same to the eye: every channel, weighed by what shows of it, within a hair. */
export function looksLike(one: Pixels, other: Pixels): boolean {
  if (one.width !== other.width || one.height !== other.height) return false;
  for (let at = 0; at < one.argb.length; at += 4) {
    const [alphaOne = 0, alphaOther = 0] = [one.argb[at], other.argb[at]];
    if (Math.abs(alphaOne - alphaOther) > 3) return false;
    for (let channel = 1; channel < 4 && alphaOne > 200; channel += 1) {
      if (Math.abs((one.argb[at + channel] ?? 0) - (other.argb[at + channel] ?? 0)) > 6) return false;
    }
  }
  return true;
}
