import { describe, expect, it } from 'vitest';

import { RefusedError } from '../../../../renderer/connection/core-requests.ts';
import { createSettingsDraft, draftedValues, editsOf } from '../../../../renderer/store/settings-draft.ts';
import type { Draft } from '../../../../renderer/store/settings-draft.ts';
import type { SettingsReply } from '../../../../shared/contract/settings.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const REPLY: SettingsReply = {
  file: '/home/sam/config.yaml',
  values: { port: 7717, energy: { nut: null, grid: null }, projects: [{ id: 'a' }, { id: 'b' }] },
  set: [],
  hidden: [],
  schema: {},
  problems: [],
};

function opened(answer: (method: string, path: string, body: unknown) => unknown = () => REPLY) {
  const asked: [string, string, unknown][] = [];
  const clock = fakeClock();
  const desk = createSettingsDraft({
    clock,
    ask: (method, path, body) => {
      asked.push([method, path, body]);
      return new Promise((resolve) => resolve(answer(method, path, body)));
    },
  });
  desk.open();
  return { desk, asked, clock };
}
const settle = (): Promise<void> => new Promise((next) => setImmediate(next));

describe('settings in the making', () => {
  it('are checked where the person rests, all together', async () => {
    const { desk, asked, clock } = opened((method) =>
      method === 'POST' ? { ok: false, problems: [{ field: 'port', text: 'too high' }] } : REPLY,
    );
    desk.set('port', { kind: 'set', value: 7 });
    desk.set('port', { kind: 'set', value: 70_000 });
    desk.set('energy.nut', { kind: 'set', value: 'host' });
    await clock.advanceMs(299);
    expect(asked.map(([method]) => method)).toEqual(['GET']);
    await clock.advanceMs(1);
    await settle();
    expect(asked.at(-1)).toEqual([
      'POST',
      '/v1/config/check',
      [
        { path: 'port', value: 70_000 },
        { path: 'energy.nut', value: 'host' },
      ],
    ]);
    expect(desk.store.getState().problems.get('port')).toBe('too high');
  });

  it('are written once and then are no drafts any more', async () => {
    const { desk, asked } = opened();
    desk.set('port', { kind: 'default' });
    const first = desk.save();
    await desk.save();
    await first;
    expect(asked.filter(([method]) => method === 'PATCH')).toEqual([
      ['PATCH', '/v1/config', [{ path: 'port' }]],
    ]);
    expect(desk.store.getState()).toMatchObject({ saved: ['port'], isSaving: false });
    expect(desk.store.getState().drafts.size).toBe(0);
  });

  it('stay as they were typed when the core refuses them or is away', async () => {
    const { desk } = opened((method) => {
      if (method === 'PATCH') throw new RefusedError(422, 'port: is not a number', 'port');
      return REPLY;
    });
    desk.set('port', { kind: 'set', value: 'many' });
    await desk.save();
    expect([...desk.store.getState().problems]).toEqual([['port', 'is not a number']]);
    expect(desk.store.getState().drafts.size).toBe(1);
    desk.discard();
    expect(desk.store.getState().drafts.size).toBe(0);
  });

  it('are shown applied, and what is kept stays as it is', () => {
    const drafts = new Map<string, Draft>([
      ['energy.grid', { kind: 'set', value: {} }],
      ['energy.grid.source', { kind: 'set', value: 'json' }],
      ['projects[2].id', { kind: 'set', value: 'c' }],
      ['port', { kind: 'default' }],
    ]);
    expect(draftedValues(REPLY, drafts)).toEqual({
      port: 7717,
      energy: { nut: null, grid: { source: 'json' } },
      projects: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
    });
    expect(REPLY.values['energy']).toEqual({ nut: null, grid: null });
  });

  it('take groups away last and from the end, and nothing inside them is set', () => {
    const drafts = new Map<string, Draft>([
      ['projects[1]', { kind: 'remove' }],
      ['projects[1].id', { kind: 'set', value: 'x' }],
      ['projects[10]', { kind: 'remove' }],
      ['projects[0].id', { kind: 'set', value: 'y' }],
    ]);
    expect(editsOf(drafts)).toEqual([
      { path: 'projects[0].id', value: 'y' },
      { path: 'projects[10]' },
      { path: 'projects[1]' },
    ]);
  });

  it('let a group take the place of what was said inside it', () => {
    const { desk } = opened();
    desk.set('energy.grid', { kind: 'set', value: {} });
    desk.set('energy.grid.url', { kind: 'set', value: 'https://x' });
    desk.set('energy.grid', { kind: 'set', value: null });
    expect([...desk.store.getState().drafts.keys()]).toEqual(['energy.grid']);
  });
});
