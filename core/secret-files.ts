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
import { join } from 'node:path';

import { SECRET_NAMES, type SecretName, type SecretState } from '../shared/contract/secrets.ts';
import { SecretProblem, type Secrets } from './secrets.ts';

const MAX_BYTES = 4096;

/**
 * One file a secret in `dir`, 0600 in a 0700 folder. A file that others can read is not used, and said so. At once, as
 * the record is: a secret is put there by hand, once in a long while, and whoever did so waits for the answer.
 */
export function createSecretFiles(dir: string, platform: string): Secrets {
  const pathOf = (name: SecretName): string => join(dir, name);
  const read = (name: SecretName): string | null => readSecret(pathOf(name), platform);

  return {
    read,
    put(name, value) {
      const path = pathOf(name);
      try {
        mkdirSync(dir, { recursive: true, mode: 0o700 });
        replace(path, value);
      } catch (error) {
        throw new SecretProblem(`${path} cannot be written (${codeOf(error)})`);
      }
    },
    remove: (name) => rmSync(pathOf(name), { force: true }),
    states: () =>
      SECRET_NAMES.map((name): SecretState => {
        try {
          return { name, isSet: read(name) !== null, problem: null };
        } catch (error) {
          return {
            name,
            isSet: true,
            problem: error instanceof SecretProblem ? error.message : codeOf(error),
          };
        }
      }),
  };
}

function readSecret(path: string, platform: string): string | null {
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
    if (stat.size > MAX_BYTES) throw new SecretProblem(`${path} holds more than a secret`);
    const value = readFileSync(file, 'utf8').trim();
    if (/[\r\n]/.test(value)) throw new SecretProblem(`${path} must hold one line`);
    return value === '' ? null : value;
  } finally {
    closeSync(file);
  }
}

/** A new inode each time, so that the mode of an old file never stays. */
function replace(path: string, value: string): void {
  const temporaryPath = `${path}.${process.pid}.tmp`;
  rmSync(temporaryPath, { force: true });
  const file = openSync(temporaryPath, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
  try {
    fchmodSync(file, 0o600);
    writeSync(file, value);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporaryPath, path);
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}
