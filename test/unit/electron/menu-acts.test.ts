import { describe, expect, it, vi } from 'vitest';

import { createMenuActs } from '../../../electron/menu-acts.ts';

function setUp(refusal: string | null = null) {
  const log: string[] = [];
  const act = createMenuActs({
    ask(method, path, body) {
      log.push(`${method} ${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`);
      if (refusal !== null) return Promise.reject(new Error(refusal));
      return Promise.resolve({ value: null, tags: ['on-call'], effective: 60, until: null });
    },
    open: (target) => log.push(`open ${JSON.stringify(target)}`),
    host: () => log.push('host'),
    quit: () => log.push('quit'),
    set: (change) => log.push(`set ${JSON.stringify(change)}`),
    onProblem: (text) => log.push(`problem: ${text}`),
  });
  return { act, log };
}

describe('what the menu does', () => {
  it.each([
    [{ kind: 'host' }, 'host'],
    [{ kind: 'quit' }, 'quit'],
    [{ kind: 'set', change: { tray: false } }, 'set {"tray":false}'],
    [{ kind: 'open', target: { project: null, page: null, at: null } }, 'open null'],
    [
      { kind: 'open', target: { project: 'shop', page: null, at: 'halt' } },
      'open {"project":"shop","page":null,"at":"halt"}',
    ],
  ] as const)('%j', (does, said) => {
    const { act, log } = setUp();
    act(does);
    expect(log).toEqual([said]);
  });

  it('keeps what the person ticked for the day', async () => {
    const { act, log } = setUp();
    act({ kind: 'wellbeing', value: 25 });
    await vi.waitFor(() => expect(log).toHaveLength(2));
    expect(log[1]).toBe('PUT /v1/wellbeing {"value":25,"tags":["on-call"]}');
  });

  it('sets what counts now where nothing was set', async () => {
    const { act, log } = setUp();
    act({ kind: 'wellbeing', value: null });
    await vi.waitFor(() => expect(log[1]).toContain('"value":60'));
  });

  it('asks one after the other, and says in words what was refused', async () => {
    const request = (id: string) => ({ method: 'POST', path: `/v1/jobs/${id}/pause`, body: null }) as const;
    const good = setUp();
    good.act({ kind: 'ask', requests: [request('a'), request('b')] });
    await vi.waitFor(() => expect(good.log).toEqual(['POST /v1/jobs/a/pause', 'POST /v1/jobs/b/pause']));
    const bad = setUp('The job is over.');
    bad.act({ kind: 'ask', requests: [request('a'), request('b')] });
    await vi.waitFor(() => expect(bad.log).toEqual(['POST /v1/jobs/a/pause', 'problem: The job is over.']));
  });
});
