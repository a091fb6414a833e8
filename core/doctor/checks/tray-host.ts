import { hasDesktopSession, nameOwner } from '../session-bus.ts';
import { ok, warning } from '../check.ts';
import type { DoctorCheck } from '../check.ts';

/** Whether the desktop has a place for tray icons (behaviour 26). */
export const trayHost: DoctorCheck = {
  id: 'tray-host',
  title: 'Tray',
  applicable: hasDesktopSession,
  async check(ports) {
    const owner = await nameOwner(ports, 'org.kde.StatusNotifierWatcher');
    if (owner.kind === 'yes') return ok('This desktop shows tray icons.');
    if (owner.kind === 'not-known') return warning(`Not known: ${owner.why}.`, null);
    return warning(
      'This desktop shows no tray; the window opens instead.',
      'On GNOME, install and turn on the extension "AppIndicator and KStatusNotifierItem Support".',
    );
  },
};
