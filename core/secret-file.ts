import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

import { SecretProblem } from './secrets.ts';

/**
 * The one line of a file that its owner alone may read; null when it is not there or empty. At once, as the record
 * is: a secret is small, and whoever asks cannot go on without it.
 *
 * @throws SecretProblem when it is there and must not be used
 */
export function readSecretFile(path: string, platform: string, maxBytes: number): string | null {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW || 0) | (constants.O_NONBLOCK || 0));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new SecretProblem(`${path} cannot be read (${codeOf(error)})`);
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new SecretProblem(`${path} is not a file`);
    if (platform !== 'win32' && (stat.mode & 0o077) !== 0) {
      throw new SecretProblem(`${path} can be read by others: chmod 600 it`);
    }
    if (stat.size > maxBytes) throw new SecretProblem(`${path} holds more than a secret`);
    const value = readFileSync(file, 'utf8').trim();
    if (/[\r\n]/.test(value)) throw new SecretProblem(`${path} must hold one line`);
    return value === '' ? null : value;
  } finally {
    closeSync(file);
  }
}

/**
 * Replaces the file as a whole, 0600 in a 0700 folder. A new inode each time: the mode of an old file never stays.
 *
 * @throws SecretProblem when it cannot be written
 */
export function writeSecretFile(path: string, text: string): void {
  const temporaryPath = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(temporaryPath, { force: true });
    const file = openSync(temporaryPath, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
    try {
      fchmodSync(file, 0o600);
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporaryPath, path);
  } catch (error) {
    throw new SecretProblem(`${path} cannot be written (${codeOf(error)})`);
  }
}

export function removeSecretFile(path: string): void {
  rmSync(path, { force: true });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}
