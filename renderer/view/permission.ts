import type { Decision } from '../../shared/contract/decision.ts';
import type { ProjectState, Snapshot } from '../../shared/contract/state.ts';
import { VERDICTS } from '../../shared/contract/vocabulary.ts';
import type { ChangeType, Verdict } from '../../shared/contract/vocabulary.ts';
import { defaultVerdict, isHalted, shownProjects } from '../../shared/view/shown-projects.ts';
import type { VerdictGlyph } from '../../shared/view/verdict-words.ts';
import { VERDICT_WORDS } from '../../shared/view/verdict-words.ts';

export interface Permission {
  readonly change: ChangeType;
  readonly verdict: Verdict;
  /** A project is halted: the disc is filled and the cross cut out of it. */
  readonly halted: boolean;
  readonly glyph: VerdictGlyph;
}

/** The decision for `change`; null where the core gave none. */
export function decisionFor(project: ProjectState, change: ChangeType): Decision | null {
  return project.decisions[change] ?? null;
}

/** What stands inside the ring: the worst verdict over the projects that decide it, each for its default change. */
export function permissionOf(snapshot: Snapshot): Permission {
  const worst = shownProjects(snapshot.projects)
    .map((project) => permissionOfProject(project))
    .sort((one, other) => rank(other) - rank(one))[0];
  return worst ?? { change: 'feature', verdict: 'unknown', halted: false, glyph: 'question' };
}

/** The same for one project by itself. */
export function permissionOfProject(project: ProjectState): Permission {
  const change = project.defaultChange;
  const halted = isHalted(project);
  const verdict = defaultVerdict(project);
  return { change, verdict, halted, glyph: halted ? 'cross' : VERDICT_WORDS[verdict].glyph };
}

function rank(permission: Permission): number {
  return permission.halted ? VERDICTS.length : VERDICTS.indexOf(permission.verdict);
}
