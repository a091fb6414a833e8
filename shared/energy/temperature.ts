/** Whether a temperature can be one, by facts about its driver. */
export interface Plausibility {
  readonly plausible: boolean;
  readonly reason: string;
}

/** Colder than any room a computer runs in: an input without a sensor. */
const COLDEST_C = -20;
/** Silicon is off before this. */
const HOTTEST_C = 150;
/** An eight-bit register ends at 127 or thereabouts: what an input without a diode shows. Nothing runs that hot. */
const END_OF_SCALE_C = 126;

const IN_RANGE: Plausibility = { plausible: true, reason: 'in range' };

/**
 * @param chip the zone's type or the hwmon chip's name
 * @param label the sensor's own label; empty when it has none
 * @param valueC degrees Celsius as read
 */
export function temperaturePlausibility(chip: string, label: string, valueC: number): Plausibility {
  if (/^INT3400\b/i.test(chip)) return implausible('this driver returns a constant, not a temperature');
  if (valueC <= COLDEST_C) return implausible('far below any room: no sensor there');
  if (valueC > HOTTEST_C) return implausible('above what silicon survives');
  if (valueC === 0) return implausible(zeroReason(chip, label));
  if (valueC >= END_OF_SCALE_C) return implausible('end of the scale: no sensor there');
  return IN_RANGE;
}

function zeroReason(chip: string, label: string): string {
  if (/^thinkpad/i.test(chip)) return 'thinkpad_acpi shows 0 for a sensor that is not there';
  if (/^PCH_/i.test(label)) return 'a register that was never written: 0';
  return 'exactly 0: a sensor that is not there';
}

function implausible(reason: string): Plausibility {
  return { plausible: false, reason };
}

/** A trip point or limit in degrees; null for the values that stand for "not set" (0, -274, 65261 and the like). */
export function limitC(milliC: number | null): number | null {
  if (milliC === null) return null;
  const degreesC = milliC / 1000;
  return degreesC >= 30 && degreesC <= HOTTEST_C ? degreesC : null;
}
