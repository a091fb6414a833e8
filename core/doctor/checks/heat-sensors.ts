import { ok, warning } from '../check.ts';
import { ageWords } from '../age-words.ts';
import type { DoctorCheck } from '../check.ts';

/** Every temperature with whether it may decide. */
export const heatSensors: DoctorCheck = {
  id: 'heat-sensors',
  title: 'Heat sensors',
  applicable: () => true,
  async check({ power, clock }) {
    const { reading, failure } = await power();
    if (reading === null) return warning(`Temperatures could not be read: ${failure}.`, null);
    const { sensors, coolingStatus, hottestC } = reading.thermal;
    const age = ageWords(reading.readAt, clock.wallMs());
    const details = sensors.map((one) => {
      const value = one.valueC === null ? 'tells nothing' : `${one.valueC.toFixed(1)} °C`;
      return `${one.label} (${one.path}): ${value}; ${age}; ${one.reason}`;
    });
    if (sensors.length === 0) return ok('No heat sensors here; cooling is not judged.');
    if (coolingStatus === null) return warning('None of the heat sensors is plausible.', null, details);
    const hottest = hottestC === null ? '' : `, hottest ${hottestC.toFixed(1)} °C`;
    return ok(`Cooling is ${coolingStatus}${hottest}.`, details);
  },
};
