import { describe, expect, it } from 'vitest';

import { afterEvent, createDashboardStore } from '../../../../renderer/store/dashboard-store.ts';
import { instantAgeSeconds, screenOf, snapshotAgeSeconds } from '../../../../renderer/store/selectors.ts';
import { lowSnapshot, mediumSnapshot } from '../../../e2e/example-snapshots.ts';

const start = createDashboardStore().getState();
const known = afterEvent(start, { kind: 'snapshot', snapshot: lowSnapshot() }, 1000);
const live = afterEvent(known, { kind: 'live' }, 1000);
const lost = afterEvent(live, { kind: 'lost' }, 7000);

describe('dashboard store', () => {
  it('chooses the page by what is known', () => {
    expect(screenOf(start)).toBe('loading');
    expect(screenOf(afterEvent(start, { kind: 'lost' }, 5000))).toBe('unreached');
    expect(screenOf(live)).toBe('now');
    expect(screenOf(lost)).toBe('now');
    expect(screenOf(afterEvent(live, { kind: 'signed-out', why: 'token-refused' }, 0))).toBe('signed-out');
  });

  it('keeps the last state while the core is lost, and drops it when another session starts', () => {
    expect(lost.snapshot).toBe(known.snapshot);
    expect(afterEvent(lost, { kind: 'starting' }, 8000).snapshot).toBeNull();
  });

  it('tells ages by its own clock and the stamps of one snapshot', () => {
    expect(snapshotAgeSeconds({ ...live, nowMs: 61_000 })).toBe(60);
    expect(instantAgeSeconds({ ...live, nowMs: 61_000 }, '2026-01-05T09:59:56.000Z')).toBe(64);
    expect(instantAgeSeconds(live, null)).toBeNull();
    expect(instantAgeSeconds(live, 'yesterday')).toBeNull();
  });

  it('announces a changed level, and nothing for a state of the same level', () => {
    expect(known.announcement).toBeNull();
    const same = afterEvent(live, { kind: 'snapshot', snapshot: lowSnapshot({ sequence: 8 }) }, 2000);
    expect(same.announcement).toBeNull();
    const changed = afterEvent(same, { kind: 'snapshot', snapshot: mediumSnapshot() }, 3000);
    expect(changed.announcement?.kind).toBe('level');
    const later = afterEvent(changed, { kind: 'snapshot', snapshot: mediumSnapshot() }, 4000);
    expect(later.announcement).toBe(changed.announcement);
  });

  it('announces a lost core once, and its return', () => {
    expect(lost.announcement).toEqual({ kind: 'lost' });
    expect(afterEvent(lost, { kind: 'lost' }, 9000).announcement).toBe(lost.announcement);
    expect(afterEvent(lost, { kind: 'live' }, 9000).announcement).toEqual({ kind: 'back' });
    expect(live.announcement).toBeNull();
  });
});
