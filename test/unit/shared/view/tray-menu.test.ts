import { describe, expect, it } from 'vitest';

import type { Snapshot } from '../../../../shared/contract/state.ts';
import { trayView } from '../../../../shared/view/tray-view.ts';
import { at, chosen, connected, found, labels, project, snapshot } from '../../../fakes/tray-snapshots.ts';

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
