import type { Decision } from '../../shared/contract/decision.ts';
import type { EnergyState } from '../../shared/contract/energy.ts';
import { CHANGE_WORDS } from '../../shared/policy/change-words.ts';
import { plainWords } from './plain-words.ts';

export interface PushWordsInput {
  readonly decision: Decision;
  readonly branch: string;
  readonly energy: Pick<EnergyState, 'percent' | 'ups'>;
  /** Whether the push ends here. */
  readonly isStopped: boolean;
  /** Whether the same push would go, were it a fix. */
  readonly fixGoes: boolean;
  /** False where there were too many commits to look at. */
  readonly isCounted: boolean;
  /** Whether the repository holds several projects. */
  readonly nameProject: boolean;
}

/** `orch: push to main blocked: battery 12 %, features need 20 %. Plug in, or push as a fix.` Empty for allow. */
export function pushWords(input: PushWordsInput): string {
  const { decision, branch, isStopped } = input;
  if (decision.verdict === 'allow') return '';
  const of = input.nameProject ? ` (${decision.project})` : '';
  const outcome = isStopped ? 'blocked' : OUTCOME[decision.verdict];
  return plainWords(`orch: push to ${branch}${of} ${outcome}: ${reason(input)}. ${wayOut(input)}`);
}

const OUTCOME = { block: 'blocked', throttle: 'needs review', unknown: 'unclear, goes on' } as const;

function reason({ decision, energy, isCounted }: PushWordsInput): string {
  const changes = isCounted
    ? CHANGE_WORDS[decision.change]
    : `${CHANGE_WORDS[decision.change]} (too many commits)`;
  const feedingUpsIsOut = energy.ups.some((ups) => ups.feedsThisMachine && ups.onBattery === true);
  if (decision.reasons[0]?.code === 'energy-low' && energy.percent !== null && !feedingUpsIsOut) {
    return `battery ${Math.floor(energy.percent)} %, ${changes} need 20 %`;
  }
  const text = decision.bindingReason ?? 'no reason was given';
  return lowerFirst(text.replace(/[.\s]+$/, ''));
}

function wayOut({ decision, isStopped, fixGoes }: PushWordsInput): string {
  if (!isStopped && decision.verdict === 'throttle') return 'A person confirms it: you, by pushing.';
  const way = decision.cheapestWayToPass ?? '';
  if (way === '') return '';
  const isFixAlready = /\bmake it a fix\b/.test(way);
  return `${upperFirst(isFixAlready ? 'push it as a fix' : way)}${fixGoes && !isFixAlready ? ', or push as a fix' : ''}.`;
}

/** Words in capitals (LOW, HALT, SAFE) stay as they are. */
function lowerFirst(text: string): string {
  return /^[A-Z](?![A-Z])/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
