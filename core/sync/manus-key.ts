import { join } from 'node:path';

/** Where the key of Manus is kept unless the settings say otherwise. */
export function manusKeyPath(stateDir: string, keyFile: string | null): string {
  return keyFile ?? join(stateDir, 'secrets', 'manus-key');
}
