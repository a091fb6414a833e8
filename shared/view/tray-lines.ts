import type { Forecast } from '../contract/energy.ts';
import type { ProjectState, Snapshot } from '../contract/state.ts';
import { minutesText } from './quantities.ts';
import { defaultVerdict, isHalted, isMachine } from './shown-projects.ts';
import { verdictPhrase } from './verdict-words.ts';

/** "LOW: battery 17 %, draining 9.1 W". */
export function energyLine(snapshot: Snapshot): string {
  return `${snapshot.energy.level}: ${snapshot.energy.why}`;
}

/** "About 50 min to 5 %": the next threshold below the charge; null while there is no forecast. */
export function forecastLine(snapshot: Snapshot): string | null {
  const percent = snapshot.energy.percent;
  const ahead = snapshot.forecast.filter((one) => percent === null || one.thresholdPercent < percent);
  const next = ahead.reduce<Forecast | null>(
    (best, one) => (best === null || one.thresholdPercent > best.thresholdPercent ? one : best),
    null,
  );
  if (next === null) return null;
  const goal = next.thresholdPercent === 0 ? 'empty' : `${next.thresholdPercent}\u202f%`;
  return `About ${minutesText(next.minutes50)} to ${goal}`;
}

/** What a person calls a project. */
export function projectName(project: Pick<ProjectState, 'id' | 'path'>): string {
  return isMachine(project) ? 'this machine' : project.id;
}

/** "features wait, fixes go": the default change first, then the fix where it fares differently. */
export function projectWords(project: ProjectState): string {
  if (isHalted(project)) return 'halted, only reverts go';
  const change = project.defaultChange;
  const verdict = defaultVerdict(project);
  const first = verdictPhrase(change, verdict);
  const fix = project.decisions.fix?.verdict;
  if (change === 'fix' || fix === undefined || fix === verdict) return first;
  return `${first}, ${verdictPhrase('fix', fix)}`;
}

/** Said where a person looks when no notice can reach them (behaviour 25); null while notices are shown. */
export function unseenNoticesLine(snapshot: Snapshot): string | null {
  const isRefused = snapshot.alerts.some((alert) => alert.code === 'notices-refused');
  return isRefused ? 'This desktop shows no notices' : null;
}
