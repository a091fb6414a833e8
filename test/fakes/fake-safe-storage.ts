import type { Keychain } from '../../electron/safe-secrets.ts';

/** What the keychain of a desktop is like; may change while it is used. */
export interface FakeKeychain {
  backend: string;
  isAvailable: boolean;
  /** Another key is another machine, or a keychain that was reset. */
  key: number;
  /** Encrypts, and what comes back is something else. */
  isBroken: boolean;
  /** As Linux without a check: another key opens to rubbish and not to an error. */
  isUnchecked: boolean;
  askedCount: number;
}

/** Electron's safeStorage as far as it is used, on a key of one byte. */
export function fakeSafeStorage(change: Partial<FakeKeychain> = {}) {
  const keychain: FakeKeychain = {
    backend: 'gnome_libsecret',
    isAvailable: true,
    key: 0x5a,
    isBroken: false,
    isUnchecked: false,
    askedCount: 0,
    ...change,
  };
  const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ keychain.key));
  const safeStorage: Keychain = {
    getSelectedStorageBackend: () => keychain.backend,
    isEncryptionAvailable() {
      keychain.askedCount += 1;
      return keychain.isAvailable;
    },
    encryptString(text) {
      if (!keychain.isAvailable) throw new Error(`Encryption is not available for ${text}`);
      return turned(Buffer.from(`v11${keychain.isBroken ? 'rubbish' : text}`));
    },
    decryptString(bytes) {
      if (!keychain.isAvailable) throw new Error('Decryption is not available');
      const text = turned(bytes).toString('utf8');
      if (!text.startsWith('v11') && !keychain.isUnchecked) throw new Error('Error while decrypting');
      return text.slice(3);
    },
  };
  return { keychain, safeStorage };
}
