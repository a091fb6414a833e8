import type { Decision, Reason } from '../contract/decision.ts';
import type { PolicyFacts } from './facts.ts';
import { findingsFor, worstOf } from './finding.ts';
import { inputsHash } from './inputs-hash.ts';
import { operatingModeFor } from './operating-mode.ts';
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
  const findings = findingsFor(facts, facts.change);
  const verdict = worstOf(findings);
  const reasons: Reason[] = [];
  for (const finding of findings) {
    reasons.push({
      code: finding.rule?.code ?? finding.given?.code ?? '',
      text: findingText(finding, facts, facts.change),
      verdict: finding.verdict,
    });
  }
  return {
    id: stamp.id,
    project: facts.project.id,
    change: facts.change,
    verdict,
    bindingReason: verdict === 'allow' ? null : (reasons[0]?.text ?? null),
    reasons,
    cheapestWayToPass: verdict === 'allow' ? null : cheapestWayToPass(facts, findings),
    retryAfterSeconds: verdict === 'allow' ? null : retryAfterSeconds(facts, findings),
    operatingMode: operatingModeFor(rulesOf(facts.project), facts.energy.level, facts.infrastructure?.mode),
    level: facts.energy.level,
    decidedAt: stamp.decidedAt,
    ages: {
      energy: facts.energy.ageSeconds,
      report: facts.project.reportAgeSeconds,
      machine: facts.machineAgeSeconds,
    },
    inputsHash: inputsHash(facts),
  };
}
