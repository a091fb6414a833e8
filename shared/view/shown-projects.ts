import type { ProjectState } from '../contract/state.ts';
import { VERDICTS, type Verdict } from '../contract/vocabulary.ts';

/** The machine itself is always judged and has no folder. */
export function isMachine(project: Pick<ProjectState, 'path'>): boolean {
  return project.path === null;
}

/**
 * The projects that decide the tray icon, the page's ring and a status bar's line: those with a folder that the
 * person marked as shown in the tray (design 8). With none of them, the machine speaks for itself.
 */
export function shownProjects(projects: readonly ProjectState[]): readonly ProjectState[] {
  const shown = projects.filter((project) => !isMachine(project) && project.showInTray);
  return shown.length > 0 ? shown : projects.filter(isMachine);
}

/** The verdict on the project's default change; a change that was never judged is unknown, not a pass. */
export function defaultVerdict(project: ProjectState): Verdict {
  return project.decisions[project.defaultChange]?.verdict ?? 'unknown';
}

/** The worst verdict over `projects`, each asked about its own default change; unknown where there are none. */
export function worstVerdictOf(projects: readonly ProjectState[]): Verdict {
  const worst = Math.max(...projects.map((project) => VERDICTS.indexOf(defaultVerdict(project))));
  return VERDICTS[worst] ?? 'unknown';
}

/** Only reverts pass: a person, a report or the scores said so. */
export function isHalted(project: Pick<ProjectState, 'mode'>): boolean {
  return project.mode === 'HALT';
}
