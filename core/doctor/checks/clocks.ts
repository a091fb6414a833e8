import { ok, warning } from '../check.ts';
import type { DoctorCheck } from '../check.ts';

/** No build of this product is older than this. */
const EARLIEST_MS = Date.UTC(2025, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

/** The wall clock: possible at all, kept right by somebody, and told apart from sleep. */
export const clocks: DoctorCheck = {
  id: 'clock',
  title: 'Clock',
  applicable: () => true,
  async check({ clock, run, facts }) {
    const now = clock.wallMs();
    const at = new Date(now).toISOString().replace(/\.\d+/, '');
    if (now < EARLIEST_MS || now > LATEST_MS) {
      return warning(
        `The clock says ${at}: reports will look stale or stamped in the future.`,
        'Set the clock.',
      );
    }
    const boot = clock.bootMs?.() ?? null;
    const sleep =
      boot === null ? 'sleep is told from the wall clock' : 'sleep is told from the clock since boot';
    if (facts.platform !== 'linux') return ok(`${at}; ${sleep}.`);
    const asked = await run('timedatectl', ['show', '--property=NTPSynchronized', '--value']);
    if (asked.kind !== 'ended' || asked.code !== 0) {
      return ok(`${at}; ${sleep}; whether it is kept right over the network is not known.`);
    }
    if (asked.out.trim() === 'no') {
      return warning(`${at}, not kept right over the network; ${sleep}.`, 'timedatectl set-ntp true');
    }
    return ok(`${at}, kept right over the network; ${sleep}.`);
  },
};
