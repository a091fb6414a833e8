import type { Decision, Reason } from '../contract/decision.ts';
import { CHANGE_TYPES, type ChangeType } from '../contract/vocabulary.ts';
import type { PolicyFacts, Situation } from './facts.ts';
import { findingsFor, worstOf } from './finding.ts';
import { changeHash, situationLanes, type Lanes } from './inputs-hash.ts';
import { operatingModeFor } from './operating-mode.ts';
import type { Finding } from './rule.ts';
import { rulesOf } from './rules/by-profile.ts';
import { findingText } from './sentence.ts';
import { cheapestWayToPass, retryAfterSeconds } from './way-to-pass.ts';

export type {
  EnergyFacts,
  HaltFacts,
  InfrastructureFacts,
  PolicyFacts,
  ProjectFacts,
  QuarantineFacts,
  Situation,
  WaiverFacts,
} from './facts.ts';

/**
 * The verdict on one change of one project (domain 1.3): the worst over all rules, with every reason, the
 * binding one first, and the cheapest way to pass. Pure: the same facts give the same decision, and made-up
 * facts make a simulation. `stamp` names the decision and says when it was taken.
 */
export function decide(
  facts: PolicyFacts,
  stamp: { readonly id: string; readonly decidedAt: string },
): Decision {
  return decisionOn(facts.change, judged(facts), stamp.id, stamp.decidedAt);
}

/**
 * The same for every type of change at once: what does not depend on the type is worked out once, and shared.
 * An id is the label, the project and the type.
 */
export function decideAll(
  facts: Situation,
  stamp: { readonly label: string; readonly decidedAt: string },
): Record<ChangeType, Decision> {
  const all = judged(facts);
  const prefix = `${stamp.label}-${facts.project.id}-`;
  const decisions: Partial<Record<ChangeType, Decision>> = {};
  for (const change of CHANGE_TYPES) {
    decisions[change] = decisionOn(change, all, prefix + change, stamp.decidedAt);
  }
  return decisions as Record<ChangeType, Decision>;
}

/** What is the same for all types of change. */
interface Judged {
  readonly facts: Situation;
  readonly operatingMode: Decision['operatingMode'];
  readonly ages: Decision['ages'];
  readonly lanes: Lanes;
}

function judged(facts: Situation): Judged {
  const { project, energy, infrastructure, machineAgeSeconds } = facts;
  return {
    facts,
    operatingMode: operatingModeFor(rulesOf(project), energy.level, infrastructure?.mode),
    ages: { energy: energy.ageSeconds, report: project.reportAgeSeconds, machine: machineAgeSeconds },
    lanes: situationLanes(facts),
  };
}

function decisionOn(change: ChangeType, all: Judged, id: string, decidedAt: string): Decision {
  const { facts } = all;
  const findings = findingsFor(facts, change);
  const verdict = worstOf(findings);
  const reasons = findings.length === 0 ? [] : findings.map((one) => reasonOf(one, facts, change));
  const asked = verdict === 'allow' ? null : { facts, change, findings };
  return {
    id,
    project: facts.project.id,
    change,
    verdict,
    bindingReason: asked === null ? null : (reasons[0]?.text ?? null),
    reasons,
    cheapestWayToPass: asked === null ? null : cheapestWayToPass(asked),
    retryAfterSeconds: asked === null ? null : retryAfterSeconds(asked),
    operatingMode: all.operatingMode,
    level: facts.energy.level,
    decidedAt,
    ages: all.ages,
    inputsHash: changeHash(all.lanes, facts, change),
  };
}

function reasonOf(finding: Finding, facts: Situation, change: ChangeType): Reason {
  return {
    code: finding.rule?.code ?? finding.given?.code ?? '',
    text: findingText(finding, facts, change),
    verdict: finding.verdict,
  };
}
