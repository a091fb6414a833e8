import {
  BUILT_IN_PROFILES,
  type ProfileDefinition,
  type ScoreDefinition,
} from '../consciousness/profile-definition.ts';
import { isSameNeed, type ScoreNeed } from '../consciousness/score-need.ts';
import { textHash } from './inputs-hash.ts';
import { profileRules } from './profile-rules.ts';
import type { ProfileRules, Rule } from './rule.ts';
import { RULES_BY_PROFILE } from './rules/by-profile.ts';
import { missingRule, scoreRules } from './score-rules.ts';

/**
 * The rules of a profile: those of the one it extends, without what they ask of scores that it changed or left out,
 * and with what it asks of its own. A profile that changes nothing has the same rules.
 */
export function rulesForProfile(definition: ProfileDefinition): ProfileRules {
  const base = RULES_BY_PROFILE[definition.base];
  if (definition === BUILT_IN_PROFILES[definition.base]) return base;
  const changed = definition.scores.filter((one) => !asksTheSame(one, inheritedFrom(definition, one)));
  const own = changed.map(scoreRules);
  const kept = base.rules.filter((rule) => {
    const score = scoreOf(rule);
    const one = definition.scores.find((other) => other.score === score);
    return score === null || (one !== undefined && !changed.includes(one));
  });
  const isSaid = (score: string): boolean =>
    kept.some(({ when }) => when.kind === 'score-missing' && when.score === score);
  const missing = definition.scores
    .filter(({ score }) => !isSaid(score))
    .map((one) => missingRule(one, definition))
    .filter((rule) => rule !== null);
  // Blocks come before evidence, and evidence before what a person may confirm.
  const firstOfEvidence = kept.findIndex(({ when }) => when.kind === 'freshness');
  const at = firstOfEvidence === -1 ? kept.length : firstOfEvidence;
  return profileRules({
    profile: definition.name,
    base: definition.base,
    levels: base.levels,
    rules: [
      ...kept.slice(0, at),
      ...own.flatMap(({ blocks }) => blocks),
      ...kept.slice(at),
      ...missing,
      ...own.flatMap(({ confirms }) => confirms),
    ],
    leavesHaltAt: leavesHaltAt(definition.scores),
    edition: textHash(JSON.stringify(definition)),
  });
}

function inheritedFrom({ base }: ProfileDefinition, { score }: ScoreDefinition): ScoreDefinition | null {
  return BUILT_IN_PROFILES[base].scores.find((other) => other.score === score) ?? null;
}

/** What rules ask of it; thresholds of the mode are the mode's. */
function asksTheSame(one: ScoreDefinition, inherited: ScoreDefinition | null): boolean {
  return (
    inherited !== null &&
    one.weight === inherited.weight &&
    isSameNeed(one.blockUnless, inherited.blockUnless) &&
    isSameNeed(one.throttleUnless, inherited.throttleUnless)
  );
}

function scoreOf({ when }: Rule): string | null {
  return when.kind === 'score' || when.kind === 'score-missing' ? when.score : null;
}

/** "40 or more" where all ask the same, else by name. */
function leavesHaltAt(scores: readonly ScoreDefinition[]): string {
  const asking = scores.flatMap(({ score, haltUnless }) =>
    haltUnless === null ? [] : [{ score, words: limitWords(haltUnless) }],
  );
  const [first] = asking;
  if (first === undefined || asking.every(({ words }) => words === first.words)) return first?.words ?? '';
  return asking.map(({ score, words }) => `${score.replaceAll('_', ' ')} ${words}`).join(', ');
}

function limitWords({ needs, limit }: ScoreNeed): string {
  switch (needs) {
    case 'above':
      return `more than ${limit}`;
    case 'at-least':
      return `${limit} or more`;
    case 'below':
      return `less than ${limit}`;
    case 'at-most':
      return `${limit} or less`;
  }
}
