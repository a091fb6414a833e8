import { closeSync, openSync, readSync } from 'node:fs';

/**
 * A file below /proc, held open and read at once: the kernel makes its text anew from its own memory, and waits for no
 * device. Opening it costs as much as reading it.
 */
export interface ProcFile {
  /** From its start, at most `mostBytes`; null when it cannot be read. */
  text(): string | null;
  close(): void;
}

/** No line is so long that a page which holds less had no room for it. */
const SHORT_BYTES = 2048;

/** @param mostBytes of interest; the rest of a longer text is left out */
export function createProcFile(path: string, mostBytes: number): ProcFile {
  const bytes = Buffer.allocUnsafeSlow(mostBytes);
  let file: number | null = null;
  const close = (): void => {
    if (file !== null) closeSync(file);
    file = null;
  };
  return {
    text() {
      try {
        file ??= openSync(path, 'r');
        let length = readSync(file, bytes, 0, mostBytes, 0);
        // A part holds as many whole lines as fit into a page: a longer text comes in several.
        for (let part = length; part > SHORT_BYTES && length < mostBytes; length += part) {
          part = readSync(file, bytes, length, mostBytes - length, length);
        }
        return bytes.toString('latin1', 0, length);
      } catch {
        close();
        return null;
      }
    },
    close,
  };
}
