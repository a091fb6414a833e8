import { constants, type Stats } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';

import { FileProblem } from './file-problem.ts';

export interface FileText {
  readonly text: string;
  /** When the content last changed, wall milliseconds. */
  readonly changedAtMs: number;
}

/**
 * The text of a regular file of at most `limitBytes`, without ever blocking on a pipe or following a link.
 * The size is checked before reading; a byte order mark is dropped. Throws a FileProblem, or the file
 * system's own error.
 */
export async function readRegularFile(path: string, limitBytes: number): Promise<FileText> {
  refuseSpecial(await lstat(path));
  // O_NONBLOCK: if a pipe takes the file's place just now, opening it must not wait for a writer.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK || 0) | (constants.O_NOFOLLOW || 0);
  const file = await open(path, flags);
  try {
    return await readOpen(file, limitBytes);
  } finally {
    await file.close();
  }
}

async function readOpen(file: FileHandle, limitBytes: number): Promise<FileText> {
  const before = await file.stat();
  refuseSpecial(before);
  if (before.size > limitBytes) throw tooLarge(before.size, limitBytes);
  const bytes = Buffer.alloc(Math.min(limitBytes, Math.max(before.size, 4096)) + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  const after = await file.stat();
  if (after.size > limitBytes) throw tooLarge(after.size, limitBytes);
  if (after.mtimeMs !== before.mtimeMs || after.size !== before.size || length !== after.size)
    throw new FileProblem('changes while it is read', true);
  return { text: decoded(bytes.subarray(0, length)), changedAtMs: after.mtimeMs };
}

function refuseSpecial(stats: Stats): void {
  if (stats.isFile()) return;
  const kinds: readonly (readonly [boolean, string])[] = [
    [stats.isDirectory(), 'a directory'],
    [stats.isSymbolicLink(), 'a link'],
    [stats.isFIFO(), 'a pipe'],
    [stats.isSocket(), 'a socket'],
    [stats.isBlockDevice() || stats.isCharacterDevice(), 'a device'],
  ];
  const kind = kinds.find(([is]) => is)?.[1] ?? 'something else';
  throw new FileProblem(`is ${kind}; a regular file is expected`);
}

function tooLarge(sizeBytes: number, limitBytes: number): FileProblem {
  return new FileProblem(`is too large: ${sizeBytes} bytes, at most ${limitBytes} are read`);
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileProblem('is not UTF-8 text', true);
  }
}
