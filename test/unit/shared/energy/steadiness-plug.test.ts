import { describe, expect, it } from 'vitest';

import { plug, plugDueMs, plugFrom } from '../../../../shared/energy/steadiness-plug.ts';
import type { Feed } from '../../../../shared/energy/steadiness-plug.ts';

/** Instants in seconds at which what is seen changes; a look every second. */
function feedAfter(start: Feed, changes: Readonly<Record<number, Feed>>, seconds: number): Feed {
  let state = plugFrom(start, 0);
  let seen = start;
  for (let at = 1; at <= seconds; at += 1) {
    seen = changes[at] ?? seen;
    state = plug(state, seen, at * 1_000);
  }
  return state.feed;
}

describe('plug', () => {
  it.each<[string, Feed, Record<number, Feed>, number, Feed]>([
    ['pulled, 4 s', 'line', { 10: 'battery' }, 14, 'line'],
    ['pulled, 5 s', 'line', { 10: 'battery' }, 15, 'battery'],
    ['plugged in, 5 s', 'battery', { 10: 'line' }, 15, 'line'],
    ['out for 4 s', 'line', { 10: 'battery', 14: 'line' }, 60, 'line'],
    ['pulled and put back, slowly', 'line', { 10: 'battery', 20: 'line' }, 25, 'line'],
    ['flutters, then holds 20 s', 'battery', { 10: 'line', 12: 'battery', 14: 'line' }, 34, 'battery'],
    ['flutters, then holds 30 s', 'battery', { 10: 'line', 12: 'battery', 14: 'line' }, 44, 'line'],
    ['flutters, then stays out', 'line', { 10: 'battery', 12: 'line', 14: 'battery' }, 19, 'battery'],
    ['a UPS that lost its mains had its patience', 'line', { 10: 'ups' }, 10, 'ups'],
    ['mains back behind the UPS', 'ups', { 10: 'line' }, 15, 'line'],
  ])('%s', (_, start, changes, seconds, feed) => {
    expect(feedAfter(start, changes, seconds)).toBe(feed);
  });

  it('tells when what it saw will count', () => {
    const pulled = plug(plugFrom('line', 0), 'battery', 1_000);
    expect(plugDueMs(pulled, 2_500)).toBe(3_500);
    expect(plugDueMs(plug(pulled, 'line', 3_000), 3_000)).toBeNull();
  });
});
