/**
 * Takes the one-time code out of the address (`#code=...`) and out of the address bar, so that it stays
 * neither on screen nor in the history. Null when there is none.
 */
export function takeSignInCode(
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  history: Pick<History, 'replaceState'>,
): string | null {
  const code = new URLSearchParams(location.hash.replace(/^#/, '')).get('code');
  if (code === null) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return code === '' ? null : code;
}
