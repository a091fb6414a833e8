import type { ProjectState } from '../contract/state.ts';
import type { EnergyLevel, Verdict } from '../contract/vocabulary.ts';

import { countdownLine, countdownOf, countdownRedrawMs } from './tray-countdown.ts';
import { defaultVerdict, isHalted, shownProjects, worstVerdictOf } from './shown-projects.ts';
import type { TrayInput } from './tray-input.ts';
import { energyLine, forecastLine, projectName, unseenNoticesLine } from './tray-lines.ts';
import { lostWords, trayMenu, type TrayMenuItem } from './tray-menu.ts';

export type { DesktopSettings, TrayInput } from './tray-input.ts';
export type { TrayMenuItem } from './tray-menu.ts';

/** What the shape inside the ring says. */
export type TrayPermission = 'allowed' | 'throttled' | 'blocked' | 'unknown';

/** Everything the picture depends on, and nothing else. */
export interface TrayIcon {
  readonly level: EnergyLevel;
  readonly permission: TrayPermission;
  /** A shown project is halted: the disc is filled. */
  readonly halt: boolean;
}

export interface TrayView {
  readonly icon: TrayIcon;
  readonly tooltip: string;
  readonly menu: readonly TrayMenuItem[];
  /** When it is to be drawn anew although nothing was heard, in milliseconds; null when not. */
  readonly redrawInMs: number | null;
}

/** Tray hosts cut long texts: Windows keeps 127 characters of a tooltip. */
const MAX_NAMES = 3;
const NOTHING_KNOWN: TrayIcon = { level: 'UNKNOWN', permission: 'unknown', halt: false };

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
  const menu = trayMenu(input);
  if (input.connection === 'lost') {
    const tooltip = `${lostWords(input)}\nNothing can be judged until it runs again.`;
    return { icon: NOTHING_KNOWN, tooltip, menu, redrawInMs: null };
  }
  if (snapshot === null) {
    const tooltip = 'Starting: nothing has been read yet';
    return { icon: NOTHING_KNOWN, tooltip, menu, redrawInMs: null };
  }
  const countdown = countdownOf(snapshot, input.nowMs);
  const shown = shownProjects(snapshot.projects);
  const worst = worstVerdictOf(shown);
  const lines = [
    // First, since hosts cut long texts.
    countdown === null ? null : countdownLine(countdown),
    energyLine(snapshot),
    forecastLine(snapshot),
    permissionLine(shown, worst),
    unseenNoticesLine(snapshot),
  ];
  return {
    icon: {
      level: snapshot.energy.level,
      permission: PERMISSION_OF[worst],
      halt: shown.some(isHalted),
    },
    tooltip: lines.filter((line) => line !== null).join('\n'),
    menu,
    redrawInMs: countdownRedrawMs(countdown),
  };
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
