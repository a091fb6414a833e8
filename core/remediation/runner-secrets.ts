import { readFileSync } from 'node:fs';

const SHORTEST_SECRET = 4;
const MASK = '***';
/** Names of variables and settings whose value is a secret, whoever set it. */
const SECRET_NAME = /token|secret|passw|credential|api_?key|private_?key/i;

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Puts `***` in place of every secret in a text; of those with several lines in place of each line too. */
export function maskSecrets(text: string, secrets: Iterable<string>): string {
  const parts = new Set<string>();
  for (const secret of secrets) {
    const whole = secret.trim();
    if (whole.length >= SHORTEST_SECRET) parts.add(whole);
    const lines = whole.split('\n');
    if (lines.length > 1) {
      for (const line of lines) if (line.trim().length >= 2 * SHORTEST_SECRET) parts.add(line.trim());
    }
  }
  // The longest first: a secret may hold another.
  return [...parts]
    .sort((one, other) => other.length - one.length)
    .reduce((masked, part) => masked.replaceAll(part, MASK), text);
}

/** The same in every text of a value; names of fields and all that is no text stay as they are. */
export function maskSecretsIn(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return maskSecrets(value, secrets);
  if (Array.isArray(value)) return value.map((one) => maskSecretsIn(one, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, maskSecretsIn(inner, secrets)]),
  );
}

/**
 * The values of all files that the settings name as secret (`nutPasswordFile`, `tokenFile`, ...): no output that is
 * kept may show them. Files that cannot be read have no value to show.
 */
export function secretsOfSettings(settings: unknown): string[] {
  const paths = new Set<string>();
  const walk = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      if (/file$/i.test(name) && isSecretName(name)) paths.add(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, Array.isArray(value) ? name : key);
    }
  };
  walk(settings, '');
  return [...paths].map(readOrEmpty).filter((value) => value !== '');
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
