import type { ChangeType, EnergyLevel, Verdict } from '../contract/vocabulary.ts';

/** The shape drawn inside the ring and beside every verdict; colour is never the only sign. */
export type VerdictGlyph = 'dot' | 'bars' | 'cross' | 'question';

export interface VerdictWords {
  readonly glyph: VerdictGlyph;
  /** The same shape as one character, for places that hold only text. */
  readonly character: string;
  /** What happens to changes of this kind, as the end of a sentence: "features" + "wait". */
  readonly plural: string;
  /** The verdict alone, in sentence case: "Wait". */
  readonly title: string;
}

export const VERDICT_WORDS: Readonly<Record<Verdict, VerdictWords>> = {
  allow: { glyph: 'dot', character: '●', plural: 'go', title: 'Go' },
  throttle: { glyph: 'bars', character: '‖', plural: 'need review', title: 'Review first' },
  block: { glyph: 'cross', character: '✕', plural: 'wait', title: 'Wait' },
  unknown: { glyph: 'question', character: '?', plural: 'unclear', title: 'Unclear' },
};

/** Many changes of one kind, lower case, as the start of a phrase. */
export const CHANGE_NOUNS: Readonly<Record<ChangeType, string>> = {
  feature: 'features',
  fix: 'fixes',
  revert: 'reverts',
  safe: 'safe changes',
  experiment: 'experiments',
  infra: 'infrastructure',
};

/** "features wait", "fixes go", "experiments need review", "infrastructure waits". */
export function verdictPhrase(change: ChangeType, verdict: Verdict): string {
  return `${CHANGE_NOUNS[change]} ${verdictEnding(change, verdict)}`;
}

/** "LOW, features wait": what the ring and the tray icon show, for those who cannot see them. */
export function levelPhrase(level: EnergyLevel, change: ChangeType, verdict: Verdict): string {
  return `${level}, ${verdictPhrase(change, verdict)}`;
}

function verdictEnding(change: ChangeType, verdict: Verdict): string {
  const plural = VERDICT_WORDS[verdict].plural;
  if (change !== 'infra') return plural;
  return { go: 'goes', wait: 'waits', 'need review': 'needs review' }[plural] ?? plural;
}
