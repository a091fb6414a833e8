import type { AuditEntry } from '../../shared/contract/record.ts';

/** Names under which somebody may have put a credential. */
const SECRET_NAME =
  /(^|[^a-z])(token|secret|password|passwd|passphrase|authorization|cookie|credential|api[_-]?key|private[_-]?key|webhook)s?([^a-z]|$)/i;
/** Credentials that are known by how they begin, and the password of an address. */
const SECRET_VALUE =
  /\b(?:gh[opsu]_\w{16,}|github_pat_\w{16,}|xox[abprs]-[\w-]{10,}|sk-[\w-]{16,}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|Bearer\s+[\w.~+/-]{8,}=*)|https:\/\/hooks\.slack\.com\/\S+/gi;
const ADDRESS_PASSWORD = /(\w+:\/\/[^\s:/@]+):[^\s@/]+@/g;

export const MASK = '•••';

/** `value` with everything that looks like a secret masked; the shape stays. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(SECRET_VALUE, MASK).replaceAll(ADDRESS_PASSWORD, `$1:${MASK}@`);
  }
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecretName(name) && inner !== null ? MASK : withoutSecrets(inner),
    ]),
  );
}

/** "slackToken" is read as "slack Token", so that both ways of writing a name are found. */
function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2')) || SECRET_NAME.test(name);
}

/** The detail as JSON over several lines; null when there is none. */
export function detailText({ detail }: AuditEntry): string | null {
  if (Object.keys(detail).length === 0) return null;
  return JSON.stringify(withoutSecrets(detail), null, 2).replaceAll(
    /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    ' ',
  );
}

/** The id of the kept decision that an entry tells of; null when it tells of none. */
export function decisionIdOf({ act, detail }: AuditEntry): string | null {
  for (const name of ['decisionId', 'decision']) {
    const id = detail[name];
    if (typeof id === 'string' && id !== '') return id;
  }
  const id = detail['id'];
  return act.startsWith('gate') && typeof id === 'string' && id !== '' ? id : null;
}
