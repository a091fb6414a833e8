import { hasDesktopSession, nameOwner } from '../session-bus.ts';
import { ok, problem, warning } from '../check.ts';
import type { DoctorCheck } from '../check.ts';

/** Whether anybody shows notices (behaviour 25). */
export const notifications: DoctorCheck = {
  id: 'notifications',
  title: 'Notifications',
  applicable: hasDesktopSession,
  async check(ports) {
    const owner = await nameOwner(ports, 'org.freedesktop.Notifications');
    if (owner.kind === 'yes') return ok('A notification service is running.');
    if (owner.kind === 'not-known') return warning(`Not known: ${owner.why}.`, null);
    return problem(
      'No notification service is running: notices will not be seen.',
      "Start the desktop's own, or install one such as dunst or mako.",
    );
  },
};
