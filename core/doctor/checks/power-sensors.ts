import { ok, problem, warning } from '../check.ts';
import { ageWords } from '../age-words.ts';
import type { DoctorCheck } from '../check.ts';
import type { PowerSupply } from '../../../shared/contract/energy.ts';

/** Every power supply with its value, its age and whether it could be read. */
export const powerSensors: DoctorCheck = {
  id: 'power-sensors',
  title: 'Power sensors',
  applicable: () => true,
  async check({ power, clock }) {
    const { reading, failure } = await power();
    if (reading === null) {
      return problem(`The power sensors could not be read: ${failure}.`, 'See `orch sense` for the details.');
    }
    const now = clock.wallMs();
    const lines = reading.supplies.map((one) => supplyLine(one, now));
    const details = [...lines, ...reading.problems.map((one) => `not read: ${one}`)];
    const mute = reading.supplies.filter((one) => one.counted && isMute(one));
    if (mute.length > 0) {
      const names = mute.map((one) => one.name).join(', ');
      return problem(`${names} counts but tells nothing.`, permissionHint(reading.problems), details);
    }
    if (reading.problems.length > 0) {
      const what = `${reading.problems.length} of the sensor files could not be read.`;
      return warning(what, permissionHint(reading.problems), details);
    }
    if (reading.supplies.length === 0) return ok('No power supplies: a desktop or server on mains.');
    const counted = reading.supplies.filter((one) => one.counted).length;
    return ok(`${reading.supplies.length} read, ${counted} of them count.`, details);
  },
};

function isMute(supply: PowerSupply): boolean {
  if (supply.kind === 'battery') return supply.percent === null;
  return supply.online === null;
}

function supplyLine(supply: PowerSupply, nowMs: number): string {
  const { percent, online, powerW, status } = supply;
  const values = [
    online === null ? null : online ? 'online' : 'offline',
    status,
    percent === null ? null : `${Math.floor(percent)} %`,
    powerW === null ? null : `${powerW.toFixed(1)} W`,
  ].filter((value) => value !== null);
  const value = values.length === 0 ? 'tells nothing' : values.join(', ');
  const counts = supply.counted ? 'counts' : 'does not count';
  return `${supply.name}: ${value}; ${ageWords(supply.readAt, nowMs)}; ${counts}: ${supply.reason}`;
}

function permissionHint(problems: readonly string[]): string {
  return problems.some((one) => /permission|EACCES|EPERM/i.test(one))
    ? 'Allow this user to read the files named here.'
    : 'Load or update the driver of the device; `orch sense` shows what can be read.';
}
