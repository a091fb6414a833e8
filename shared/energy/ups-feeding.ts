import type { UpsReading } from '../contract/energy.ts';

const DEFAULT_PORTS = /:(3493|3551)$/;

/**
 * Marks the UPS that feeds this machine: the one the person named, or the only one there is. Among several
 * nothing is guessed (behaviour 9): none is marked until `energy.feedingUps` names one.
 *
 * @param feedingUps a reading's name; the default port may be left out or written.
 */
export function markFeedingUps(readings: readonly UpsReading[], feedingUps: string | null): UpsReading[] {
  const wanted = feedingUps === null ? null : withoutDefaultPort(feedingUps);
  return readings.map((reading) => ({
    ...reading,
    feedsThisMachine: wanted === null ? readings.length === 1 : withoutDefaultPort(reading.name) === wanted,
  }));
}

function withoutDefaultPort(name: string): string {
  return name.replace(DEFAULT_PORTS, '');
}
