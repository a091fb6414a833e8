import type { Forecast } from '../contract/energy.ts';
import type { ProjectState, Snapshot } from '../contract/state.ts';
import { CHANGE_TYPES, type Verdict } from '../contract/vocabulary.ts';
import { minutesText, percentText } from './quantities.ts';
import { defaultVerdict, isMachine, shownProjects, worstVerdictOf } from './shown-projects.ts';
import { VERDICT_WORDS, verdictPhrase } from './verdict-words.ts';

/** "LOW 17 % · shop ✕ model ‖": for a status bar. */
export function statusLine(snapshot: Snapshot): string {
  const projects = shownProjects(snapshot.projects).map((project) => {
    const name = isMachine(project) ? 'machine' : project.id;
    return `${name} ${VERDICT_WORDS[defaultVerdict(project)].character}`;
  });
  const { level, percent } = snapshot.energy;
  const head = percent === null ? level : `${level} ${percentText(percent)}`;
  return projects.length === 0 ? head : `${head} · ${projects.join(' ')}`;
}

/** The verdict of the tray icon. */
export function worstVerdict(snapshot: Snapshot): Verdict {
  return worstVerdictOf(shownProjects(snapshot.projects));
}

/** One screen: the level with its reason, the forecast, a paragraph a project. */
export function statusScreen(snapshot: Snapshot): string {
  const { energy } = snapshot;
  const lines = [`${energy.level}  ${energy.why}`];
  const soonest = snapshot.forecast[0];
  if (soonest !== undefined) lines.push(`       ${forecastText(soonest)}`);
  for (const note of snapshot.notes) lines.push(`note:  ${note.text}`);
  for (const project of snapshot.projects) lines.push('', ...projectLines(project));
  return `${lines.join('\n')}\n`;
}

/** "about 40 min–1 h 5 min to 20 %". */
export function forecastText(forecast: Forecast): string {
  const goal = forecast.thresholdPercent === 0 ? 'empty' : percentText(forecast.thresholdPercent);
  return `about ${minutesText(forecast.minutes10)}–${minutesText(forecast.minutes90)} to ${goal}`;
}

function projectLines(project: ProjectState): string[] {
  const verdict = defaultVerdict(project);
  const decision = project.decisions[project.defaultChange];
  const others = CHANGE_TYPES.filter((change) => change !== project.defaultChange)
    .map((change) => ({ change, other: project.decisions[change]?.verdict }))
    .filter(({ other }) => other !== undefined && other !== verdict)
    .map(({ change, other }) => verdictPhrase(change, other ?? 'unknown'));
  const phrases = [verdictPhrase(project.defaultChange, verdict), ...others].join(' · ');
  const lines = [`${VERDICT_WORDS[verdict].character} ${project.id}  ${phrases}`];
  if (decision?.bindingReason !== null && decision !== undefined) lines.push(`    ${decision.bindingReason}`);
  if (decision?.cheapestWayToPass !== null && decision !== undefined)
    lines.push(`    To pass: ${decision.cheapestWayToPass}`);
  if (project.problem !== null) lines.push(`    ${project.problem}`);
  return lines;
}
