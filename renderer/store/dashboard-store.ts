import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { Snapshot } from '../../shared/contract/state.ts';
import type { ConnectionEvent, SignedOutWhy } from '../connection/core-connection.ts';
import { routeOf } from '../connection/page-route.ts';
import type { PageRoute } from '../connection/page-route.ts';

export type ConnectionState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'signed-out'; readonly why: SignedOutWhy };

/** What a screen reader is told, once. */
export type Announcement =
  | { readonly kind: 'level'; readonly snapshot: Snapshot }
  | { readonly kind: 'lost' }
  | { readonly kind: 'back' };

/** All the page knows. Times are the page's own monotonic milliseconds. */
export interface DashboardState {
  readonly connection: ConnectionState;
  /** The last one heard; kept while the core is lost. */
  readonly snapshot: Snapshot | null;
  readonly receivedAtMs: number;
  /** The last thing announced; null until something changed while the page was open. */
  readonly announcement: Announcement | null;
  readonly nowMs: number;
  /** The page that is looked at. */
  readonly route: PageRoute;
  /** The page before it; null while the window still shows its first one. */
  readonly cameFrom: PageRoute | null;
  /** The desktop has no tray; this window stays in its place. */
  readonly isTrayMissing: boolean;
}

export type DashboardStore = StoreApi<DashboardState>;

export function createDashboardStore(): DashboardStore {
  return createStore<DashboardState>(() => ({
    connection: { kind: 'starting' },
    snapshot: null,
    receivedAtMs: 0,
    announcement: null,
    nowMs: 0,
    route: routeOf(''),
    cameFrom: null,
    isTrayMissing: false,
  }));
}

/** The state after `event`, heard at `atMs`. */
export function afterEvent(state: DashboardState, event: ConnectionEvent, atMs: number): DashboardState {
  const announcement = announcementOf(state, event) ?? state.announcement;
  switch (event.kind) {
    case 'snapshot':
      return { ...state, announcement, snapshot: event.snapshot, receivedAtMs: atMs, nowMs: atMs };
    case 'starting':
      // Another code may belong to another core: what was known before is not its state.
      return { ...state, announcement: null, connection: event, snapshot: null, nowMs: atMs };
    case 'live':
    case 'lost':
    case 'signed-out':
      return { ...state, announcement, connection: event, nowMs: atMs };
  }
}

/** The state on the page that `route` asks for; what is only said to the same page again leaves no trace. */
export function atRoute(state: DashboardState, route: PageRoute): Pick<DashboardState, 'route' | 'cameFrom'> {
  const isSame = route.page === state.route.page && route.project === state.route.project;
  return { route, cameFrom: isSame ? state.cameFrom : state.route };
}

/** Level changes and a core that goes or comes back; null for everything else. */
function announcementOf(state: DashboardState, event: ConnectionEvent): Announcement | null {
  switch (event.kind) {
    case 'snapshot':
      if (state.snapshot === null || state.snapshot.energy.level === event.snapshot.energy.level) return null;
      return { kind: 'level', snapshot: event.snapshot };
    case 'lost':
      return state.connection.kind === 'lost' ? null : { kind: 'lost' };
    case 'live':
      return state.connection.kind === 'lost' ? { kind: 'back' } : null;
    default:
      return null;
  }
}
