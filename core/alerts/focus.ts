import { execFile } from 'node:child_process';

/** Whether the desktop itself says "do not disturb". */
export type Focus = 'on' | 'off' | 'unknown';

/** Asked only while notices wait: a program is started for each look. */
export type ReadFocus = () => Promise<Focus>;

const LIMIT_MS = 2_000;
const MAX_BYTES = 4096;

/** GNOME's switch by gsettings, KDE's by its notification service; unknown anywhere else. Never throws. */
export function createReadFocus(
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): ReadFocus {
  const desktop = (env['XDG_CURRENT_DESKTOP'] ?? '').toLowerCase();
  const hasBus = platform === 'linux' && (env['DBUS_SESSION_BUS_ADDRESS'] ?? '') !== '';
  if (hasBus && /gnome|unity|pop/.test(desktop)) {
    return async () =>
      answer(await said('gsettings', ['get', 'org.gnome.desktop.notifications', 'show-banners']), {
        false: 'on',
        true: 'off',
      });
  }
  if (hasBus && desktop.includes('kde')) {
    const name = 'org.freedesktop.Notifications';
    const args = ['--user', 'get-property', name, '/org/freedesktop/Notifications', name, 'Inhibited'];
    return async () => answer(await said('busctl', args), { 'b true': 'on', 'b false': 'off' });
  }
  return () => Promise.resolve('unknown');
}

function answer(text: string, meanings: Readonly<Record<string, Focus>>): Focus {
  return meanings[text.trim()] ?? 'unknown';
}

/** What the program printed; empty when it failed or took too long. */
function said(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const options = { timeout: LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: MAX_BYTES } as const;
    execFile(program, args, options, (error, out) => resolve(error === null ? out : ''));
  });
}
