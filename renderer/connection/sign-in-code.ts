import { pageAddress, projectInAddress } from './page-route.ts';

/** What the fragment of an address asks for: `#code=...&project=...&tray=missing`, each part optional. */
export interface PageRequest {
  /** The one-time code; null where there is none. */
  readonly code: string | null;
  /** The project to show; null for all of them. */
  readonly project: string | null;
  /** The desktop has no tray, so the window stays in its place. */
  readonly isTrayMissing: boolean;
}

/**
 * Takes the one-time code and the word about the tray out of the address, so that they stay neither on screen
 * nor in the history. The project stays: a reload or a step back shows it again.
 */
export function takePageRequest(
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  history: Pick<History, 'replaceState'>,
): PageRequest {
  const fragment = new URLSearchParams(location.hash.replace(/^#/, ''));
  const project = projectInAddress(location.hash);
  const [code, tray] = [fragment.get('code'), fragment.get('tray')];
  if (code !== null || tray !== null) {
    const rest = project === null ? '' : pageAddress(project);
    history.replaceState(null, '', `${location.pathname}${location.search}${rest}`);
  }
  return { code: code === '' ? null : code, project, isTrayMissing: tray === 'missing' };
}
