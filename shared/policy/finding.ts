import type { Reason } from '../contract/decision.ts';
import { VERDICTS, type ChangeType, type Verdict } from '../contract/vocabulary.ts';
import { holds } from './condition.ts';
import type { PolicyFacts } from './facts.ts';
import type { Rule } from './rule.ts';
import { RULES_BY_PROFILE } from './rules/by-profile.ts';
import { waiverFor } from './waiver.ts';

/** What one rule, or a reason from elsewhere, says about one change. */
export interface Finding {
  readonly rule: Rule | null;
  readonly given: Reason | null;
  /** What the rule asks for by itself. */
  readonly asked: Verdict;
  /** What it binds after waivers and observe-only. */
  readonly verdict: Verdict;
  readonly note: 'waived' | 'observed' | null;
}

const RANK: Readonly<Record<Verdict, number>> = Object.fromEntries(
  VERDICTS.map((verdict, rank) => [verdict, rank]),
) as Record<Verdict, number>;

export function isWorse(verdict: Verdict, than: Verdict): boolean {
  return RANK[verdict] > RANK[than];
}

/** Every rule that speaks, most binding first. A revert is never bound by any of them (D7). */
export function findingsFor(facts: PolicyFacts, change: ChangeType): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of RULES_BY_PROFILE[facts.project.profile].rules) {
    const asked = verdictOf(rule, facts, change);
    if (asked === undefined || !holds(rule.when, facts)) continue;
    findings.push(ruleFinding(rule, asked, facts, change));
  }
  for (const given of facts.extraReasons) {
    const observed = facts.observeOnly.includes(given.code) && given.verdict !== 'allow';
    const verdict = change === 'revert' || observed ? 'allow' : given.verdict;
    findings.push({ rule: null, given, asked: given.verdict, verdict, note: observed ? 'observed' : null });
  }
  return findings.sort((a, b) => RANK[b.verdict] - RANK[a.verdict]);
}

/** The worst over all findings. */
export function worstOf(findings: readonly Finding[]): Verdict {
  return findings[0]?.verdict ?? 'allow';
}

/** D3: with a thin reserve, anything that takes more than 10 minutes waits like an experiment. */
function verdictOf(rule: Rule, facts: PolicyFacts, change: ChangeType): Verdict | undefined {
  const isLong = facts.expectedMinutes !== null && facts.expectedMinutes > 10;
  if (rule.when.kind === 'reserve' && isLong && change !== 'revert') return 'block';
  return rule.verdicts[change];
}

function ruleFinding(rule: Rule, asked: Verdict, facts: PolicyFacts, change: ChangeType): Finding {
  const note = asked === 'allow' ? null : noteOn(rule, facts, change);
  return { rule, given: null, asked, verdict: note === null ? asked : 'allow', note };
}

function noteOn(rule: Rule, facts: PolicyFacts, change: ChangeType): Finding['note'] {
  if (facts.observeOnly.includes(rule.code)) return 'observed';
  const canWaive = rule.waivable === 'all' || rule.waivable === change;
  return canWaive && waiverFor(facts, change) !== null ? 'waived' : null;
}
