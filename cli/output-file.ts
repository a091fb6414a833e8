import { open, rename, unlink } from 'node:fs/promises';

import type { CommandIo } from './command.ts';

/** Where a long output goes. A file appears whole or not at all. */
export interface Output {
  write(text: string): Promise<void>;
  keep(): Promise<void>;
  discard(): Promise<void>;
}

const BUFFERED_LETTERS = 64 * 1024;

/** @param path null or absent is stdout */
export async function openOutput(path: string | undefined, io: Pick<CommandIo, 'out'>): Promise<Output> {
  const sink = path === undefined ? standardOutput(io) : await fileOutput(path);
  let waiting = '';
  return {
    async write(text) {
      waiting += text;
      if (waiting.length < BUFFERED_LETTERS) return;
      const now = waiting;
      waiting = '';
      await sink.emit(now);
    },
    async keep() {
      if (waiting !== '') await sink.emit(waiting);
      await sink.keep();
    },
    discard: () => sink.discard(),
  };
}

interface Sink {
  emit(text: string): Promise<void>;
  keep(): Promise<void>;
  discard(): Promise<void>;
}

function standardOutput(io: Pick<CommandIo, 'out'>): Sink {
  return {
    emit(text) {
      io.out(text);
      return Promise.resolve();
    },
    keep: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
}

async function fileOutput(path: string): Promise<Sink> {
  const partialPath = `${path}.partial`;
  const file = await open(partialPath, 'w', 0o600);
  return {
    async emit(text) {
      await file.write(text);
    },
    async keep() {
      await file.sync();
      await file.close();
      await rename(partialPath, path);
    },
    async discard() {
      await file.close().catch(() => undefined);
      await unlink(partialPath).catch(() => undefined);
    },
  };
}
