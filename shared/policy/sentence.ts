import type { ChangeType } from '../contract/vocabulary.ts';
import type { HaltFacts, PolicyFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';
import { waiverEndMs, waiverFor } from './waiver.ts';

/** Change types as people speak of them. */
export const CHANGE_WORDS: Readonly<Record<ChangeType, string>> = {
  feature: 'features',
  fix: 'fixes',
  revert: 'reverts',
  safe: 'safe changes',
  experiment: 'experiments',
  infra: 'infrastructure changes',
};

/** The sentence of one finding, for a person. */
export function findingText(finding: Finding, facts: PolicyFacts, change: ChangeType): string {
  const said = finding.rule === null ? (finding.given?.text ?? '') : ruleText(finding.rule, facts, change);
  if (finding.note === 'observed') return `Observed only, would be ${finding.asked}: ${said}`;
  if (finding.note !== 'waived') return said;
  const waiver = waiverFor(facts, change);
  if (waiver === null) return said;
  const until = facts.localTime((waiverEndMs(waiver) - facts.nowMs) / 60_000);
  return `Waived by ${waiver.who} until ${until} (${waiver.why}): ${said}`;
}

/** Fills the `{...}` of a rule's sentence. By hand: this runs for every reason of every verdict. */
function ruleText(rule: Rule, facts: PolicyFacts, change: ChangeType): string {
  let text = '';
  let from = 0;
  for (;;) {
    const open = rule.says.indexOf('{', from);
    const close = rule.says.indexOf('}', open);
    if (open === -1 || close === -1) return text + rule.says.slice(from);
    text += rule.says.slice(from, open) + placeholder(rule.says.slice(open + 1, close), rule, facts, change);
    from = close + 1;
  }
}

function placeholder(name: string, rule: Rule, facts: PolicyFacts, change: ChangeType): string {
  const { project, energy } = facts;
  switch (name) {
    case 'halted':
      return haltText(facts);
    case 'energy':
      return energy.why;
    case 'changes':
      return CHANGE_WORDS[change];
    case 'reserve':
      return String(Math.floor(energy.reservePercent ?? 0));
    case 'weakest':
      return facts.infrastructure?.weakestLink ?? 'weakest link not known';
    case 'evidence':
      return capitalised(project.problem ?? 'no report');
    case 'confidence':
      return String(Math.floor(project.confidence * 100));
    case 'mode':
      return project.modeWhy ?? 'its scores';
    case 'score':
      return scoreOf(rule, facts);
    case 'limit':
      return rule.when.kind === 'score' ? String(rule.when.limit) : '';
    default:
      return '';
  }
}

function haltText(facts: PolicyFacts): string {
  const { halt, project } = facts;
  if (halt === null) return `Halted by ${project.modeWhy ?? 'its scores'}`;
  const since = facts.localTime((halt.sinceMs - facts.nowMs) / 60_000);
  return `${haltOpening(halt)} since ${since}${haltWhy(halt)}`;
}

function haltOpening(halt: HaltFacts): string {
  return halt.by === 'scores' ? `Halted by ${halt.why}` : `Halted by ${halt.who}`;
}

function haltWhy(halt: HaltFacts): string {
  return halt.by === 'scores' ? '' : `: ${halt.why}`;
}

function scoreOf(rule: Rule, facts: PolicyFacts): string {
  const value = rule.when.kind === 'score' ? facts.project.scores[rule.when.score] : null;
  return typeof value === 'number' ? String(Math.floor(value * 10) / 10) : 'n/a';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
