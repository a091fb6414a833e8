/** Switches that open the inside of a running program to others: a packaged app does not start with them. */
export const REFUSED_SWITCHES: readonly string[] = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'js-flags',
];

export function refusedSwitch(isPackaged: boolean, hasSwitch: (name: string) => boolean): string | null {
  return isPackaged ? (REFUSED_SWITCHES.find(hasSwitch) ?? null) : null;
}

/**
 * Whether every page of every session is forced into the sandbox. Enabling it cancels `--no-sandbox`, so only
 * a development run that asked for that switch goes without (as root Chromium's sandbox does not start).
 */
export function forcesSandbox(isPackaged: boolean, hasSwitch: (name: string) => boolean): boolean {
  return isPackaged || !hasSwitch('no-sandbox');
}
