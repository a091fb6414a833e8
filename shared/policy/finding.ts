import { VERDICTS, type ChangeType, type Verdict } from '../contract/vocabulary.ts';
import { holds } from './condition.ts';
import type { Situation } from './facts.ts';
import type { CandidateRule, Finding } from './rule.ts';
import { rulesOf } from './rules/by-profile.ts';
import { waiverFor } from './waiver.ts';

const RANK: Readonly<Record<Verdict, number>> = Object.fromEntries(
  VERDICTS.map((verdict, rank) => [verdict, rank]),
) as Record<Verdict, number>;

/** D3: with a thin reserve, anything that takes more than this waits like an experiment. */
const LONG_MINUTES = 10;

/** Every rule that speaks, most binding first. A revert is never bound by any of them (D7). */
export function findingsFor(facts: Situation, change: ChangeType): readonly Finding[] {
  const { project, energy, expectedMinutes } = facts;
  const findings: Finding[] = [];
  const isLong = expectedMinutes !== null && expectedMinutes > LONG_MINUTES;
  for (const candidate of rulesOf(project).candidates[energy.level][project.freshness][change]) {
    const finding = isLong ? candidate.findingWhenLong : candidate.finding;
    if (finding === null || !holds(candidate.rule.when, facts)) continue;
    const note = finding.asked === 'allow' ? null : noteOn(candidate, facts, change);
    insert(findings, note === null ? finding : { ...finding, verdict: 'allow', note });
  }
  if (facts.extraReasons.length > 0) addGiven(findings, facts, change);
  return findings;
}

function addGiven(findings: Finding[], facts: Situation, change: ChangeType): void {
  for (const given of facts.extraReasons) {
    const observed = facts.observeOnly.includes(given.code) && given.verdict !== 'allow';
    const verdict = change === 'revert' || observed ? 'allow' : given.verdict;
    const note = observed ? 'observed' : null;
    insert(findings, { rule: null, sentence: [], given, asked: given.verdict, verdict, note });
  }
}

/** The worst over all findings. */
export function worstOf(findings: readonly Finding[]): Verdict {
  return findings[0]?.verdict ?? 'allow';
}

/** Behind everything that is as binding: few speak, so that this is cheaper than a sort. */
function insert(findings: Finding[], finding: Finding): void {
  let at = findings.length;
  findings.push(finding);
  for (; at > 0; at -= 1) {
    const before = findings[at - 1];
    if (before === undefined || RANK[before.verdict] >= RANK[finding.verdict]) break;
    findings[at] = before;
  }
  findings[at] = finding;
}

function noteOn({ rule, isWaivable }: CandidateRule, facts: Situation, change: ChangeType): Finding['note'] {
  if (facts.observeOnly.includes(rule.code)) return 'observed';
  return isWaivable && waiverFor(facts, change) !== null ? 'waived' : null;
}
