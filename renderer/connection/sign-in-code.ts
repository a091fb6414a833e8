import { addressOf, NOW_ADDRESS, pageAddress, routeOf } from './page-route.ts';
import type { PageRoute } from './page-route.ts';

/** What the fragment of an address asks for: `#code=...&project=...&tray=missing`, each part optional. */
export interface PageRequest {
  /** The one-time code; null where there is none. */
  readonly code: string | null;
  /** The page to show. */
  readonly route: PageRoute;
  /** The desktop has no tray, so the window stays in its place. */
  readonly isTrayMissing: boolean;
}

/**
 * Takes the one-time code and the word about the tray out of the address, so that they stay neither on screen
 * nor in the history. The page stays: a reload or a step back shows it again.
 */
export function takePageRequest(
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  history: Pick<History, 'replaceState'>,
): PageRequest {
  const fragment = new URLSearchParams(location.hash.replace(/^#/, ''));
  const route = routeOf(location.hash);
  const [code, tray] = [fragment.get('code'), fragment.get('tray')];
  if (code !== null || tray !== null) {
    history.replaceState(null, '', `${location.pathname}${location.search}${addressThatStays(route)}`);
  }
  return { code: code === '' ? null : code, route, isTrayMissing: tray === 'missing' };
}

function addressThatStays({ page, project }: PageRoute): string {
  if (project !== null) return pageAddress(project);
  const address = addressOf(page);
  return address === NOW_ADDRESS ? '' : address;
}
