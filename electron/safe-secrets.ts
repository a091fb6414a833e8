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

/**
 * Secrets in files that the desktop's keychain encrypted (`*.sealed` beside the plain ones, 0600 as well). Where
 * the desktop has no keychain they are plain files as in a headless core, and `states` says so. A plain one that is
 * there already is encrypted when it is next looked at, and leaves only after what was written reads back.
 *
 * The keychain is not touched before there is a secret or a question about one: macOS may ask the person.
 */
export function createSafeSecrets({ dir, platform, safeStorage }: SafeSecretsParts): Secrets {
  const plain = createSecretFiles(dir, platform);
  const isPlain = (name: SecretName): boolean => existsSync(plainSecretPath(dir, name));
  const isSealed = (name: SecretName): boolean => existsSync(sealedSecretPath(dir, name));

  const unseal = (name: SecretName): string | null => {
    const text = readSecretFile(sealedSecretPath(dir, name), platform, MAX_SEALED_BYTES);
    if (text === null && !isSealed(name)) return null;
    const missing = whyNoKeychain(safeStorage, platform);
    if (missing !== null) {
      throw new SecretProblem(
        `${name} is encrypted and ${missing}: unlock or start the keychain and start the app again, or set it again`,
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

  const read = (name: SecretName): string | null => {
    if (!isPlain(name)) return unseal(name);
    const value = plain.read(name);
    if (value === null) return null;
    try {
      if (whyNoKeychain(safeStorage, platform) === null) seal(name, value);
    } catch {
      // It is as good where it is; `states` tells where that is, and the next look tries again.
    }
    return value;
  };

  return {
    read,
    put(name, value) {
      if (whyNoKeychain(safeStorage, platform) === null) seal(name, value);
      else plain.put(name, value);
    },
    remove: (name) => plain.remove(name),
    states() {
      const missing = whyNoKeychain(safeStorage, platform);
      return SECRET_NAMES.map((name): SecretState => {
        const state = secretState(name, () => read(name), missing === null ? 'keychain' : 'file', null);
        const keptIn = isPlain(name) ? 'file' : isSealed(name) ? 'keychain' : state.keptIn;
        return { ...state, keptIn, note: keptIn === 'file' ? noteOf(missing) : null };
      });
    },
  };
}

/** Half a sentence; null where the desktop's keychain can be used. */
function whyNoKeychain(safeStorage: Keychain, platform: string): string | null {
  // With `basic_text` Chromium would encrypt with a key that everybody knows.
  if (platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
    return 'this desktop has no keychain';
  return safeStorage.isEncryptionAvailable() ? null : "this desktop's keychain is locked or does not answer";
}

function noteOf(missing: string | null): string {
  const why = missing ?? "the desktop's keychain did not take them";
  return `Secrets are kept in files that only you can read, not encrypted: ${why}.`;
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
