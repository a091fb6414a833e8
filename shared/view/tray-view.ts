import type { Forecast } from '../contract/energy.ts';
import type { ProjectState, Snapshot } from '../contract/state.ts';
import type { EnergyLevel, Verdict } from '../contract/vocabulary.ts';

import { ageText, minutesText } from './quantities.ts';
import { defaultVerdict, isHalted, isMachine, shownProjects, worstVerdictOf } from './shown-projects.ts';
import { verdictPhrase } from './verdict-words.ts';

/** What the shape inside the ring says. */
export type TrayPermission = 'allowed' | 'throttled' | 'blocked' | 'unknown';

/** Everything the picture depends on, and nothing else. */
export interface TrayIcon {
  readonly level: EnergyLevel;
  readonly permission: TrayPermission;
  /** A shown project is halted: the disc is filled. */
  readonly halt: boolean;
}

/** One line of the menu, top to bottom. `state` lines are words only; the others can be chosen. */
export type TrayMenuItem =
  | { readonly kind: 'state'; readonly label: string }
  | { readonly kind: 'project'; readonly label: string; readonly project: string; readonly enabled: boolean }
  | { readonly kind: 'separator' }
  | { readonly kind: 'open'; readonly label: string }
  | { readonly kind: 'host'; readonly label: string }
  | { readonly kind: 'quit'; readonly label: string };

export interface TrayView {
  readonly icon: TrayIcon;
  readonly tooltip: string;
  readonly menu: readonly TrayMenuItem[];
}

export interface TrayInput {
  readonly snapshot: Snapshot | null;
  readonly connection: 'connected' | 'connecting' | 'lost';
  /** Seconds since the core was last heard; only while it is lost. */
  readonly lostForSeconds?: number;
}

/** Tray hosts cut long texts: Windows keeps 127 characters of a tooltip. */
const MAX_NAMES = 3;
const MAX_ALERT_LINES = 3;

const PERMISSION_OF: Record<Verdict, TrayPermission> = {
  allow: 'allowed',
  throttle: 'throttled',
  unknown: 'unknown',
  block: 'blocked',
};

/**
 * What the tray shows for a state: picture, tooltip and menu (domain 1.3: the worst verdict decides). Without a
 * running core nothing is claimed: the icon is UNKNOWN and the last verdicts are greyed.
 */
export function trayView(input: TrayInput): TrayView {
  const { snapshot } = input;
  if (input.connection === 'lost') return lostView(snapshot, input.lostForSeconds);
  if (snapshot === null) return waitingView();
  const shown = shownProjects(snapshot.projects);
  const worst = worstVerdictOf(shown);
  const halt = shown.some(isHalted);
  return {
    icon: { level: snapshot.energy.level, permission: PERMISSION_OF[worst], halt },
    tooltip: [energyLine(snapshot), forecastLine(snapshot), permissionLine(shown, worst)]
      .filter((line) => line !== null)
      .join('\n'),
    menu: [
      { kind: 'state', label: energyLine(snapshot) },
      ...optionalState(forecastLine(snapshot)),
      ...alertLines(snapshot),
      ...(input.connection === 'connecting' ? optionalState('Reconnecting to the core') : []),
      { kind: 'separator' },
      ...projectLines(snapshot.projects, true),
      ...(snapshot.projects.length > 0 ? [{ kind: 'separator' } as const] : []),
      ...closingLines(),
    ],
  };
}

function lostView(snapshot: Snapshot | null, lostForSeconds: number | undefined): TrayView {
  const seen = lostForSeconds === undefined ? '' : `: last seen ${ageText(lostForSeconds)}`;
  const words = `Core not running${seen}`;
  const last = snapshot === null ? [] : projectLines(snapshot.projects, false);
  return {
    icon: { level: 'UNKNOWN', permission: 'unknown', halt: false },
    tooltip: `${words}\nNothing can be judged until it runs again.`,
    menu: [
      { kind: 'state', label: words },
      { kind: 'host', label: 'Start it here' },
      { kind: 'separator' },
      ...last,
      ...(last.length > 0 ? [{ kind: 'separator' } as const] : []),
      ...closingLines(),
    ],
  };
}

function waitingView(): TrayView {
  const words = 'Starting: nothing has been read yet';
  return {
    icon: { level: 'UNKNOWN', permission: 'unknown', halt: false },
    tooltip: words,
    menu: [{ kind: 'state', label: words }, { kind: 'separator' }, ...closingLines()],
  };
}

function closingLines(): readonly TrayMenuItem[] {
  return [
    { kind: 'open', label: 'Open dashboard' },
    { kind: 'quit', label: 'Quit' },
  ];
}

function energyLine(snapshot: Snapshot): string {
  return `${snapshot.energy.level}: ${snapshot.energy.why}`;
}

/** "About 50 min to 5 %": the next threshold below the charge; null while there is no forecast. */
function forecastLine(snapshot: Snapshot): string | null {
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

function permissionLine(shown: readonly ProjectState[], worst: Verdict): string {
  if (shown.length === 0) return 'No project is shown in the tray';
  const halted = shown.filter(isHalted);
  if (halted.length > 0) return `Halted: ${names(halted)}`;
  if (worst === 'allow') return 'Everything may go';
  const held = names(shown.filter((project) => defaultVerdict(project) === worst));
  if (worst === 'block') return `Blocked: ${held}`;
  if (worst === 'throttle') return `Review first: ${held}`;
  return `Unclear: ${held}`;
}

function names(projects: readonly ProjectState[]): string {
  const named = projects
    .slice(0, MAX_NAMES)
    .map((project) => projectName(project))
    .join(', ');
  const more = projects.length - MAX_NAMES;
  return more > 0 ? `${named} and ${more} more` : named;
}

function projectName(project: ProjectState): string {
  return isMachine(project) ? 'this machine' : project.id;
}

function projectLines(projects: readonly ProjectState[], enabled: boolean): readonly TrayMenuItem[] {
  return projects.map((project) => ({
    kind: 'project',
    label: `${projectName(project)}: ${projectWords(project)}`,
    project: project.id,
    enabled,
  }));
}

/** "features wait, fixes go": the default change first, then the fix where it fares differently. */
function projectWords(project: ProjectState): string {
  if (isHalted(project)) return 'halted, only reverts go';
  const change = project.defaultChange;
  const verdict = defaultVerdict(project);
  const first = verdictPhrase(change, verdict);
  const fix = project.decisions.fix?.verdict;
  if (change === 'fix' || fix === undefined || fix === verdict) return first;
  return `${first}, ${verdictPhrase('fix', fix)}`;
}

function alertLines(snapshot: Snapshot): readonly TrayMenuItem[] {
  return snapshot.alerts
    .filter((alert) => alert.severity !== 'info')
    .slice(0, MAX_ALERT_LINES)
    .map((alert) => ({ kind: 'state', label: alert.title }));
}

function optionalState(label: string | null): readonly TrayMenuItem[] {
  return label === null ? [] : [{ kind: 'state', label }];
}
