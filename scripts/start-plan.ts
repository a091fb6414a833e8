import { join } from 'node:path';

import { electronPath, type Machine } from './system-parts.ts';

/** How `npm start` runs: the desktop shell, or the same core without a display and why. */
export type StartPlan =
  | { readonly kind: 'desktop'; readonly program: string; readonly args: readonly string[] }
  | {
      readonly kind: 'headless';
      readonly because: string;
      readonly program: string;
      readonly args: readonly string[];
    };

/**
 * The desktop shell where Electron and a display are there and it may run; otherwise the core alone, with one
 * sentence that says what is missing and how to get it.
 * @param userId numeric id of the user; null where the platform has none.
 */
export function startPlan(
  machine: Machine,
  userId: number | null,
  nodePath: string,
  args: readonly string[],
): StartPlan {
  const electron = electronPath(machine);
  const because = withoutDesktop(machine, electron, userId);
  return because === null && electron !== null
    ? { kind: 'desktop', program: electron, args: [machine.rootDir, ...args] }
    : {
        kind: 'headless',
        because: because ?? '',
        program: nodePath,
        args: [join(machine.rootDir, 'dist/cli/orch.js'), 'daemon', ...args],
      };
}

function withoutDesktop(machine: Machine, electron: string | null, userId: number | null): string | null {
  const { env, platform } = machine;
  const hasDisplay = platform !== 'linux' || [env['DISPLAY'], env['WAYLAND_DISPLAY']].some(Boolean);
  const missing = [
    ...(electron === null ? ["Electron's program is not there (npx install-electron fetches it)"] : []),
    ...(hasDisplay ? [] : ['there is no display (DISPLAY and WAYLAND_DISPLAY are not set)']),
    ...(platform === 'linux' && userId === 0
      ? ['Electron does not run as root without --no-sandbox (start as an ordinary user)']
      : []),
  ];
  return missing.length === 0 ? null : missing.join('; ');
}
