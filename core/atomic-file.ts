import { constants } from 'node:fs';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file so that a reader sees the old text or the new, never a part, also after a power cut:
 * a new 0600 inode beside it, fsync, rename. `writeFile` with a mode would not tighten an existing file.
 * Throws the file system's own error (ENOSPC, EACCES) and leaves the old file as it was.
 */
export async function writeFileAtomic(path: string, text: string, mode = 0o600): Promise<void> {
  const temporaryPath = join(dirname(path), `.${basename(path)}.${process.pid}.${counter.next()}.tmp`);
  const file = await open(
    temporaryPath,
    constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW || 0),
    mode,
  );
  try {
    await file.writeFile(text);
    await file.chmod(mode);
    await file.sync();
    await file.close();
    await rename(temporaryPath, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await unlink(temporaryPath).catch(() => undefined);
    throw error;
  }
}

/** Makes a folder that only its owner may enter. */
export async function ensurePrivateDir(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
}

/** Two writes of one process must not share a temporary name. */
const counter = {
  value: 0,
  next(): number {
    this.value += 1;
    return this.value;
  },
};
