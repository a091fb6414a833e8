import type { DashboardState } from './dashboard-store.ts';

/** Which of the designed pages is shown. */
export type Screen = 'loading' | 'signed-out' | 'unreached' | 'now';

export function screenOf(state: DashboardState): Screen {
  if (state.connection.kind === 'signed-out') return 'signed-out';
  if (state.snapshot !== null) return 'now';
  return state.connection.kind === 'lost' ? 'unreached' : 'loading';
}

/** Seconds since the snapshot was heard, by the page's own even clock. */
export function snapshotAgeSeconds(state: DashboardState): number {
  return Math.max(0, (state.nowMs - state.receivedAtMs) / 1000);
}

/**
 * Age in seconds of an instant inside the snapshot: its age when the core told of it, plus the time since. So
 * a wall clock that jumps in between changes nothing.
 */
export function instantAgeSeconds(state: DashboardState, at: string | null): number | null {
  if (at === null || state.snapshot === null) return null;
  const whenToldMs = Date.parse(state.snapshot.at) - Date.parse(at);
  return Number.isNaN(whenToldMs) ? null : Math.max(0, whenToldMs / 1000) + snapshotAgeSeconds(state);
}
