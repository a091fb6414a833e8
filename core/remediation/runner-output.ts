/** The last bytes of an output of any size, and how many there were. */
export interface OutputTail {
  add(chunk: Buffer): void;
  /** Bytes in all. */
  sizeBytes(): number;
  bytes(): Buffer;
}

/** @param keepBytes what is kept; memory in use is at most twice that and one chunk */
export function createOutputTail(keepBytes: number): OutputTail {
  let chunks: Buffer[] = [];
  let keptBytes = 0;
  let totalBytes = 0;
  const bytes = (): Buffer => {
    const joined = Buffer.concat(chunks);
    return joined.subarray(Math.max(0, joined.length - keepBytes));
  };
  return {
    add(chunk) {
      totalBytes += chunk.length;
      chunks.push(chunk);
      keptBytes += chunk.length;
      if (keptBytes <= 2 * keepBytes) return;
      // A copy: the slice would hold on to all it was cut from.
      chunks = [Buffer.from(bytes())];
      keptBytes = chunks[0]?.length ?? 0;
    },
    sizeBytes: () => totalBytes,
    bytes,
  };
}

/** Text of a tail: no broken character at its start, and no control character but tab and line feed. */
export function outputText(bytes: Buffer): string {
  let from = 0;
  while (from < bytes.length && from < 4 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from += 1;
  // eslint-disable-next-line no-control-regex -- a program may print any byte
  return bytes.toString('utf8', from).replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}
