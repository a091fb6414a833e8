import { describe, expect, it } from 'vitest';

import type { Decision } from '../../../../shared/contract/decision.ts';
import type { ProjectState, Snapshot } from '../../../../shared/contract/state.ts';
import { snapshotSchema } from '../../../../shared/contract/state.ts';
import type { ChangeType, EnergyLevel, Verdict } from '../../../../shared/contract/vocabulary.ts';
import { ENERGY_LEVELS } from '../../../../shared/contract/vocabulary.ts';
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
      'Open dashboard',
      'Quit',
    ]);
    expect(view.menu[2]).toEqual({
      kind: 'project',
      label: 'shop: features wait, fixes go',
      project: 'shop',
      enabled: true,
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

describe('without a core', () => {
  it('waits in words before the first answer', () => {
    const view = trayView({ snapshot: null, connection: 'connecting' });
    expect(view.icon).toEqual({ level: 'UNKNOWN', permission: 'unknown', halt: false });
    expect(labels(view)).toEqual(['Starting: nothing has been read yet', '-', 'Open dashboard', 'Quit']);
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
    expect(view.menu.find((item) => item.kind === 'project')).toMatchObject({ enabled: false });
    expect(view.menu.some((item) => item.kind === 'host')).toBe(true);
  });

  it('invents no age for a core that was never seen', () => {
    expect(trayView({ snapshot: null, connection: 'lost' }).tooltip).toMatch(/^Core not running\n/);
  });
});
