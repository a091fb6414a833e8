import type { Snapshot } from '../contract/state.ts';
import type { JobState } from '../contract/vocabulary.ts';
import { ageText } from './quantities.ts';
import { isMachine } from './shown-projects.ts';
import { countdownMenuLine, countdownOf } from './tray-countdown.ts';
import type { DesktopSettings, TrayInput } from './tray-input.ts';
import { energyLine, forecastLine, projectName, projectWords } from './tray-lines.ts';

/** A page of the dashboard; both null: the first one. */
export interface PageTarget {
  readonly project: string | null;
  /** A page by its name, such as "doctor". */
  readonly page: string | null;
  /** The part of a project's page that is wanted at once. */
  readonly at: 'halt' | null;
}

/** One request to the core's endpoint, as the contract names it. */
export interface CoreAct {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> | null;
}

/** What choosing a line does. */
export type TrayAct =
  | { readonly kind: 'open'; readonly target: PageTarget }
  | { readonly kind: 'host' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'ask'; readonly requests: readonly CoreAct[] }
  /** 0..100; null sets what counts now once more, for another 12 hours. */
  | { readonly kind: 'wellbeing'; readonly value: number | null }
  | { readonly kind: 'set'; readonly change: Partial<DesktopSettings> };

/** One line of the menu, top to bottom. `state` lines are words only. */
export type TrayMenuItem =
  | { readonly kind: 'state'; readonly label: string }
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'act';
      readonly label: string;
      readonly act: TrayAct;
      readonly enabled: boolean;
      /** Whether a line that is either on or off is on; null for every other. */
      readonly checked: boolean | null;
    }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly TrayMenuItem[] };

const FIRST_PAGE: PageTarget = { project: null, page: null, at: null };
const MAX_ALERT_LINES = 3;
/** More than a person reads in a menu; the dashboard has them all. */
const MAX_PROJECT_LINES = 20;
const QUICK_VALUES = [25, 50, 75, 100];
const OVER: readonly JobState[] = ['ending', 'ended', 'cancelled', 'lost'];

/** The menu for a state. Without a running core only what needs none can be chosen. */
export function trayMenu(input: TrayInput): readonly TrayMenuItem[] {
  const { snapshot, connection } = input;
  if (connection === 'lost') return lostMenu(input);
  if (snapshot === null) {
    return joined([state('Starting: nothing has been read yet')], closing(input));
  }
  return joined(
    countdownLines(snapshot, input.nowMs),
    [
      state(energyLine(snapshot)),
      ...optional(forecastLine(snapshot)),
      ...alertLines(snapshot),
      ...optional(connection === 'connecting' ? 'Reconnecting to the core' : null),
    ],
    projectLines(snapshot, true),
    [wellbeingMenu(), ...experimentLines(snapshot), ...haltMenu(snapshot), quietMenu()],
    closing(input),
  );
}

/** Words for a core that does not run. */
export function lostWords({ lostForSeconds }: TrayInput): string {
  const seen = lostForSeconds === undefined ? '' : `: last seen ${ageText(lostForSeconds)}`;
  return `Core not running${seen}`;
}

function lostMenu(input: TrayInput): readonly TrayMenuItem[] {
  const last = input.snapshot === null ? [] : projectLines(input.snapshot, false);
  return joined([state(lostWords(input)), act('Start it here', { kind: 'host' })], last, closing(input));
}

function closing({ core, settings, connection }: TrayInput): readonly TrayMenuItem[] {
  const where =
    core === undefined || connection === 'lost'
      ? null
      : core.where === 'here'
        ? 'Core: in this app'
        : `Core: service, pid ${core.pid}`;
  return [
    ...optional(where),
    open('Open dashboard', FIRST_PAGE),
    open('Doctor', { ...FIRST_PAGE, page: 'doctor' }, connection !== 'lost'),
    ...(settings === undefined ? [] : [settingsMenu(settings)]),
    act('Quit', { kind: 'quit' }),
  ];
}

function projectLines({ projects }: Snapshot, enabled: boolean): readonly TrayMenuItem[] {
  const lines = projects
    .slice(0, MAX_PROJECT_LINES)
    .map((project) =>
      open(
        `${projectName(project)}: ${projectWords(project)}`,
        { ...FIRST_PAGE, project: project.id },
        enabled,
      ),
    );
  const more = projects.length - MAX_PROJECT_LINES;
  return more > 0 ? [...lines, state(`and ${more} more`)] : lines;
}

/** On top, while a person can still say no. */
function countdownLines(snapshot: Snapshot, nowMs: number | undefined): readonly TrayMenuItem[] {
  const countdown = countdownOf(snapshot, nowMs);
  if (countdown === null) return [];
  const path = `/v1/actions/${encodeURIComponent(countdown.id)}/cancel`;
  return [
    state(countdownMenuLine(countdown)),
    act('Cancel the safeguards', { kind: 'ask', requests: [{ method: 'POST', path, body: {} }] }),
  ];
}

function alertLines({ alerts }: Snapshot): readonly TrayMenuItem[] {
  return (
    alerts
      // The countdown says it better.
      .filter(({ severity, code }) => severity !== 'info' && code !== 'safeguards-due')
      .slice(0, MAX_ALERT_LINES)
      .map((alert) => state(alert.title))
  );
}

function wellbeingMenu(): TrayMenuItem {
  const values = [...QUICK_VALUES, null].map((value) =>
    act(value === null ? 'Same as now, for 12 hours more' : String(value), { kind: 'wellbeing', value }),
  );
  return { kind: 'submenu', label: 'You today', items: values };
}

/** Every managed job that is not over and not held yet, then those that a person holds. */
function experimentLines({ jobs }: Snapshot): readonly TrayMenuItem[] {
  const open = jobs.filter((job) => !OVER.includes(job.state));
  const held = open.filter((job) => job.isHeld);
  const free = open.filter((job) => !job.isHeld);
  const line = (verb: string, path: string, of: typeof jobs): TrayMenuItem =>
    act(
      `${verb} experiments${of.length === 0 ? '' : ` (${of.length})`}`,
      {
        kind: 'ask',
        requests: of.map(({ id }) => ({
          method: 'POST',
          path: `/v1/jobs/${encodeURIComponent(id)}/${path}`,
          body: null,
        })),
      },
      of.length > 0,
    );
  return [line('Pause', 'pause', free), ...(held.length === 0 ? [] : [line('Resume', 'resume', held)])];
}

/** A HALT needs a reason, which is typed on the project's page; lifting it needs none. */
function haltMenu({ projects }: Snapshot): readonly TrayMenuItem[] {
  const items = projects
    .filter((project) => !isMachine(project))
    .slice(0, MAX_PROJECT_LINES)
    .map((project) => {
      const path = `/v1/projects/${encodeURIComponent(project.id)}/halt`;
      return (project.halt ?? null) === null
        ? open(`Halt ${project.id}\u2026`, { project: project.id, page: null, at: 'halt' })
        : act(`Lift the HALT of ${project.id}`, {
            kind: 'ask',
            requests: [{ method: 'DELETE', path, body: { reason: 'lifted from the tray' } }],
          });
    });
  return items.length === 0 ? [] : [{ kind: 'submenu', label: 'HALT', items }];
}

function quietMenu(): TrayMenuItem {
  const ask = (label: string, method: CoreAct['method'], body: CoreAct['body']): TrayMenuItem =>
    act(label, { kind: 'ask', requests: [{ method, path: '/v1/alerts/quiet', body }] });
  return {
    kind: 'submenu',
    label: 'Quiet',
    items: [
      ask('For 1 hour', 'PUT', { forMinutes: 60 }),
      ask('Until tomorrow', 'PUT', { untilTomorrow: true }),
      { kind: 'separator' },
      ask('End quiet', 'DELETE', null),
    ],
  };
}

function settingsMenu(now: DesktopSettings): TrayMenuItem {
  const set = (label: string, change: Partial<DesktopSettings>, checked: boolean): TrayMenuItem =>
    act(label, { kind: 'set', change }, true, checked);
  return {
    kind: 'submenu',
    label: 'Desktop settings',
    items: [
      set('Start at login', { startAtLogin: !now.startAtLogin }, now.startAtLogin),
      set('Open a window at start', { openAtStart: !now.openAtStart }, now.openAtStart),
      set('Start with the small window', { startWindow: 'compact' }, now.startWindow === 'compact'),
      set('Start with the dashboard', { startWindow: 'wide' }, now.startWindow === 'wide'),
      set('Show in the tray', { tray: !now.tray }, now.tray),
    ],
  };
}

function act(label: string, does: TrayAct, enabled = true, checked: boolean | null = null): TrayMenuItem {
  return { kind: 'act', label, act: does, enabled, checked };
}

function open(label: string, target: PageTarget, enabled = true): TrayMenuItem {
  return act(label, { kind: 'open', target }, enabled);
}

function state(label: string): TrayMenuItem {
  return { kind: 'state', label };
}

function optional(label: string | null): readonly TrayMenuItem[] {
  return label === null ? [] : [state(label)];
}

/** The groups with a line between any two that are not empty. */
function joined(...groups: readonly (readonly TrayMenuItem[])[]): readonly TrayMenuItem[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [{ kind: 'separator' } as const, ...group]));
}
