import {
  CHANGE_TYPES,
  ENERGY_LEVELS,
  FRESHNESS,
  type ChangeType,
  type Verdict,
} from '../contract/vocabulary.ts';
import { CHANGE_WORDS } from './change-words.ts';
import { canHold } from './condition.ts';
import type { CandidateRule, Finding, ProfileRules, Rule, RuleTable } from './rule.ts';

/**
 * Sorts a table by level, age of the evidence and type of change, once, so that judging looks only at rules that can
 * speak and finds their words ready. A revert has no candidates: no rule ever binds it (D7).
 */
export function profileRules(table: RuleTable): ProfileRules {
  const byChange = eachOf(CHANGE_TYPES, (change) =>
    change === 'revert' ? [] : table.rules.flatMap((rule) => candidate(rule, change)),
  );
  return {
    ...table,
    candidates: eachOf(ENERGY_LEVELS, (level) =>
      eachOf(FRESHNESS, (freshness) =>
        eachOf(CHANGE_TYPES, (change) =>
          byChange[change].filter(({ rule }) => canHold(rule.when, level, freshness)),
        ),
      ),
    ),
  };
}

function candidate(rule: Rule, change: ChangeType): CandidateRule[] {
  const verdict = rule.verdicts[change] ?? null;
  const whenLong = rule.verdictWhenLong ?? verdict;
  if (verdict === null && whenLong === null) return [];
  const sentence = partsOf(rule, change);
  const finding = (asked: Verdict): Finding => ({
    rule,
    sentence,
    given: null,
    asked,
    verdict: asked,
    note: null,
  });
  const usual = verdict === null ? null : finding(verdict);
  return [
    {
      rule,
      isWaivable: rule.waivable === 'all' || rule.waivable === change,
      finding: usual,
      findingWhenLong: whenLong === verdict || whenLong === null ? usual : finding(whenLong),
    },
  ];
}

/** Text, placeholder, text, placeholder, ...: what does not depend on the facts is filled in. */
function partsOf({ says, when }: Rule, change: ChangeType): readonly string[] {
  const limit = when.kind === 'score' ? String(when.limit) : '';
  return says.replaceAll('{changes}', CHANGE_WORDS[change]).replaceAll('{limit}', limit).split(/[{}]/);
}

function eachOf<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;
}
