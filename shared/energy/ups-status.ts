import { batteryFrom, notNegative, numberIn, possibleCharge } from './ups-facts.ts';
import type { UpsFacts } from './ups-facts.ts';

/** NUT's values are bare; a few drivers write the unit that its documentation names behind them. */
const PERCENT = /\s*%$/;
const SECONDS = /\s*s(ec(onds)?)?$/i;
/** The old cpsups driver writes "1:57", and not of what: the part before is taken, too short rather than too long. */
const AFTER_COLON = /(?<=^\s*\d+):\d+\s*$/;

/**
 * Reads a NUT server's variables. The words of `ups.status` are NUT's own: OL, OB, LB, RB, FSD, BYPASS, OVER,
 * OFF, CAL; words this product has no use for (HB, CHRG, TRIM, ALARM, HE ...) stay in `status` only.
 * `OL` and `OB` together, or neither, leave `onBattery` null. `OL DISCHRG` is on line: a self-test, or a
 * device that misreads itself.
 */
export function upsFromVariables(variables: ReadonlyMap<string, string>): UpsFacts {
  const words = statusWords(variables.get('ups.status') ?? '');
  const has = (word: string) => words.includes(word);
  return {
    status: words.join(' '),
    onBattery: batteryFrom(has('OL'), has('OB')),
    lowBattery: has('LB'),
    replaceBattery: has('RB'),
    forcedShutdown: has('FSD'),
    bypass: has('BYPASS'),
    overload: has('OVER'),
    off: has('OFF'),
    calibrating: has('CAL'),
    commLost: false,
    chargePercent: possibleCharge(numberIn(PERCENT, variables.get('battery.charge'))),
    runtimeSeconds: notNegative(
      numberIn(SECONDS, variables.get('battery.runtime')?.replace(AFTER_COLON, '')),
    ),
    loadPercent: notNegative(numberIn(PERCENT, variables.get('ups.load'))),
  };
}

function statusWords(status: string): readonly string[] {
  return status.split(/\s+/).filter((word) => word !== '');
}
