import type { ProfileDefinition, ScoreDefinition } from '../consciousness/profile-definition.ts';
import type { ScoreNeed } from '../consciousness/score-need.ts';
import { MIN_CONFIDENCE } from '../consciousness/score.ts';
import type { Verdict } from '../contract/vocabulary.ts';
import type { Rule } from './rule.ts';
import { CANNOT_JUDGE } from './rules/everywhere.ts';

/** What asks something of one score: binding by itself, or until a person confirms. */
export interface ScoreRules {
  readonly blocks: readonly Rule[];
  readonly confirms: readonly Rule[];
}

const NEED_WORDS: Readonly<Record<ScoreNeed['needs'], string>> = {
  above: 'more than',
  'at-least': 'at least',
  below: 'less than',
  'at-most': 'at most',
};

/** The rules of one score of a profile from the settings, in the words of the built-in ones. */
export function scoreRules({ score, source, blockUnless, throttleUnless }: ScoreDefinition): ScoreRules {
  const isLoad = source === 'load';
  const rule = (need: ScoreNeed, verdict: Verdict, says: string): Rule => ({
    code: codeOf(score),
    when: { kind: 'score', score, ...need },
    verdicts: { feature: verdict, experiment: verdict, infra: verdict },
    says: `${labelOf(score)} is {score}: {changes} need ${NEED_WORDS[need.needs]} {limit}${says}.`,
    remedy: isLoad ? 'load' : 'score',
    retrySeconds: isLoad ? 60 : null,
    waivable: 'all',
  });
  return {
    blocks: blockUnless === null ? [] : [rule(blockUnless, 'block', '')],
    confirms:
      throttleUnless === null
        ? []
        : [
            {
              ...rule(throttleUnless, 'throttle', ', or a person to confirm them'),
              code: `${codeOf(score)}-confirm`,
              remedy: 'confirm',
              retrySeconds: null,
            },
          ],
  };
}

/**
 * What a score says that is not known; null where it need not. Unknown is never a pass: where scores are few, a
 * missing one takes the confidence below what is needed, and that rule speaks; where they are many, or a rule asks
 * something of the score itself, it speaks for itself.
 */
export function missingRule(
  { score, source, weight, blockUnless, throttleUnless }: ScoreDefinition,
  { scores, base }: ProfileDefinition,
): Rule | null {
  if (weight === 0 || source === 'machine') return null;
  const all = scores.reduce((sum, other) => sum + other.weight, 0);
  const isAsked = blockUnless !== null || throttleUnless !== null || base === 'infrastructure';
  if (!isAsked && (all - weight) / all < MIN_CONFIDENCE) return null;
  return {
    code: `${codeOf(score)}-missing`,
    when: { kind: 'score-missing', score },
    verdicts:
      base === 'business' ? CANNOT_JUDGE : { feature: 'unknown', experiment: 'unknown', infra: 'unknown' },
    says: `${labelOf(score)} is not known: {changes} cannot be judged.`,
    remedy: 'report',
    retrySeconds: 60,
    waivable: 'all',
  };
}

function codeOf(score: string): string {
  return `score-${score.replaceAll('_', '-')}`;
}

function labelOf(score: string): string {
  return sentenceCase(score.replaceAll('_', ' '));
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
