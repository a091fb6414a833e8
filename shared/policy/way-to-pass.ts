import type { ChangeType } from '../contract/vocabulary.ts';
import type { Situation } from './facts.ts';
import { findingsFor, worstOf } from './finding.ts';
import type { Finding, Remedy } from './rule.ts';
import { rulesOf } from './rules/by-profile.ts';

/** One change in a situation, and what speaks on it. */
export interface Asked {
  readonly facts: Situation;
  readonly change: ChangeType;
  readonly findings: readonly Finding[];
}

/**
 * The one most useful thing to do. Where a single step lifts all that binds, it is that step; where it takes
 * several and the change could honestly be smaller, "make it a fix"; else the steps together.
 */
export function cheapestWayToPass(asked: Asked): string {
  const { facts, change, findings } = asked;
  const steps: string[] = [];
  let needsScore = false;
  for (const finding of findings) {
    if (finding.verdict === 'allow') continue;
    needsScore ||= remedyOf(finding) === 'score';
    const step = stepFor(finding, asked);
    if (!steps.includes(step)) steps.push(step);
  }
  const isProject = change === 'feature' || change === 'infra';
  const fixHelps = isProject && (steps.length > 1 || needsScore);
  if (fixHelps && worstOf(findingsFor(facts, 'fix')) === 'allow') return 'make it a fix';
  return steps.length === 1 ? (steps[0] ?? '') : steps.slice(0, 3).join(' and ');
}

/**
 * Seconds until asking again makes sense: the longest over all that binds; null when only a person can
 * change one of them.
 */
export function retryAfterSeconds(asked: Asked): number | null {
  let seconds = 0;
  for (const finding of asked.findings) {
    if (finding.verdict === 'allow') continue;
    const own = retryOf(finding, asked);
    if (own === null) return null;
    seconds = Math.max(seconds, own);
  }
  return seconds;
}

function retryOf(finding: Finding, asked: Asked): number | null {
  if (finding.rule === null) return 60;
  const minutes = waitMinutes(finding, asked);
  return minutes === null ? finding.rule.retrySeconds : Math.max(1, Math.ceil(minutes * 60));
}

function stepFor(finding: Finding, asked: Asked): string {
  const { facts } = asked;
  const minutes = waitMinutes(finding, asked);
  if (minutes !== null) return `wait until about ${facts.localTime(minutes)}`;
  switch (remedyOf(finding)) {
    case 'power':
      return powerStep(facts);
    case 'power-sensor':
      return 'make the power readable (`orch doctor` says what is wrong)';
    case 'reserve':
      return 'let it charge to 10 %';
    case 'lift-halt':
      return haltStep(asked);
    case 'new-commit':
      return `make a new commit, or let this one try again (\`orch actions retry ${facts.quarantine?.actionId.slice(0, 8) ?? 'ID'}\`)`;
    case 'confirm':
      return 'have a person confirm it';
    case 'report':
      return `write a fresh report (\`orch guard ${facts.project.id} --write\`)`;
    case 'score':
      return scoreStep(finding);
    case 'load':
      return 'wait until this machine is less busy';
    case 'cooling':
      return 'let the machine cool down';
    case 'infrastructure':
      return `wait until this has recovered: ${facts.infrastructure?.weakestLink ?? 'the weakest link'}`;
    case 'elsewhere':
      return `clear this elsewhere: ${finding.given?.text ?? ''}`;
  }
}

function remedyOf(finding: Finding): Remedy {
  return finding.rule?.remedy ?? 'elsewhere';
}

/** Minutes until a finding lifts by itself; null when that is not known. */
function waitMinutes(finding: Finding, { facts, change }: Asked): number | null {
  const { energy, halt, nowMs } = facts;
  switch (remedyOf(finding)) {
    case 'power':
      return energy.minutesToNextLevel ?? null;
    case 'reserve':
      // D3: at the latest after 10 minutes of net charge.
      return typeof energy.netChargeMinutes === 'number' ? Math.max(0, 10 - energy.netChargeMinutes) : null;
    case 'lift-halt':
      return change !== 'fix' && halt !== null && halt.untilMs !== null
        ? Math.max(0, (halt.untilMs - nowMs) / 60_000)
        : null;
    default:
      return null;
  }
}

function powerStep({ energy }: Situation): string {
  if (energy.upsOnBattery === true) return 'wait until mains power is back';
  return energy.onExternalPower === true ? 'use a stronger charger' : 'plug in';
}

function haltStep({ facts: { project, halt }, change }: Asked): string {
  if (change === 'fix')
    return `waive it with a reason (\`orch waive ${project.id} --change fix --reason ...\`)`;
  const isScores = halt === null ? project.mode === 'HALT' : halt.by === 'scores';
  return isScores
    ? `bring the scores to ${rulesOf(project).leavesHaltAt} (${halt?.why ?? project.modeWhy ?? 'see its report'})`
    : `lift the HALT (\`orch clear ${project.id} --reason ...\`)`;
}

function scoreStep(finding: Finding): string {
  const when = finding.rule?.when;
  if (when?.kind !== 'score') return 'raise its scores';
  const words = { above: 'above', below: 'below', 'at-least': 'to at least', 'at-most': 'to at most' };
  return `bring ${when.score.replaceAll('_', ' ')} ${words[when.needs]} ${when.limit}`;
}
