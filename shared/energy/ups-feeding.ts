import type { UpsReading } from '../contract/energy.ts';

const DEFAULT_PORTS = /:(3493|3551)$/;

/**
 * Marks the UPS that feeds this machine: the one the person named, or the only one there is. Among several
 * nothing is guessed (behaviour 9): none is marked until `energy.feedingUps` names one.
 *
 * @param feedingUps a reading's name; the default port may be left out or written. `apcupsd@HOST` also means
 *   the one UPS of the apcupsd there, whatever name it was given.
 */
export function markFeedingUps(readings: readonly UpsReading[], feedingUps: string | null): UpsReading[] {
  const wanted = feedingUps === null ? null : withoutDefaultPort(feedingUps);
  return readings.map((reading) => ({
    ...reading,
    feedsThisMachine: wanted === null ? readings.length === 1 : namesOf(reading).includes(wanted),
  }));
}

function namesOf(reading: UpsReading): readonly string[] {
  const name = withoutDefaultPort(reading.name);
  const host = name.slice(name.lastIndexOf('@') + 1);
  return reading.source === 'apcupsd' ? [name, `apcupsd@${host}`] : [name];
}

function withoutDefaultPort(name: string): string {
  return name.replace(DEFAULT_PORTS, '');
}
