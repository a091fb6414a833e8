const LONGEST = 1000;
/** A number and its unit stay on one line. */
const SPACE_BEFORE_UNIT = /(?<=\d) (?=(?:%|°C|Wh?|min|h|s)(?![\p{L}\d]))/gu;

/**
 * Text from outside (a report, a UPS, a repository) on one line and of bounded length. Control characters and
 * direction overrides, which could make it read as something else, become spaces.
 */
export function plainText(text: string): string {
  const oneLine = text.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  return oneLine.length <= LONGEST ? oneLine : `${oneLine.slice(0, LONGEST - 1)}…`;
}

/** A sentence as the core gives it ("battery 17 %, draining 9.1 W"), with a full stop and, at a start, a capital. */
export function sentence(text: string, isStart = true): string {
  const plain = plainText(text).replaceAll(SPACE_BEFORE_UNIT, '\u202f');
  if (plain === '') return '';
  const capital = isStart ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain;
  return /[.?:…]$/.test(capital) ? capital : `${capital}.`;
}

/** "modelHealth", "model_health" and "gate-asked" as words. */
export function spacedWords(name: string): string {
  return plainText(name)
    .replaceAll(/[_-]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

export interface ProsePart {
  readonly text: string;
  readonly isCode: boolean;
}

/** "run `orch doctor` now" in its parts; a backtick without its pair is a character like any other. */
export function proseParts(text: string): readonly ProsePart[] {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) => {
      const isCode = part.length > 2 && part.startsWith('`') && part.endsWith('`');
      return { text: isCode ? part.slice(1, -1) : part, isCode };
    });
}
