/** A line of NUT's protocol in words, or why it is none. */
export type NutLine =
  { readonly ok: true; readonly words: readonly string[] } | { readonly ok: false; readonly why: string };

/**
 * Splits one line: words are parted by blanks, `"..."` holds blanks, and a backslash takes the next character
 * as it is. A quote left open and a backslash at the end are errors, never half a word.
 */
export function parseNutLine(line: string): NutLine {
  const words: string[] = [];
  let word: string | null = null;
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '\\') {
      at += 1;
      if (at >= line.length) return { ok: false, why: 'it ends in a lone backslash' };
      word = (word ?? '') + line.charAt(at);
    } else if (char === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (!quoted && (char === ' ' || char === '\t')) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quoted) return { ok: false, why: 'a quote is not closed' };
  if (word !== null) words.push(word);
  return { ok: true, words };
}

/** A word as it must be sent: quoted when it is empty or holds a blank, with quotes and backslashes escaped. */
export function nutWord(word: string): string {
  const escaped = word.replace(/["\\]/g, '\\$&');
  return word === '' || /[\s#=]/.test(word) ? `"${escaped}"` : escaped;
}
