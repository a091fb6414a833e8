import type { Decision } from '../../../shared/contract/decision.ts';
import type { Snapshot } from '../../../shared/contract/state.ts';
import { VERDICTS, type ChangeType, type Verdict } from '../../../shared/contract/vocabulary.ts';
import { publicDecision } from '../../../shared/policy/public-decision.ts';
import type { Repository } from './repositories.ts';

/** What GitHub is told of a commit. Public: nothing of it says how the person feels. */
export interface GateWord {
  readonly verdict: Verdict;
  /** Code of the binding reason; null for allow. A word of the same verdict and code is not told again. */
  readonly code: string | null;
  /** One sentence. */
  readonly text: string;
  /** Nothing merges by itself in SAFE or HALT, whatever passes (domain 1.3). */
  readonly mayMergeByItself: boolean;
}

/** GitHub takes at most so many letters in a commit status. */
const STATUS_LETTERS = 140;
const CALM_MODES: readonly (string | null)[] = ['SAFE', 'HALT'];

export const STATUS_OF = {
  allow: 'success',
  throttle: 'pending',
  block: 'failure',
  unknown: 'error',
} as const satisfies Record<Verdict, string>;

/** Never `neutral`: GitHub lets that pass a required check. */
export const CONCLUSION_OF = {
  allow: 'success',
  throttle: 'action_required',
  block: 'failure',
  unknown: 'action_required',
} as const satisfies Record<Verdict, string>;

/**
 * The worst verdict over every project of the repository and every change type that lands; `changes` null is each
 * project's default change type.
 */
export function gateWord(
  snapshot: Snapshot,
  repository: Repository,
  changes: readonly ChangeType[] | null,
): GateWord {
  const states = repository.projects.map(({ id }) => snapshot.projects.find((state) => state.id === id));
  const decisions = states.flatMap((state) => {
    if (state === undefined) return [];
    return (changes ?? [state.defaultChange]).flatMap((change) => state.decisions[change] ?? []);
  });
  const isWhole = states.every((state) => state !== undefined) && decisions.length > 0;
  const [worst] = [...decisions].sort((one, other) => badness(other) - badness(one));
  if (worst === undefined || (!isWhole && worst.verdict !== 'block')) {
    return {
      verdict: 'unknown',
      code: 'not-judged',
      text: 'This cannot be judged now.',
      mayMergeByItself: false,
    };
  }
  const { verdict, reasons, bindingReason, cheapestWayToPass } = publicDecision(worst);
  const way = cheapestWayToPass === null ? '' : ` To pass: ${cheapestWayToPass}.`;
  return {
    verdict,
    code: verdict === 'allow' ? null : (reasons[0]?.code ?? null),
    text: verdict === 'allow' ? 'May go now.' : `${bindingReason ?? 'Not now.'}${way}`,
    mayMergeByItself:
      verdict === 'allow' && states.every((state) => state !== undefined && !CALM_MODES.includes(state.mode)),
  };
}

/** As long as a commit status may be. */
export function statusText(text: string): string {
  return text.length <= STATUS_LETTERS ? text : `${text.slice(0, STATUS_LETTERS - 1)}…`;
}

function badness({ verdict }: Pick<Decision, 'verdict'>): number {
  return VERDICTS.indexOf(verdict);
}
