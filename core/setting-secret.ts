import { settingLeaves, settingPath } from '../shared/view/setting-path.ts';

/** Names of settings that hold a secret themselves; files that hold one are only named, and may be shown. */
const SECRET_NAME = /(?:password|passphrase|secret|token|apikey|webhookurl)$/i;
/** An address with a user's password in it. */
const SECRET_ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]*:[^/?#@\s]*@/i;

/**
 * The settings without their secrets, and the paths of those taken out. A setting is secret by its name, by an
 * address that carries a password, or because its schema says so (`writeOnly`).
 */
export function withoutSecrets(
  values: Record<string, unknown>,
  isMarked: (keys: readonly (string | number)[]) => boolean,
): { readonly values: Record<string, unknown>; readonly hidden: readonly string[] } {
  const copy = structuredClone(values);
  const secret = settingLeaves(copy).filter(
    ({ keys, value }) => isPresent(value) && (isSecretName(keys) || holdsPassword(value) || isMarked(keys)),
  );
  for (const { keys } of secret) setNull(copy, keys);
  return { values: copy, hidden: secret.map(({ keys }) => settingPath(keys)) };
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function isSecretName(keys: readonly (string | number)[]): boolean {
  const name = keys.findLast((key) => typeof key === 'string');
  return typeof name === 'string' && SECRET_NAME.test(name);
}

function holdsPassword(value: unknown): boolean {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.some((text) => typeof text === 'string' && SECRET_ADDRESS.test(text));
}

function setNull(root: Record<string, unknown>, keys: readonly (string | number)[]): void {
  const holder = keys
    .slice(0, -1)
    .reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], root);
  (holder as Record<string, unknown>)[keys.at(-1) ?? ''] = null;
}
