import type { UpsReading } from '../contract/energy.ts';
import type { EnergyLevel } from '../contract/vocabulary.ts';

import { levelOfPercent, levelValue, lowerLevel } from './level.ts';
import { durationWords, percentWords } from './words.ts';

/** Below this runtime a UPS on battery is CRITICAL, in seconds (domain 1.1). */
const CRITICAL_RUNTIME_S = 300;
/** Below this runtime a UPS on battery is LOW at most, in seconds (domain 1.1). */
const LOW_RUNTIME_S = 900;

/** What the UPS link says: as good as the wall, running down, or not known. */
export interface UpsLink {
  readonly feed: 'line' | 'battery' | 'unknown';
  /** The level a desktop has by it; FULL on line. */
  readonly desktopLevel: EnergyLevel;
  readonly why: string;
}

/** The worst of the UPSes that feed this machine; null without one. */
export function upsLink(ups: readonly UpsReading[]): UpsLink | null {
  const links = ups.filter((u) => u.feedsThisMachine).map(linkOf);
  return links.reduce<UpsLink | null>(
    (worst, link) => (worst === null || rank(link) < rank(worst) ? link : worst),
    null,
  );
}

/** On battery is worse than not known, which is worse than on line. */
function rank(link: UpsLink): number {
  if (link.feed === 'battery') return levelValue(link.desktopLevel) ?? 4;
  return link.feed === 'unknown' ? 5 : 6;
}

function linkOf(ups: UpsReading): UpsLink {
  const silent = ups.commLost || ups.problem !== null;
  if (silent) return silentLink(ups);
  if (ups.forcedShutdown) {
    return { feed: 'battery', desktopLevel: 'CRITICAL', why: 'UPS is shutting down' };
  }
  // Switched off, it does not feed a machine that runs. Whether a self-test is over takes memory: see steadiness.
  if (ups.off && ups.onBattery === null) return { feed: 'line', desktopLevel: 'FULL', why: 'mains, UPS off' };
  if (ups.onBattery === null) {
    if (ups.lowBattery) return { feed: 'battery', desktopLevel: 'CRITICAL', why: 'UPS battery low' };
    return { feed: 'unknown', desktopLevel: 'UNKNOWN', why: 'UPS does not say whether it is on line' };
  }
  if (!ups.onBattery) return { feed: 'line', desktopLevel: 'FULL', why: 'mains through UPS' };
  return { feed: 'battery', desktopLevel: runDownLevel(ups), why: runDownWhy(ups) };
}

/** Domain 1.1: stale and last seen on battery is CRITICAL on a desktop; last seen on line keeps its level. */
function silentLink(ups: UpsReading): UpsLink {
  const cause = ups.problem ?? 'connection to the UPS lost';
  if (ups.onBattery === true || ups.forcedShutdown) {
    return { feed: 'battery', desktopLevel: 'CRITICAL', why: `UPS silent, last seen on battery (${cause})` };
  }
  if (ups.onBattery === false && ups.readAt !== null) {
    return { feed: 'line', desktopLevel: 'FULL', why: `UPS not answering, last seen on line (${cause})` };
  }
  return { feed: 'unknown', desktopLevel: 'UNKNOWN', why: `UPS not answering (${cause})` };
}

function runDownLevel(ups: UpsReading): EnergyLevel {
  if (ups.lowBattery) return 'CRITICAL';
  const runtimeS = ups.runtimeSeconds;
  if (runtimeS !== null && runtimeS < CRITICAL_RUNTIME_S) return 'CRITICAL';
  const isShort = runtimeS !== null && runtimeS < LOW_RUNTIME_S;
  if (ups.chargePercent === null) return isShort ? 'LOW' : 'UNKNOWN';
  const band = levelOfPercent(ups.chargePercent);
  return isShort ? lowerLevel(band, 'LOW') : band;
}

function runDownWhy(ups: UpsReading): string {
  const parts = ['UPS on battery'];
  if (ups.chargePercent !== null) parts.push(percentWords(ups.chargePercent));
  if (ups.runtimeSeconds !== null) parts.push(`${durationWords(ups.runtimeSeconds)} left`);
  if (ups.lowBattery) parts.push('battery low');
  return parts.join(', ');
}
