import { describe, expect, it } from 'vitest';

import type { ProjectState } from '../../../../shared/contract/state.ts';
import type { Verdict } from '../../../../shared/contract/vocabulary.ts';
import { ENERGY_LEVELS } from '../../../../shared/contract/vocabulary.ts';
import { trayView } from '../../../../shared/view/tray-view.ts';
import { chosen, connected, found, labels, project, snapshot } from '../../../fakes/tray-snapshots.ts';

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
