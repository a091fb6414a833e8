import type { ScoreDefinition } from '../consciousness/profile-definition.ts';
import type { ScoreNeed } from '../consciousness/score-need.ts';
import { MIN_CONFIDENCE } from '../consciousness/score.ts';
import type { Profile, Verdict } from '../contract/vocabulary.ts';
import type { Rule } from './rule.ts';
import { CANNOT_JUDGE } from './rules/everywhere.ts';

/** What asks something of one score: binding at once, for want of data, or a person's word. */
export interface ScoreRules {
  readonly blocks: readonly Rule[];
  readonly missing: readonly Rule[];
  readonly confirms: readonly Rule[];
}

const NEED_WORDS: Readonly<Record<ScoreNeed['needs'], string>> = {
  above: 'more than',
  'at-least': 'at least',
  below: 'less than',
  'at-most': 'at most',
};

/** The rules of one score of a profile from the settings, in the words of the built-in ones. */
export function scoreRules(
  one: ScoreDefinition,
  scores: readonly ScoreDefinition[],
  base: Profile,
): ScoreRules {
  const { score, blockUnless, throttleUnless } = one;
  const code = `score-${score.replaceAll('_', '-')}`;
  const label = sentenceCase(score.replaceAll('_', ' '));
  const common = { waivable: 'all', remedy: one.source === 'load' ? 'load' : 'score' } as const;
  const retrySeconds = one.source === 'load' ? 60 : null;
  const rule = (suffix: string, need: ScoreNeed, verdict: Verdict, says: string): Rule => ({
    ...common,
    code: `${code}${suffix}`,
    when: { kind: 'score', score, ...need },
    verdicts: { feature: verdict, experiment: verdict, infra: verdict },
    says: `${label} is {score}: {changes} ${says}`,
    retrySeconds,
  });
  return {
    blocks:
      blockUnless === null
        ? []
        : [rule('', blockUnless, 'block', `need ${NEED_WORDS[blockUnless.needs]} {limit}.`)],
    missing: isMissed(one, scores, base)
      ? [
          {
            code: `${code}-missing`,
            when: { kind: 'score-missing', score },
            verdicts:
              base === 'business'
                ? CANNOT_JUDGE
                : { feature: 'unknown', experiment: 'unknown', infra: 'unknown' },
            says: `${label} is not known: {changes} cannot be judged.`,
            remedy: 'report',
            retrySeconds: 60,
            waivable: 'all',
          },
        ]
      : [],
    confirms:
      throttleUnless === null
        ? []
        : [
            {
              ...rule(
                '-confirm',
                throttleUnless,
                'throttle',
                `need ${NEED_WORDS[throttleUnless.needs]} {limit}, or a person to confirm them.`,
              ),
              remedy: 'confirm',
              retrySeconds: null,
            },
          ],
  };
}

/**
 * Unknown is never a pass. Where scores are few, a missing one takes the confidence below what is needed, and that
 * rule speaks; where they are many, or nothing else is asked of them, the score must speak for itself.
 */
function isMissed(one: ScoreDefinition, scores: readonly ScoreDefinition[], base: Profile): boolean {
  if (one.weight === 0) return false;
  if (base === 'infrastructure') return true;
  if (one.blockUnless !== null || one.throttleUnless !== null) return true;
  const all = scores.reduce((sum, { weight }) => sum + weight, 0);
  return (all - one.weight) / all >= MIN_CONFIDENCE;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
