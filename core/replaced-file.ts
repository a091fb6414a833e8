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

/** A text of ours in a file that stands beside the name for now. */
interface Spare {
  readonly path: string;
  readonly identity: Identity;
  readonly sinceMs: number;
}

/**
 * Two files that take turns at one name: the one that was replaced is kept beside it, and the next text is written
 * into it once its readers are done. No file is made then, none deleted and no block of the disk given out, which
 * together cost several times what the writing does. Texts that follow each other more closely get a new file each.
 *
 * Not synced to the disk: after a power cut the text may be broken until its writer is there again.
 */
export function createReplacedFile(path: string, clock: Clock): ReplacedFile {
  const [first, second] = ['1', '2'].map((turn) => join(dirname(path), `.${basename(path)}.${turn}`)) as [
    string,
    string,
  ];
  let written: Identity | null = null;
  let spare: Spare | null = null;
  let held = Buffer.alloc(0);

  /** In the same memory as the text before, unless that is too small. */
  const bytesOf = (text: string): Uint8Array => {
    const mostBytes = text.length * 3;
    if (held.length < mostBytes) held = Buffer.allocUnsafeSlow(mostBytes);
    return held.subarray(0, held.write(text));
  };

  /** Gives what stands at `path` a second name, so that it outlives being replaced. */
  const keep = (identity: Identity, keptPath: string): Spare | null => {
    try {
      linkBeside(path, keptPath);
      return { path: keptPath, identity, sinceMs: clock.monotonicMs() };
    } catch {
      // Not every file system has second names.
      return null;
    }
  };

  return {
    replace(text) {
      const bytes = bytesOf(text);
      const isRested = spare !== null && clock.monotonicMs() - spare.sinceMs >= READERS_MS;
      const rewritten = spare !== null && isRested && rewrite(spare, bytes) ? spare : null;
      if (rewritten !== null || isRested) spare = null;
      const nextPath = rewritten?.path ?? (spare?.path === first ? second : first);
      try {
        const next = rewritten?.identity ?? writeNew(nextPath, bytes);
        const otherPath = nextPath === first ? second : first;
        const old = spare === null && written !== null ? keep(written, otherPath) : null;
        fs.renameSync(nextPath, path);
        written = next;
        spare = old ?? spare;
      } catch (error) {
        fs.rmSync(nextPath, { force: true });
        throw error;
      }
    },
  };
}

/** Writes the next text into a file of ours; false when it is not there, not ours any more or cannot be written. */
function rewrite({ path, identity }: Spare, bytes: Uint8Array): boolean {
  try {
    return withFile(path, fs.constants.O_WRONLY, (file) => {
      const found = fs.fstatSync(file);
      if (!isSame(found, identity)) return false;
      fs.writeFileSync(file, bytes);
      if (found.size > bytes.length) fs.ftruncateSync(file, bytes.length);
      return true;
    });
  } catch {
    return false;
  }
}

function writeNew(path: string, bytes: Uint8Array): Identity {
  fs.rmSync(path, { force: true });
  return withFile(path, fs.constants.O_WRONLY | fs.constants.O_CREAT | fs.constants.O_EXCL, (file) => {
    fs.writeFileSync(file, bytes);
    return fs.fstatSync(file);
  });
}

function linkBeside(path: string, linkPath: string): void {
  try {
    fs.linkSync(path, linkPath);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Left by an earlier core.
    fs.rmSync(linkPath, { force: true });
    fs.linkSync(path, linkPath);
  }
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
