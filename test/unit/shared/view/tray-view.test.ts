import { describe, expect, it } from 'vitest';

import type { Decision } from '../../../../shared/contract/decision.ts';
import type { ProjectState, Snapshot } from '../../../../shared/contract/state.ts';
import { snapshotSchema } from '../../../../shared/contract/state.ts';
import type { ChangeType, EnergyLevel, Verdict } from '../../../../shared/contract/vocabulary.ts';
import { ENERGY_LEVELS } from '../../../../shared/contract/vocabulary.ts';
import type { TrayAct } from '../../../../shared/view/tray-menu.ts';
import { trayView } from '../../../../shared/view/tray-view.ts';
import type { TrayMenuItem, TrayView } from '../../../../shared/view/tray-view.ts';

const at = '2026-01-05T10:00:00.000Z';

function decision(project: string, change: ChangeType, verdict: Verdict): Decision {
  const held = verdict === 'allow' ? null : 'battery 17 %, features need 20 %';
  return {
    id: `${project}-${change}`,
    project,
    change,
    verdict,
    bindingReason: held,
    reasons: [],
    cheapestWayToPass: held === null ? null : 'plug in',
    retryAfterSeconds: null,
    operatingMode: 'NORMAL',
    level: 'LOW',
    decidedAt: at,
    ages: {},
    inputsHash: 'a',
  };
}

function project(
  id: string,
  verdicts: Partial<Record<ChangeType, Verdict>>,
  more: Partial<ProjectState> = {},
): ProjectState {
  return {
    id,
    path: `/work/${id}`,
    profile: 'business',
    scores: {},
    mode: 'FAST',
    operatingMode: 'NORMAL',
    confidence: 1,
    freshness: 'fresh',
    problem: null,
    showInTray: true,
    defaultChange: 'feature',
    decisions: Object.fromEntries(
      Object.entries(verdicts).map(([change, verdict]) => [
        change,
        decision(id, change as ChangeType, verdict),
      ]),
    ),
    ...more,
  };
}

function snapshot(
  level: EnergyLevel,
  projects: readonly ProjectState[],
  more: Partial<Snapshot> = {},
  percent: number | null = 17,
): Snapshot {
  return snapshotSchema.parse({
    schemaVersion: 1,
    sequence: 1,
    at,
    version: '0.1.0',
    energy: {
      level,
      levelValue: null,
      why: 'battery 17 %, draining 9.1 W',
      onExternalPower: false,
      percent,
      netPowerW: -9.1,
      state: 'discharging',
      reservePercent: null,
      batteryPresent: true,
      supplies: [],
      ups: [],
      thermal: { coolingStatus: null, hottestC: null, zone: null, headroomC: null, sensors: [] },
      readAt: at,
    },
    machine: { cpuPercent: null, memoryPercent: null, gpuPercent: null, networkStatus: null },
    projects: [...projects],
    alerts: [],
    jobs: [],
    forecast: [],
    sync: {},
    notes: [],
    ...more,
  });
}

function connected(state: Snapshot): TrayView {
  return trayView({ snapshot: state, connection: 'connected' });
}

function labels(view: TrayView): readonly string[] {
  return view.menu.map((item: TrayMenuItem) => (item.kind === 'separator' ? '-' : item.label));
}

/** The line that reads `label`, wherever in the menu it is. */
function found(view: TrayView, label: string): TrayMenuItem {
  const flat = (items: readonly TrayMenuItem[]): readonly TrayMenuItem[] =>
    items.flatMap((item) => (item.kind === 'submenu' ? [item, ...flat(item.items)] : [item]));
  const item = flat(view.menu).find((one) => one.kind !== 'separator' && one.label === label);
  if (item === undefined) throw new Error(`no line "${label}"`);
  return item;
}

function chosen(view: TrayView, label: string): TrayAct {
  const item = found(view, label);
  if (item.kind !== 'act') throw new Error(`"${label}" cannot be chosen`);
  return item.act;
}

describe('the icon', () => {
  it.each<[string, readonly ProjectState[], string]>([
    ['everything allowed', [project('shop', { feature: 'allow' })], 'allowed'],
    [
      'one on review',
      [project('a', { feature: 'allow' }), project('b', { feature: 'throttle' })],
      'throttled',
    ],
    [
      'blocked beats unknown',
      [project('a', { feature: 'unknown' }), project('b', { feature: 'block' })],
      'blocked',
    ],
    [
      'unknown beats review',
      [project('a', { feature: 'throttle' }), project('b', { feature: 'unknown' })],
      'unknown',
    ],
    ['a change never judged', [project('a', { fix: 'allow' })], 'unknown'],
    [
      'a hidden project',
      [project('a', { feature: 'allow' }), project('b', { feature: 'block' }, { showInTray: false })],
      'allowed',
    ],
    [
      'its own default change',
      [project('a', { feature: 'block', fix: 'allow' }, { defaultChange: 'fix' })],
      'allowed',
    ],
    ['no project at all', [], 'unknown'],
  ])('%s', (_, projects, permission) => {
    expect(connected(snapshot('LOW', projects)).icon).toEqual({ level: 'LOW', permission, halt: false });
  });

  it.each(ENERGY_LEVELS)('carries the level %s as it is', (level) => {
    expect(connected(snapshot(level, [project('a', { feature: 'allow' })])).icon.level).toBe(level);
  });

  it('says HALT only for a project that is shown', () => {
    const halted = project('shop', { feature: 'block' }, { mode: 'HALT' });
    expect(connected(snapshot('FULL', [halted])).icon).toEqual({
      level: 'FULL',
      permission: 'blocked',
      halt: true,
    });
    expect(connected(snapshot('FULL', [{ ...halted, showInTray: false }])).icon.halt).toBe(false);
  });
});

describe('the tooltip', () => {
  it('says level, reason, minutes left and what is blocked', () => {
    const view = connected(
      snapshot('LOW', [project('shop', { feature: 'block' }), project('docs', { feature: 'allow' })], {
        forecast: [
          { thresholdPercent: 20, minutes10: 0, minutes50: 0, minutes90: 0 },
          { thresholdPercent: 0, minutes10: 70, minutes50: 91, minutes90: 120 },
          { thresholdPercent: 5, minutes10: 40, minutes50: 50, minutes90: 65 },
        ],
      }),
    );
    expect(view.tooltip).toBe(
      'LOW: battery 17 %, draining 9.1 W\nAbout 50\u202fmin to 5\u202f%\nBlocked: shop',
    );
  });

  it('counts what does not fit', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((id) => project(id, { feature: 'block' }));
    expect(connected(snapshot('LOW', many)).tooltip).toContain('Blocked: a, b, c and 2 more');
  });

  it.each<[Verdict, string]>([
    ['allow', 'Everything may go'],
    ['throttle', 'Review first: shop'],
    ['unknown', 'Unclear: shop'],
  ])('has words for %s', (verdict, words) => {
    expect(connected(snapshot('HIGH', [project('shop', { feature: verdict })])).tooltip).toContain(words);
  });

  it('promises no minutes without a forecast', () => {
    expect(connected(snapshot('FULL', [])).tooltip).not.toContain('About');
  });
});

describe('the menu', () => {
  it('has a line a project with its verdict in words, and opens the dashboard there', () => {
    const view = connected(
      snapshot('LOW', [
        project('shop', { feature: 'block', fix: 'allow' }),
        project('docs', { feature: 'allow', fix: 'allow' }),
        project('infrastructure', { infra: 'block', fix: 'allow' }, { path: null, defaultChange: 'infra' }),
      ]),
    );
    expect(labels(view)).toEqual([
      'LOW: battery 17 %, draining 9.1 W',
      '-',
      'shop: features wait, fixes go',
      'docs: features go',
      'this machine: infrastructure waits, fixes go',
      '-',
      'You today',
      'Pause experiments',
      'HALT',
      'Quiet',
      '-',
      'Open dashboard',
      'Doctor',
      'Quit',
    ]);
    expect(chosen(view, 'shop: features wait, fixes go')).toEqual({
      kind: 'open',
      target: { project: 'shop', page: null, at: null },
    });
  });

  it('lists hidden projects too: they only do not decide the icon', () => {
    const hidden = project('hidden', { feature: 'block' }, { showInTray: false });
    expect(labels(connected(snapshot('LOW', [hidden])))).toContain('hidden: features wait');
  });

  it('says what is alarming, not what is merely worth knowing', () => {
    const alert = (severity: string, title: string) => ({
      code: title,
      severity,
      title,
      text: '',
      project: null,
      since: at,
    });
    const view = connected(
      snapshot('LOW', [], {
        alerts: [alert('warning', 'Power cut.'), alert('info', 'Report written.')],
      } as never),
    );
    expect(labels(view)).toContain('Power cut.');
    expect(labels(view)).not.toContain('Report written.');
  });
});

describe('what the menu does', () => {
  const job = (id: string, more: Partial<Snapshot['jobs'][number]> = {}): Snapshot['jobs'][number] => ({
    id,
    project: null,
    command: ['train'],
    folder: '/work',
    startedBy: 'core',
    needs: { level: 'MEDIUM', minutes: null },
    priority: 0,
    checkpointSignal: 'auto',
    state: 'running',
    isHeld: false,
    reason: '',
    until: null,
    untilAt: null,
    aheadCount: null,
    createdAt: at,
    startedAt: at,
    endedAt: null,
    pid: 1,
    exitCode: null,
    ranSeconds: 0,
    pausedSeconds: 0,
    energyWh: null,
    energyProvenance: 'unknown',
    ...more,
  });

  it.each([
    ['25', 25],
    ['100', 100],
    ['Same as now, for 12 hours more', null],
  ])('sets the person’s day: %s', (label, value) => {
    expect(chosen(connected(snapshot('LOW', [])), label)).toEqual({ kind: 'wellbeing', value });
  });

  it('pauses what runs or waits, and lets go what a person holds', () => {
    const jobs = [
      job('a'),
      job('b', { state: 'queued' }),
      job('c', { isHeld: true }),
      job('d', { state: 'ended' }),
    ];
    const view = connected(snapshot('HIGH', [], { jobs }));
    const paths = (label: string): readonly string[] => {
      const does = chosen(view, label);
      return does.kind === 'ask' ? does.requests.map(({ method, path }) => `${method} ${path}`) : [];
    };
    expect(paths('Pause experiments (2)')).toEqual(['POST /v1/jobs/a/pause', 'POST /v1/jobs/b/pause']);
    expect(paths('Resume experiments (1)')).toEqual(['POST /v1/jobs/c/resume']);
  });

  it('offers no pause where nothing is under way', () => {
    const view = connected(snapshot('HIGH', [], { jobs: [job('a', { state: 'cancelled' })] }));
    expect(found(view, 'Pause experiments')).toMatchObject({ enabled: false });
    expect(labels(view).some((label) => label.startsWith('Resume'))).toBe(false);
  });

  it('asks for the reason of a HALT on the project’s page, and lifts one at once', () => {
    const halt = { by: 'person', who: 'me', why: 'broken', since: at, until: null } as const;
    const view = connected(
      snapshot('HIGH', [
        project('shop', { feature: 'allow' }),
        project('a b', { feature: 'block' }, { mode: 'HALT', halt }),
        project('infrastructure', { infra: 'allow' }, { path: null, defaultChange: 'infra' }),
      ]),
    );
    expect(chosen(view, 'Halt shop\u2026')).toEqual({
      kind: 'open',
      target: { project: 'shop', page: null, at: 'halt' },
    });
    expect(chosen(view, 'Lift the HALT of a b')).toMatchObject({
      requests: [{ method: 'DELETE', path: '/v1/projects/a%20b/halt' }],
    });
    expect(() => found(view, 'Halt infrastructure\u2026')).toThrow();
  });

  it.each([
    ['For 1 hour', 'PUT', { forMinutes: 60 }],
    ['Until tomorrow', 'PUT', { untilTomorrow: true }],
    ['End quiet', 'DELETE', null],
  ])('quiet: %s', (label, method, body) => {
    expect(chosen(connected(snapshot('LOW', [])), label)).toEqual({
      kind: 'ask',
      requests: [{ method, path: '/v1/alerts/quiet', body }],
    });
  });

  it('opens the doctor', () => {
    expect(chosen(connected(snapshot('LOW', [])), 'Doctor')).toEqual({
      kind: 'open',
      target: { project: null, page: 'doctor', at: null },
    });
  });

  it.each([
    [{ where: 'here' }, 'Core: in this app'],
    [{ where: 'service', pid: 4711 }, 'Core: service, pid 4711'],
  ] as const)('says where the core runs: %j', (core, line) => {
    expect(labels(trayView({ snapshot: snapshot('LOW', []), connection: 'connected', core }))).toContain(
      line,
    );
  });

  it('shows what is set on this desktop, and sets the opposite', () => {
    const settings = { startAtLogin: true, openAtStart: false, startWindow: 'compact', tray: true } as const;
    const view = trayView({ snapshot: snapshot('LOW', []), connection: 'connected', settings });
    expect(found(view, 'Start at login')).toMatchObject({
      checked: true,
      act: { kind: 'set', change: { startAtLogin: false } },
    });
    expect(found(view, 'Open a window at start')).toMatchObject({ checked: false });
    expect(found(view, 'Start with the dashboard')).toMatchObject({
      checked: false,
      act: { kind: 'set', change: { startWindow: 'wide' } },
    });
    expect(found(view, 'Show in the tray')).toMatchObject({ checked: true });
  });

  it('says in menu and tooltip that no notice is seen', () => {
    const alert = {
      code: 'notices-refused',
      severity: 'warning',
      title: 'No notices on this desktop.',
      text: '',
      project: null,
      since: at,
    };
    const view = connected(snapshot('FULL', [], { alerts: [alert] } as never));
    expect(view.tooltip).toContain('This desktop shows no notices');
    expect(labels(view)).toContain('No notices on this desktop.');
  });
});

describe('without a core', () => {
  it('waits in words before the first answer', () => {
    const view = trayView({ snapshot: null, connection: 'connecting' });
    expect(view.icon).toEqual({ level: 'UNKNOWN', permission: 'unknown', halt: false });
    expect(labels(view)).toEqual([
      'Starting: nothing has been read yet',
      '-',
      'Open dashboard',
      'Doctor',
      'Quit',
    ]);
  });

  it('keeps the last state through a short break and says so', () => {
    const view = trayView({
      snapshot: snapshot('LOW', [project('shop', { feature: 'block' })]),
      connection: 'connecting',
    });
    expect(view.icon.level).toBe('LOW');
    expect(labels(view)).toContain('Reconnecting to the core');
  });

  it('claims nothing once it is lost, with its age and what to do', () => {
    const view = trayView({
      snapshot: snapshot('FULL', [project('shop', { feature: 'allow' })]),
      connection: 'lost',
      lostForSeconds: 180,
    });
    expect(view.icon).toEqual({ level: 'UNKNOWN', permission: 'unknown', halt: false });
    expect(view.tooltip).toContain('Core not running: last seen 3\u202fmin ago');
    expect(found(view, 'shop: features go')).toMatchObject({ enabled: false });
    expect(chosen(view, 'Start it here')).toEqual({ kind: 'host' });
    expect(labels(view)).not.toContain('You today');
  });

  it('invents no age for a core that was never seen', () => {
    expect(trayView({ snapshot: null, connection: 'lost' }).tooltip).toMatch(/^Core not running\n/);
  });
});
