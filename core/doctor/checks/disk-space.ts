import { dirname } from 'node:path';

import { ok, problem, warning } from '../check.ts';
import type { DoctorCheck, DoctorFiles } from '../check.ts';

const MB = 1024 * 1024;
/** History grows by some MB a month; under this a day of trouble fills the disk. */
const WARN_BYTES = 500 * MB;
const PROBLEM_BYTES = 50 * MB;

/** The state folder: private, writable, with room left. */
export const diskSpace: DoctorCheck = {
  id: 'disk-space',
  title: 'State folder',
  applicable: () => true,
  async check({ files, places, facts }) {
    const dir = places.stateDir;
    const about = await files.about(dir);
    if (about !== null && about.kind !== 'folder') {
      return problem(`${dir} is not a folder.`, 'Move it away; the core makes its own.');
    }
    const existing = about === null ? await nearest(files, dirname(dir)) : dir;
    if (!(await files.mayWrite(existing))) {
      return problem(`${existing} cannot be written to.`, `Make it writable for this user.`);
    }
    const free = await files.freeBytes(existing);
    const room = free === null ? 'free space not known' : `${Math.floor(free / MB)} MB free`;
    if (free !== null && free < PROBLEM_BYTES) {
      return problem(`${dir}: only ${room}; history cannot be kept.`, 'Free some space on that disk.');
    }
    if (free !== null && free < WARN_BYTES) return warning(`${dir}: only ${room}.`, 'Free some space soon.');
    if (about !== null && (about.mode & 0o077) !== 0 && facts.platform !== 'win32') {
      return warning(`Others may enter ${dir}.`, `chmod 700 ${dir}`);
    }
    return ok(about === null ? `${dir} will be made at the first start; ${room}.` : `${dir}: ${room}.`);
  },
};

/** The folder, or the nearest one above it that is there. */
async function nearest(files: DoctorFiles, dir: string): Promise<string> {
  if ((await files.about(dir)) !== null || dirname(dir) === dir) return dir;
  return nearest(files, dirname(dir));
}
