/** Words that stand before a secret, in names of fields. */
const SECRET_FIELD = /key|token|secret|password|authorization|credential/i;
/** Text that is a credential by its form: common prefixes of API keys, and bearer tokens. */
const SECRET_TEXT = /\b(?:sk-|gh[opsu]_|github_pat_|xox[abp]-)[\w-]{8,}|\bBearer\s+\S+/g;
const LONGEST_TEXT = 300;

/** What was sent, as the audit may keep it: credentials masked, long texts cut. */
export function maskedBody(value: unknown): unknown {
  if (typeof value === 'string') {
    const masked = value.replace(SECRET_TEXT, '***');
    return masked.length > LONGEST_TEXT ? `${masked.slice(0, LONGEST_TEXT)}…` : masked;
  }
  if (Array.isArray(value)) return value.map(maskedBody);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_FIELD.test(name) && typeof inner === 'string' ? '***' : maskedBody(inner),
    ]),
  );
}
