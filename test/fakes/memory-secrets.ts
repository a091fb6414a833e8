import type { Secrets } from '../../core/secrets.ts';
import { SECRET_NAMES, type SecretName } from '../../shared/contract/secrets.ts';

/** Secrets that are nowhere but here. */
export function memorySecrets(first: Partial<Record<SecretName, string>> = {}): Secrets {
  const values = new Map(Object.entries(first));
  return {
    read: (name) => values.get(name) ?? null,
    put: (name, value) => void values.set(name, value),
    remove: (name) => void values.delete(name),
    states: () =>
      SECRET_NAMES.map((name) => ({
        name,
        isSet: values.has(name),
        problem: null,
        keptIn: 'file',
        note: null,
      })),
    notes: () => ({ kept: null, problems: [] }),
  };
}
