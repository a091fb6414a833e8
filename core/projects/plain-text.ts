const LONGEST = 1000;

/**
 * Text from outside as one harmless line: control characters, escape sequences and direction overrides are
 * written out (`\u001b`), and what is longer than `longest` characters is cut.
 */
export function plainText(text: string, longest = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return cut.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
