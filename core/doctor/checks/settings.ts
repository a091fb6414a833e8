import { ok, problem, warning } from '../check.ts';
import type { DoctorCheck } from '../check.ts';

/** `config.yaml`: readable, right, and for its owner alone. */
export const settings: DoctorCheck = {
  id: 'config',
  title: 'Settings',
  applicable: () => true,
  async check({ facts, files, places }) {
    const { configPath } = places;
    if (!facts.config.ok) {
      const details = facts.config.problems.map((one) => one.text);
      return problem(`${configPath} has mistakes.`, 'Correct the lines below.', details);
    }
    const about = await files.about(configPath);
    const { length } = facts.config.config.projects;
    const projects = length === 1 ? '1 project' : `${length} projects`;
    if (about === null) return ok(`No ${configPath}: every setting has its default.`);
    if (!about.isOurs) {
      return warning(`${configPath} belongs to somebody else.`, `Make it yours: chown "$USER" ${configPath}`);
    }
    if ((about.mode & 0o077) !== 0 && facts.platform !== 'win32') {
      return warning(`Others may read ${configPath}.`, `chmod 600 ${configPath}`);
    }
    return ok(`${configPath} is right; ${projects}.`);
  },
};
