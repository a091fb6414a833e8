import type { SecretName, SecretState } from '../shared/contract/secrets.ts';

/** A secret that is there and must not be used, or cannot be read. Names the place, never the content. */
export class SecretProblem extends Error {
  override readonly name = 'SecretProblem';
}

/**
 * Where secrets are kept: files of the person alone in the headless core, encrypted by the desktop's own keychain in
 * a core that the shell hosts.
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
  /** What is known of them without asking anybody: said in every round of the loop. */
  notes(): SecretNotes;
}

/** What a person should know of the secrets that are set. */
export interface SecretNotes {
  /** Where they are, and why not in the keychain; null when there is nothing to say. */
  readonly kept: string | null;
  /** One for each that is of no use: half a sentence. */
  readonly problems: readonly string[];
}

/** What may be told of a secret: whether `read` finds one and what keeps it from being used. */
export function secretState(
  name: SecretName,
  read: () => string | null,
  keptIn: SecretState['keptIn'],
  note: SecretState['note'],
): SecretState {
  try {
    return { name, isSet: read() !== null, problem: null, keptIn, note };
  } catch (error) {
    const problem = error instanceof SecretProblem ? error.message : 'it cannot be read';
    return { name, isSet: true, problem, keptIn, note };
  }
}
