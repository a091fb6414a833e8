import { deflateSync } from 'node:zlib';

/** A picture as drawn: RGBA, eight bits a channel, alpha not multiplied in, rows from the top. */
export interface Picture {
  readonly px: number;
  readonly rgba: Uint8Array;
}

/** The picture as a PNG file: one IDAT, no filter, so that the same pixels always give the same bytes. */
export function pngFile({ px, rgba }: Picture): Buffer {
  const rowBytes = px * 4;
  const raw = Buffer.alloc((rowBytes + 1) * px);
  for (let row = 0; row < px; row += 1) {
    raw.set(rgba.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(px, 0);
  header.writeUInt32BE(px, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The pictures as one .ico. Small sizes are plain bitmaps: every loader of Windows takes those. */
export function icoFile(pictures: readonly Picture[]): Buffer {
  const images = pictures.map(iconBitmap);
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  pictures.forEach(({ px }, index) => {
    const entry = 6 + 16 * index;
    const image = images[index]!;
    head.set([px, px, 0, 0, 1, 0, 32, 0], entry);
    head.writeUInt32LE(image.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  });
  return Buffer.concat([head, ...images]);
}

/** A BITMAPINFOHEADER of double height, BGRA rows from the bottom, then the one-bit mask of what is clear. */
function iconBitmap({ px, rgba }: Picture): Buffer {
  const maskRowBytes = Math.ceil(px / 32) * 4;
  const out = Buffer.alloc(40 + px * px * 4 + maskRowBytes * px);
  out.writeUInt32LE(40, 0);
  out.writeInt32LE(px, 4);
  out.writeInt32LE(px * 2, 8);
  out.writeUInt16LE(1, 12);
  out.writeUInt16LE(32, 14);
  for (let y = 0; y < px; y += 1) {
    for (let x = 0; x < px; x += 1) {
      const from = ((px - 1 - y) * px + x) * 4;
      const [r = 0, g = 0, b = 0, a = 0] = rgba.subarray(from, from + 4);
      out.set([b, g, r, a], 40 + (y * px + x) * 4);
      if (a === 0) {
        const mask = 40 + px * px * 4 + y * maskRowBytes + (x >> 3);
        out[mask] = out[mask]! | (0x80 >> (x & 7));
      }
    }
  }
  return out;
}
