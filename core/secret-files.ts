import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { SECRET_NAMES, type SecretName } from '../shared/contract/secrets.ts';
import { readSecretFile, removeSecretFile, writeSecretFile } from './secret-file.ts';
import { SecretProblem, secretState, type Secrets } from './secrets.ts';

const MAX_BYTES = 4096;

/** Where a secret of the state folder is, in plain. */
export function plainSecretPath(dir: string, name: SecretName): string {
  return join(dir, name);
}

/** Where it is when the desktop app has encrypted it. Where both are, the plain one is newer. */
export function sealedSecretPath(dir: string, name: SecretName): string {
  return join(dir, `${name}.sealed`);
}

export function secretsDir(stateDir: string): string {
  return join(stateDir, 'secrets');
}

/**
 * One file a secret in `dir`, 0600 in a 0700 folder. A file that others can read is not used, and said so. What the
 * desktop app has encrypted cannot be read here: that is said too, with the way out.
 */
export function createSecretFiles(dir: string, platform: string): Secrets {
  const secrets: Secrets = {
    read(name) {
      const value = readSecretFile(plainSecretPath(dir, name), platform, MAX_BYTES);
      if (value !== null || !existsSync(sealedSecretPath(dir, name))) return value;
      throw new SecretProblem(
        `${name} is locked to the desktop app, which encrypted it: let the app host the core, or set it again`,
      );
    },
    put(name, value) {
      writeSecretFile(plainSecretPath(dir, name), value);
      removeSecretFile(sealedSecretPath(dir, name));
    },
    remove(name) {
      removeSecretFile(plainSecretPath(dir, name));
      removeSecretFile(sealedSecretPath(dir, name));
    },
    states: () => SECRET_NAMES.map((name) => secretState(name, () => secrets.read(name), 'file', null)),
    notes: () => ({ kept: null, problems: secrets.states().flatMap(({ problem }) => problem ?? []) }),
  };
  return secrets;
}
