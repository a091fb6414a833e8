import type { ProjectState, Snapshot } from '../contract/state.ts';

const RULE = '='.repeat(80);
/** Width of the level in the classic line, so that the bar stands still. */
const LEVEL_WIDTH = 10;
/** The keys the classic form shows for the machine itself, in its order. */
const MACHINE_KEYS = ['power_available', 'cooling_status'];

/**
 * The console dashboard in the form scripts already read: Python literals between rules of 80 signs.
 * `atText` is the local time as `2025-12-30T19:30:45.123456`.
 */
export function consoleBlock(snapshot: Snapshot, atText: string): string {
  const judged = snapshot.projects.filter((project) => project.path !== null);
  const allowed = judged.map((project) => `${literal(project.id)}: ${isAllowed(project) ? 'True' : 'False'}`);
  const scores = snapshot.projects.map(
    (project) => `  ${literal(project.id)}: {${scoreTexts(project).join(', ')}}`,
  );
  return [
    RULE,
    `META-ORCHESTRATOR DASHBOARD - ${atText}`,
    RULE,
    `ENERGY: ${snapshot.energy.level.padEnd(LEVEL_WIDTH)} | Deployment Allowed: {${allowed.join(', ')}}`,
    'Consciousness Scores: {',
    scores.join(',\n'),
    '}',
    RULE,
    '',
  ].join('\n');
}

/** The classic form knows only yes and no; a change that a person must confirm may still be deployed. */
function isAllowed(project: ProjectState): boolean {
  const verdict = project.decisions[project.defaultChange]?.verdict;
  return verdict === 'allow' || verdict === 'throttle';
}

function scoreTexts(project: ProjectState): string[] {
  if (project.path === null) {
    return MACHINE_KEYS.map((key) => `${literal(key)}: ${literal(project.scores[key] ?? null)}`);
  }
  const scores = Object.entries(project.scores).map(([key, value]) => `${literal(key)}: ${literal(value)}`);
  return [...scores, `'mode': ${literal(project.mode)}`];
}

function literal(value: string | number | null): string {
  if (value === null) return 'None';
  if (typeof value === 'number') return String(Math.round(value * 10) / 10);
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
