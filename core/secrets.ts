import type { SecretName, SecretState } from '../shared/contract/secrets.ts';

/** A secret that is there and must not be used, or cannot be read. Names the place, never the content. */
export class SecretProblem extends Error {
  override readonly name = 'SecretProblem';
}

/**
 * Where secrets are kept: files of the person alone in the headless core, the desktop's own keychain in the shell.
 * Values go in and reach the one part that uses them; nothing else ever sees them.
 */
export interface Secrets {
  /**
   * Null when it is not set.
   *
   * @throws SecretProblem when it is set and must not be used
   */
  read(name: SecretName): string | null;
  /** @throws SecretProblem when it cannot be kept */
  put(name: SecretName, value: string): void;
  remove(name: SecretName): void;
  /** Every secret there can be, without its value. */
  states(): readonly SecretState[];
}
