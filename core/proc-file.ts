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
        let length = 0;
        // The kernel may give a long text in several parts.
        for (let part = 1; part > 0 && length < mostBytes; length += part) {
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
