import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  readdirSync,
  statSync,
} from 'node:fs';

/** A sysfs attribute holds at most one page; whatever is longer is none. */
const MAX_ATTRIBUTE_BYTES = 4096;

/** One attribute, held open: reading it again from its start asks the driver anew, without the cost of opening. */
export interface SysfsAttribute {
  /** The trimmed text; null when it cannot be read, and `cause()` of its files then says why. */
  text(): string | null;
  close(): void;
}

/** Small reads below a sysfs root: never blocks on a FIFO, never throws, says why something could not be read. */
export interface SysfsFiles {
  /** Nothing is opened before the first `text()`. */
  attribute(path: string): SysfsAttribute;
  /** An attribute read once. */
  text(path: string): string | null;
  /** Why the last answer was null: an errno name like "ENODEV", or words. */
  cause(): string;
  /** The names in a folder; null when it cannot be listed. */
  list(path: string): string[] | null;
  /** Null when there is no such folder. */
  identity(path: string): FolderIdentity | null;
}

/** Tells one incarnation of a folder from the next: a device that came back, a file added, removed or replaced. */
export interface FolderIdentity {
  readonly dev: number;
  readonly ino: number;
  readonly mtimeMs: number;
}

export function isSameFolder(a: FolderIdentity | null, b: FolderIdentity | null): boolean {
  return a !== null && b !== null && a.ino === b.ino && a.mtimeMs === b.mtimeMs && a.dev === b.dev;
}

/**
 * Reads with one buffer, synchronously: an attribute takes a few microseconds. A driver can still hang in `read`,
 * so this belongs into a thread of its own.
 */
export function createSysfsFiles(): SysfsFiles {
  const buffer = Buffer.allocUnsafe(MAX_ATTRIBUTE_BYTES + 1);
  /** Folders that could not be listed the last time. */
  const missing = new Set<string>();
  let lastCause = '';

  const failed = (cause: string): null => {
    lastCause = cause;
    return null;
  };

  const attribute = (path: string): SysfsAttribute => {
    let fd: number | null = null;
    const close = (): void => {
      if (fd !== null) closeSync(fd);
      fd = null;
    };
    const open = (): number | null => {
      const opened = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      if (fstatSync(opened).isFile()) return (fd = opened);
      closeSync(opened);
      return failed('not a file');
    };
    return {
      text() {
        try {
          const source = fd ?? open();
          if (source === null) return null;
          // sysfs gives a whole attribute in one read.
          const length = readSync(source, buffer, 0, MAX_ATTRIBUTE_BYTES + 1, 0);
          if (length > MAX_ATTRIBUTE_BYTES) return failed('longer than an attribute can be');
          const text = buffer.toString('latin1', 0, length).trim();
          if (text === '') return failed('empty');
          return isPrintable(text) ? text : failed('not text');
        } catch (error) {
          close();
          return failed(errorCode(error));
        }
      },
      close,
    };
  };

  return {
    attribute,
    text(path) {
      const once = attribute(path);
      const text = once.text();
      once.close();
      return text;
    },
    cause: () => lastCause,
    list(path) {
      // Asking first is cheaper than the error a missing class would give on every look.
      if (missing.has(path) && !existsSync(path)) return failed('ENOENT');
      try {
        missing.delete(path);
        return readdirSync(path);
      } catch (error) {
        missing.add(path);
        return failed(errorCode(error));
      }
    },
    identity(path) {
      try {
        const stat = statSync(path, { throwIfNoEntry: false });
        if (stat === undefined) return failed('ENOENT');
        return stat.isDirectory() ? stat : failed('not a folder');
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
