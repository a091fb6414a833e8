import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';

/** A sysfs attribute holds at most one page; whatever is longer is none. */
const MAX_ATTRIBUTE_BYTES = 4096;

/** Small reads below a sysfs root: never blocks on a FIFO, never throws, says why something could not be read. */
export interface SysfsFiles {
  /** The trimmed text of an attribute; null when it cannot be read, and `cause()` then says why. */
  text(path: string): string | null;
  /** Why the last `text` or `list` gave null: an errno name like "ENODEV", or words. */
  cause(): string;
  /** The names in a folder; null when it cannot be listed. */
  list(path: string): string[] | null;
  /** Tells one incarnation of a folder from the next, changed content included; null when there is none. */
  identity(path: string): string | null;
}

/**
 * Reads with one buffer, synchronously: an attribute takes a few microseconds. A driver can still hang in `read`,
 * so this belongs into a thread of its own.
 */
export function createSysfsFiles(): SysfsFiles {
  const buffer = Buffer.allocUnsafe(MAX_ATTRIBUTE_BYTES + 1);
  let lastCause = '';
  const failed = (cause: string): null => {
    lastCause = cause;
    return null;
  };
  const readOpen = (fd: number): string | null => {
    if (!fstatSync(fd).isFile()) return failed('not a file');
    // sysfs gives a whole attribute in one read.
    const length = readSync(fd, buffer, 0, MAX_ATTRIBUTE_BYTES + 1, null);
    if (length > MAX_ATTRIBUTE_BYTES) return failed('longer than an attribute can be');
    const text = buffer.toString('latin1', 0, length).trim();
    if (text === '') return failed('empty');
    return isPrintable(text) ? text : failed('not text');
  };
  return {
    text(path) {
      try {
        const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
        try {
          return readOpen(fd);
        } finally {
          closeSync(fd);
        }
      } catch (error) {
        return failed(errorCode(error));
      }
    },
    cause: () => lastCause,
    list(path) {
      try {
        return readdirSync(path);
      } catch (error) {
        return failed(errorCode(error));
      }
    },
    identity(path) {
      try {
        const stat = statSync(path);
        return stat.isDirectory() ? `${stat.dev}:${stat.ino}:${stat.mtimeMs}` : failed('not a folder');
      } catch (error) {
        return failed(errorCode(error));
      }
    },
  };
}

/** Bytes over 127 are let through: makers put their names into attributes in any encoding. */
function isPrintable(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return false;
  }
  return true;
}

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
}

/** A whole number as the kernel prints it; null for anything else. */
export function numberOf(text: string | null): number | null {
  if (text === null || !/^[+-]?\d{1,18}$/.test(text)) return null;
  return Number(text);
}
