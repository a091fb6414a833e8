import type { ChangeType } from '../contract/vocabulary.ts';
import type { HaltFacts, Situation } from './facts.ts';
import type { Finding, Rule } from './rule.ts';
import { waiverEndMs, waiverFor } from './waiver.ts';

/** The sentence of one finding, for a person. */
export function findingText(finding: Finding, facts: Situation, change: ChangeType): string {
  const said = finding.rule === null ? (finding.given?.text ?? '') : ruleText(finding.rule, finding, facts);
  if (finding.note === 'observed') return `Observed only, would be ${finding.asked}: ${said}`;
  if (finding.note !== 'waived') return said;
  const waiver = waiverFor(facts, change);
  if (waiver === null) return said;
  const until = facts.localTime((waiverEndMs(waiver) - facts.nowMs) / 60_000);
  return `Waived by ${waiver.who} until ${until} (${waiver.why}): ${said}`;
}

/** Fills the `{...}` of a rule's sentence; every second part names one. */
function ruleText(rule: Rule, { sentence }: Finding, facts: Situation): string {
  let text = sentence[0] ?? '';
  for (let at = 1; at < sentence.length; at += 2) {
    text += placeholder(sentence[at] ?? '', rule, facts) + (sentence[at + 1] ?? '');
  }
  return text;
}

function placeholder(name: string, rule: Rule, facts: Situation): string {
  const { project, energy } = facts;
  switch (name) {
    case 'halted':
      return haltText(facts);
    case 'commit':
      return facts.quarantine?.commit.slice(0, 10) ?? '';
    case 'rollback':
      return facts.quarantine?.cause ?? 'of errors';
    case 'energy':
      return energy.why;
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
    default:
      return '';
  }
}

function haltText(facts: Situation): string {
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

function scoreOf(rule: Rule, facts: Situation): string {
  const value = rule.when.kind === 'score' ? facts.project.scores[rule.when.score] : null;
  return typeof value === 'number' ? String(Math.floor(value * 10) / 10) : 'n/a';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
