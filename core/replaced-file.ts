import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { Clock } from './clock.ts';

/** A file that is written anew again and again, for readers who see the old text or the new, never a part of one. */
export interface ReplacedFile {
  /** At once. Throws the file system's own error (ENOSPC, EACCES); the old text then stays. */
  replace(text: string): void;
}

/** Everybody may read it. */
const MODE = 0o644;
/** Whoever opened a text before it was replaced has read it when so much time has gone by. */
const READERS_MS = 5_000;

/** By what a file is known again: its inode, and that nobody set other rights or gave it a second name. */
type Identity = Pick<fs.Stats, 'dev' | 'ino' | 'mode' | 'nlink'>;

/**
 * Two files that take turns at one name: the one that was replaced is kept beside it, and the next text is written
 * into it once its readers are done. No file is made then, none deleted and no block of the disk given out, which
 * together cost several times what the writing does. Texts that follow each other more closely get a new file each.
 *
 * Not synced to the disk: after a power cut the text may be broken until its writer is there again.
 */
export function createReplacedFile(path: string, clock: Clock): ReplacedFile {
  const nextPath = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const keptPath = join(dirname(path), `.${basename(path)}.last`);
  let written: Identity | null = null;
  let kept: (Identity & { readonly sinceMs: number }) | null = null;

  /** The next text in the kept file; null when it is not there, not ours or still being read. */
  const rewriteKept = (bytes: Uint8Array): Identity | null => {
    if (kept === null || clock.monotonicMs() - kept.sinceMs < READERS_MS) return null;
    const left = kept;
    kept = null;
    try {
      fs.renameSync(keptPath, nextPath);
      if (!isSame(fs.lstatSync(nextPath), left)) return null;
    } catch {
      return null;
    }
    return withFile(nextPath, fs.constants.O_WRONLY, (file) => {
      fs.writeFileSync(file, bytes);
      fs.ftruncateSync(file, bytes.length);
      return left;
    });
  };
  const writeNew = (bytes: Uint8Array): Identity => {
    fs.rmSync(nextPath, { force: true });
    return withFile(nextPath, fs.constants.O_WRONLY | fs.constants.O_CREAT | fs.constants.O_EXCL, (file) => {
      fs.writeFileSync(file, bytes);
      return fs.fstatSync(file);
    });
  };
  /** Gives what stands at `path` a second name, so that it outlives being replaced. */
  const keep = (ours: Identity): Identity | null => {
    try {
      fs.rmSync(keptPath, { force: true });
      fs.linkSync(path, keptPath);
      return ours;
    } catch {
      // Not every file system has second names.
      return null;
    }
  };

  return {
    replace(text) {
      const bytes = Buffer.from(text);
      try {
        const next = rewriteKept(bytes) ?? writeNew(bytes);
        const old = kept === null && written !== null ? keep(written) : null;
        fs.renameSync(nextPath, path);
        written = next;
        if (old !== null) kept = { ...old, sinceMs: clock.monotonicMs() };
      } catch (error) {
        fs.rmSync(nextPath, { force: true });
        throw error;
      }
    },
  };
}

function withFile<T>(path: string, flags: number, use: (file: number) => T): T {
  const file = fs.openSync(path, flags | (fs.constants.O_NOFOLLOW || 0), MODE);
  try {
    return use(file);
  } finally {
    fs.closeSync(file);
  }
}

function isSame(found: fs.Stats, left: Identity): boolean {
  const { dev, ino, mode, nlink } = left;
  return (
    found.isFile() && found.dev === dev && found.ino === ino && found.mode === mode && found.nlink === nlink
  );
}
