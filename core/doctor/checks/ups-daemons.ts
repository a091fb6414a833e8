import { ok, problem, warning } from '../check.ts';
import { ageWords } from '../age-words.ts';
import type { DoctorCheck, DoctorFacts } from '../check.ts';

function addresses({ config }: DoctorFacts): readonly string[] {
  if (!config.ok) return [];
  const { nut, apcupsd } = config.config.energy;
  return [nut, apcupsd].filter((one) => one !== null);
}

/** The UPS daemons named in the settings: reached, answering, and which UPS feeds this machine. */
export const upsDaemons: DoctorCheck = {
  id: 'ups',
  title: 'UPS',
  applicable: (facts) => addresses(facts).length > 0,
  async check({ ups, facts, clock }) {
    const readings = await ups();
    const details = readings.map((one) => {
      const charge = one.chargePercent === null ? '' : `, ${Math.floor(one.chargePercent)} %`;
      const feeds = one.feedsThisMachine ? 'feeds this machine' : 'does not feed this machine';
      const said = one.problem ?? `${one.status === '' ? 'no status' : one.status}${charge}`;
      return `${one.name}: ${said}; ${ageWords(one.readAt, clock.wallMs())}; ${feeds}`;
    });
    const asked = addresses(facts).join(', ');
    if (readings.length === 0) {
      return problem(`${asked} answers, but knows no UPS.`, 'Set up the UPS in its daemon.');
    }
    const failed = readings.filter((one) => one.problem !== null);
    if (failed.length > 0) {
      const next = 'Start the daemon, or correct energy.nut and energy.apcupsd in config.yaml.';
      return problem(
        `${failed.map((one) => one.name).join(', ')}: ${failed[0]?.problem ?? ''}.`,
        next,
        details,
      );
    }
    if (!readings.some((one) => one.feedsThisMachine)) {
      const next = 'Name it as energy.feedingUps in config.yaml.';
      return warning(`${readings.length} UPSes, none of them is said to feed this machine.`, next, details);
    }
    return ok(`${readings.length} answering.`, details);
  },
};
