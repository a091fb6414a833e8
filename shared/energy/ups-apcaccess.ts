import { batteryFrom, notNegative, plainNumber, possibleCharge } from './ups-facts.ts';
import type { UpsFacts } from './ups-facts.ts';

/** Bits of apcupsd's STATFLAG that this product reads. */
const FLAG = {
  calibrating: 0x1,
  onLine: 0x8,
  onBattery: 0x10,
  overload: 0x20,
  lowBattery: 0x40,
  replaceBattery: 0x80,
  commLost: 0x100,
  shuttingDown: 0x200,
} as const;

/**
 * Reads the text that apcupsd's network server sends and `apcaccess` prints, of any version since 3.7.
 *
 * STATFLAG decides where it is given, for `SHUTTING DOWN` and `COMMLOST` replace all other words of STATUS;
 * the words decide where it is missing or says neither on line nor on battery. With the UPS's line lost
 * nothing says where its power comes from, so `onBattery` is null, unless apcupsd is shutting down: then the
 * flags tell why. BCHARGE, TIMELEFT and LOADPCT stand as served: with `commLost` they are old.
 * Null when the text holds neither STATUS nor STATFLAG: it is no status at all.
 */
export function upsFromApcaccess(text: string): UpsFacts | null {
  const fields = apcaccessFields(text);
  const status = fields.get('STATUS') ?? '';
  const flags = statFlag(fields.get('STATFLAG'));
  if (!fields.has('STATUS') && flags === null) return null;

  const words = status.split(/\s+/).filter((word) => word !== '');
  const says = (word: string, bit: number) => words.includes(word) || ((flags ?? 0) & bit) !== 0;
  const commLost = says('COMMLOST', FLAG.commLost);
  const shuttingDown = says('SHUTTING', FLAG.shuttingDown);
  const byFlags =
    flags === null ? null : batteryFrom((flags & FLAG.onLine) !== 0, (flags & FLAG.onBattery) !== 0);
  const byWords = batteryFrom(words.includes('ONLINE'), words.includes('ONBATT'));
  return {
    status: words.join(' '),
    onBattery: commLost && !shuttingDown ? null : (byFlags ?? byWords),
    lowBattery: says('LOWBATT', FLAG.lowBattery),
    replaceBattery: says('REPLACEBATT', FLAG.replaceBattery),
    forcedShutdown: shuttingDown,
    bypass: false,
    overload: says('OVERLOAD', FLAG.overload),
    off: false,
    calibrating: says('CAL', FLAG.calibrating),
    commLost,
    chargePercent: possibleCharge(firstNumber(fields.get('BCHARGE'), /^percent\b/i)),
    runtimeSeconds: notNegative(secondsOf(fields.get('TIMELEFT'))),
    loadPercent: notNegative(firstNumber(fields.get('LOADPCT'), /^percent\b/i)),
  };
}

/** `KEY      : value`, a line each; a later line of the same key wins. */
function apcaccessFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const key = line.slice(0, colon).trim();
    if (/^[A-Z][A-Z0-9 ]{0,31}$/.test(key)) fields.set(key, line.slice(colon + 1).trim());
  }
  return fields;
}

function statFlag(text: string | undefined): number | null {
  const hex = /^0x([0-9a-f]{1,8})\b/i.exec(text ?? '')?.[1];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}

/** The number before an optional unit; null when the unit is another one than asked for. */
function firstNumber(text: string | undefined, unit: RegExp): number | null {
  const [amount, ...rest] = (text ?? '').replace(/%$/, ' percent').split(/\s+/);
  const named = rest.join(' ');
  return named === '' || unit.test(named) ? plainNumber(amount) : null;
}

/** TIMELEFT carries its unit and has always been minutes; others are understood, an unknown one is null. */
function secondsOf(text: string | undefined): number | null {
  const perUnit: readonly (readonly [RegExp, number])[] = [
    [/^min/i, 60],
    [/^sec/i, 1],
    [/^hour/i, 3600],
  ];
  for (const [unit, seconds] of perUnit) {
    const amount = firstNumber(text, unit);
    if (amount !== null) return Math.round(amount * seconds * 1000) / 1000;
  }
  return null;
}
