/** What a page may do beyond itself. Pure: the shell asks, Electron obeys. */

/** Sites a link of the dashboard may open in the person's own browser. */
export const EXTERNAL_HOSTS: readonly string[] = ['github.com', 'manus.im'];

/** Whether a window may go to `url`: only to the running core, `coreOrigin` being its exact origin. */
export function decideNavigation(url: string, coreOrigin: string | null): 'allow' | 'deny' {
  const target = parsed(url);
  if (target === null || coreOrigin === null || hasPerson(target)) return 'deny';
  return target.origin === coreOrigin ? 'allow' : 'deny';
}

/** Whether `url` may be handed to the system's browser: https, a listed host, no port and no user name. */
export function decideExternal(url: string): 'allow' | 'deny' {
  const target = parsed(url);
  if (target?.protocol !== 'https:' || target.port !== '' || hasPerson(target)) return 'deny';
  return EXTERNAL_HOSTS.includes(target.hostname) ? 'allow' : 'deny';
}

/** Pages may put text on the clipboard ("copy the decision's id"); everything else is refused. */
export function decidePermission(
  permission: string,
  pageUrl: string,
  coreOrigin: string | null,
): 'allow' | 'deny' {
  if (permission !== 'clipboard-sanitized-write') return 'deny';
  return decideNavigation(pageUrl, coreOrigin);
}

function parsed(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

function hasPerson(url: URL): boolean {
  return url.username !== '' || url.password !== '';
}
