/** A notice that was shown. */
export interface Shown {
  readonly atMs: number;
  readonly projects: readonly string[];
}

/** Behaviour 23. */
const MOST_AN_HOUR = 6;
const HOUR_MS = 60 * 60_000;
const PROJECT_MS = 10 * 60_000;

/** What still counts. A stamp from the future was made by a clock that has been set back since. */
export function recent(shown: readonly Shown[], nowMs: number): readonly Shown[] {
  return shown.filter(({ atMs }) => atMs <= nowMs && nowMs - atMs < HOUR_MS);
}

/** Whether one more may be shown at all. */
export function hasRoom(shown: readonly Shown[], nowMs: number): boolean {
  return recent(shown, nowMs).length < MOST_AN_HOUR;
}

/** Whether this project may be heard of again. The machine itself is no project. */
export function isProjectFree(shown: readonly Shown[], project: string | null, nowMs: number): boolean {
  if (project === null) return true;
  return !recent(shown, nowMs).some(
    ({ atMs, projects }) => nowMs - atMs < PROJECT_MS && projects.includes(project),
  );
}
