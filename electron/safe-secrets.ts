import { existsSync } from 'node:fs';

import { readSecretFile, removeSecretFile, writeSecretFile } from '../core/secret-file.ts';
import { createSecretFiles, plainSecretPath, sealedSecretPath } from '../core/secret-files.ts';
import { SecretProblem, secretState, type Secrets } from '../core/secrets.ts';
import { SECRET_NAMES, type SecretName, type SecretState } from '../shared/contract/secrets.ts';

/** A secret of 4096 bytes, in JSON and base64. */
const MAX_SEALED_BYTES = 40_000;

/** Electron's safeStorage, in the form that answers at once and that every Electron has. */
export interface Keychain {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  /** Throws when it was encrypted with another key; on Linux not always. */
  decryptString(encrypted: Buffer): string;
  /** On Linux alone. */
  getSelectedStorageBackend(): string;
}

export interface SafeSecretsParts {
  readonly dir: string;
  readonly platform: string;
  readonly safeStorage: Keychain;
}

/** Secrets of a core that the shell hosts. */
export interface SafeSecrets extends Secrets {
  /** Encrypts what lies there in plain. The keychain may ask the person, and everything waits for the answer. */
  takeOver(): void;
}

/**
 * Secrets in files that the desktop's keychain encrypted (`*.sealed` beside the plain ones, 0600 as well). Where
 * the desktop has no keychain they are plain files as in a headless core, and that is said. A plain one that is
 * there already is encrypted when it is next used, and leaves only after what was written reads back.
 *
 * The keychain is asked for secrets that are there and for nothing else, never in a round of the loop: a locked one
 * holds the app's only thread until the person has unlocked it.
 */
export function createSafeSecrets({ dir, platform, safeStorage }: SafeSecretsParts): SafeSecrets {
  const plain = createSecretFiles(dir, platform);
  const isPlain = (name: SecretName): boolean => existsSync(plainSecretPath(dir, name));
  const isSealed = (name: SecretName): boolean => existsSync(sealedSecretPath(dir, name));
  /** As of their last use. */
  const problems = new Map<SecretName, string>();
  let missing = whyNever(safeStorage, platform);

  const hasKeychain = (): boolean => {
    missing = whyNever(safeStorage, platform);
    if (missing === null && !safeStorage.isEncryptionAvailable()) missing = LOCKED;
    return missing === null;
  };

  const unseal = (name: SecretName): string | null => {
    const text = readSecretFile(sealedSecretPath(dir, name), platform, MAX_SEALED_BYTES);
    if (text === null && !isSealed(name)) return null;
    if (!hasKeychain()) {
      throw new SecretProblem(
        `${name} is encrypted and ${missing ?? LOCKED}: unlock or start the keychain and start the app again, or set it again`,
      );
    }
    const value = opened(name, text ?? '', safeStorage);
    if (value !== null) return value;
    throw new SecretProblem(
      `${name} cannot be decrypted, since it was encrypted with another keychain (another machine, account or desktop, or a keychain that was reset): set it again`,
    );
  };

  const seal = (name: SecretName, value: string): void => {
    const text = sealed(name, value, safeStorage);
    // What cannot be opened again is not written over what may be.
    if (opened(name, text, safeStorage) !== value) throw unreadable(name);
    const path = sealedSecretPath(dir, name);
    writeSecretFile(path, text);
    if (opened(name, readSecretFile(path, platform, MAX_SEALED_BYTES) ?? '', safeStorage) !== value) {
      removeSecretFile(path);
      throw unreadable(name);
    }
    removeSecretFile(plainSecretPath(dir, name));
  };

  const readAnew = (name: SecretName): string | null => {
    if (!isPlain(name)) return unseal(name);
    const value = plain.read(name);
    if (value === null) return null;
    try {
      if (hasKeychain()) seal(name, value);
    } catch {
      // It is as good where it is, and the next use tries again.
      missing = "the desktop's keychain did not take them";
    }
    return value;
  };

  const read = (name: SecretName): string | null => {
    problems.delete(name);
    try {
      return readAnew(name);
    } catch (error) {
      problems.set(name, error instanceof SecretProblem ? error.message : `${name} cannot be read`);
      throw error;
    }
  };

  const states = (): readonly SecretState[] =>
    SECRET_NAMES.map((name): SecretState => {
      const state = secretState(name, () => read(name), missing === null ? 'keychain' : 'file', null);
      const keptIn = isPlain(name)
        ? 'file'
        : isSealed(name)
          ? 'keychain'
          : missing === null
            ? 'keychain'
            : 'file';
      return { ...state, keptIn, note: keptIn === 'file' ? noteOf(missing) : null };
    });

  return {
    read,
    put(name, value) {
      if (hasKeychain()) seal(name, value);
      else plain.put(name, value);
      problems.delete(name);
    },
    remove(name) {
      plain.remove(name);
      problems.delete(name);
    },
    states,
    notes: () => ({
      kept: SECRET_NAMES.some(isPlain) ? noteOf(missing) : null,
      problems: [...problems.values()],
    }),
    takeOver() {
      if (whyNever(safeStorage, platform) === null && SECRET_NAMES.some(isPlain)) states();
    },
  };
}

const LOCKED = "this desktop's keychain is locked or does not answer";

/** Half a sentence; null where a keychain may be there. Asks nobody. */
function whyNever(safeStorage: Keychain, platform: string): string | null {
  // With `basic_text` Chromium would encrypt with a key that everybody knows.
  return platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
    ? 'this desktop has no keychain'
    : null;
}

function noteOf(missing: string | null): string | null {
  if (missing === null) return null;
  return `Secrets are kept in files that only you can read, not encrypted: ${missing}.`;
}

/**
 * The name is in it, and it is JSON: on Linux nothing else proves that what a wrong key opens is what was meant, and
 * that nobody put one secret's file in place of another's.
 */
function sealed(name: SecretName, value: string, safeStorage: Keychain): string {
  try {
    return safeStorage.encryptString(JSON.stringify({ name, value })).toString('base64');
  } catch {
    // Its message may hold anything.
    throw new SecretProblem(`${name} could not be encrypted by the desktop's keychain`);
  }
}

/** Null when it is not what `sealed` made of a secret of that name. */
function opened(name: SecretName, text: string, safeStorage: Keychain): string | null {
  try {
    const inside = JSON.parse(safeStorage.decryptString(Buffer.from(text, 'base64'))) as Record<
      string,
      unknown
    >;
    return inside['name'] === name && typeof inside['value'] === 'string' && inside['value'] !== ''
      ? inside['value']
      : null;
  } catch {
    return null;
  }
}

function unreadable(name: SecretName): SecretProblem {
  return new SecretProblem(`${name} did not read back from the desktop's keychain`);
}
