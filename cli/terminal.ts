import type { ReadStream, WriteStream } from 'node:tty';

/** The screen and the keys of the person's terminal. */
export interface Terminal {
  size(): { readonly columns: number; readonly rows: number };
  write(text: string): void;
  onResize(listener: () => void): void;
  /** From now on keys come one by one, as the terminal sends them. */
  onKey(listener: (key: string) => void): void;
  /** Gives the keys back to the shell. */
  release(): void;
}

/** Null unless both ends are a terminal: a pipe gets plain lines. */
export function terminalOf(input: ReadStream, output: WriteStream): Terminal | null {
  if (!input.isTTY || !output.isTTY) return null;
  return {
    // Some serial lines tell 0 x 0.
    size: () => ({ columns: output.columns || 80, rows: output.rows || 24 }),
    write: (text) => void output.write(text),
    onResize: (listener) => void output.on('resize', listener),
    onKey(listener) {
      input.setRawMode(true);
      input.setEncoding('utf8');
      input.on('data', (keys: string) => {
        for (const key of keys) listener(key);
      });
    },
    release() {
      input.setRawMode(false);
      input.pause();
    },
  };
}
