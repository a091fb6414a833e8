import { describe, expect, it } from 'vitest';

import type { Action } from '../../../../shared/contract/remediation.ts';
import type { TrayView } from '../../../../shared/view/tray-view.ts';
import { trayView } from '../../../../shared/view/tray-view.ts';
import { at, chosen, labels, project, snapshot } from '../../../fakes/tray-snapshots.ts';

const NOW_MS = Date.parse(at);
const safeguards = (change: Partial<Action> = {}): Action => ({
  id: 'act/1',
  kind: 'safeguard',
  project: null,
  subject: 'machine',
  state: 'counting',
  title: 'Safeguards',
  cause: 'battery 3 %',
  text: 'In 60 s: end all managed jobs.',
  beganAt: at,
  endedAt: null,
  dueAt: new Date(NOW_MS + 60_000).toISOString(),
  undo: 'It has no undo.',
  can: ['cancel'],
  detail: {},
  ...change,
});
const alert = {
  code: 'safeguards-due',
  severity: 'critical',
  title: 'Safeguards are about to begin',
  text: '',
  project: null,
  since: at,
};

function view(action: Action, afterMs: number | null = 0): TrayView {
  const state = snapshot('CRITICAL', [project('shop', { feature: 'block' })], {
    actions: [action],
    alerts: [alert],
  } as never);
  return trayView({
    snapshot: state,
    connection: 'connected',
    ...(afterMs === null ? {} : { nowMs: NOW_MS + afterMs }),
  });
}

describe('safeguards that count down', () => {
  it.each<[number | null, string, string, number | null]>([
    [null, 'in 60\u202fs', 'within 60\u202fs', 5_000],
    [0, 'in 60\u202fs', 'within 60\u202fs', 5_000],
    [1, 'in 60\u202fs', 'within 60\u202fs', 5_000],
    [15_000, 'in 45\u202fs', 'within 45\u202fs', 5_000],
    [18_400, 'in 42\u202fs', 'within 45\u202fs', 5_000],
    [58_000, 'in 2\u202fs', 'within 15\u202fs', 2_000],
    [60_000, 'now', 'now', null],
    [90_000, 'now', 'now', null],
  ])('after %s ms: %s, in the menu %s, drawn again in %s ms', (afterMs, tooltip, menu, redrawInMs) => {
    const shown = view(safeguards(), afterMs);
    expect(shown.tooltip.split('\n')[0]).toBe(`Safeguards begin ${tooltip}`);
    expect(labels(shown).slice(0, 3)).toEqual([`Safeguards begin ${menu}`, 'Cancel the safeguards', '-']);
    expect(shown.redrawInMs).toBe(redrawInMs);
  });

  it('are called off from the menu, and said once', () => {
    const shown = view(safeguards());
    expect(chosen(shown, 'Cancel the safeguards')).toEqual({
      kind: 'ask',
      requests: [{ method: 'POST', path: '/v1/actions/act%2F1/cancel', body: {} }],
    });
    expect(labels(shown)).not.toContain('Safeguards are about to begin');
  });

  it('have minutes where there are many', () => {
    const dueAt = new Date(NOW_MS + 570_000).toISOString();
    expect(view(safeguards({ dueAt })).tooltip).toMatch(/^Safeguards begin in 10\u202fmin\n/);
  });

  it.each<[string, Partial<Action>]>([
    ['under way', { state: 'running', can: [], dueAt: null }],
    ['called off', { state: 'cancelled', can: [], dueAt: null }],
    ['only observed', { state: 'observed', can: [], dueAt: null }],
    ['another kind of action', { kind: 'rollback' }],
  ])('are not offered once %s', (_what, change) => {
    const shown = view(safeguards(change));
    expect(shown.tooltip).not.toContain('Safeguards');
    expect(labels(shown)).not.toContain('Cancel the safeguards');
    expect(shown.redrawInMs).toBeNull();
  });
});
