import type { ProjectState, Snapshot } from '../contract/state.ts';
import { CHANGE_TYPES } from '../contract/vocabulary.ts';
import type { Verdict } from '../contract/vocabulary.ts';

/** Steps in which a charge is told elsewhere: each percent would be a request. */
const PERCENT_STEP = 5;
const WORDS: Readonly<Record<Verdict, string>> = {
  allow: 'go',
  throttle: 'slow',
  unknown: 'unknown',
  block: 'stop',
};

/**
 * One line about a project, for a title elsewhere: "shop: HIGH 80 % · feature stop · others go". Of a person nothing
 * but the verdict, as everywhere outside this machine (domain 1.2, wellbeing).
 */
export function stateLine(snapshot: Pick<Snapshot, 'energy'>, project: ProjectState): string {
  const { level, percent } = snapshot.energy;
  const charge = percent === null ? level : `${level} ${Math.round(percent / PERCENT_STEP) * PERCENT_STEP} %`;
  return [`${project.id}: ${charge}`, ...verdicts(project)].join(' · ');
}

/** The project's own change type first, then those that differ from it, then the rest in a word. */
function verdicts({ decisions, defaultChange }: ProjectState): string[] {
  const own = decisions[defaultChange]?.verdict ?? 'unknown';
  const others = CHANGE_TYPES.filter((change) => change !== defaultChange && decisions[change] !== undefined);
  const differing = others.filter((change) => decisions[change]?.verdict !== own);
  return [
    `${defaultChange} ${WORDS[own]}`,
    ...differing.map((change) => `${change} ${WORDS[decisions[change]?.verdict ?? 'unknown']}`),
    ...(differing.length < others.length ? [`others ${WORDS[own]}`] : []),
  ];
}
