import { describe, expect, it } from 'vitest';

import { coalesced, type QueuedWord } from '../../../../shared/sync/coalesce.ts';

const word = (kind: QueuedWord['kind'], state: QueuedWord['state'], body: string): QueuedWord => ({
  kind,
  state,
  body,
});

describe('a new word under a key', () => {
  it.each([
    ['a state after none', null, 'state', 'add'],
    ['a newer state while one waits', word('state', 'waiting', 'a'), 'state', 'replace'],
    ['the same state while it waits', word('state', 'waiting', 'b'), 'state', 'known'],
    ['the same state while it is sent', word('state', 'sending', 'b'), 'state', 'known'],
    ['the same state after it was told', word('state', 'sent', 'b'), 'state', 'known'],
    ['a newer state while one is sent', word('state', 'sending', 'a'), 'state', 'add'],
    ['a newer state after one was told', word('state', 'sent', 'a'), 'state', 'add'],
    ['the same state after it was given up', word('state', 'dead', 'b'), 'state', 'add'],
    ['the same state while it may have arrived', word('state', 'unsure', 'b'), 'state', 'add'],
    ['a state after an event that waits', word('event', 'waiting', 'b'), 'state', 'add'],
    ['an event after the same event', word('event', 'waiting', 'b'), 'event', 'add'],
    ['an event after a state', word('state', 'waiting', 'b'), 'event', 'add'],
  ] as const)('%s', (_what, last, kind, fate) => {
    expect(coalesced(last, { kind, body: 'b' })).toBe(fate);
  });
});
