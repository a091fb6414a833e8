import { readFile } from 'node:fs/promises';

import type { EnergyConfig } from '../../shared/contract/config.ts';
import type { UpsReading } from '../../shared/contract/energy.ts';
import { markFeedingUps } from '../../shared/energy/ups-feeding.ts';
import type { Clock } from '../clock.ts';
import { apcupsdLink } from './apcupsd.ts';
import { readPasswordFile } from './nut-password.ts';
import { nutLink } from './nut.ts';
import type { UpsLink } from './ups-link.ts';
import { createUpsWatch } from './ups-watch.ts';
import type { UpsSourceState } from './ups-watch.ts';

/** The part of the energy settings that says which daemons to ask. */
export type UpsConfig = Pick<
  EnergyConfig,
  'nut' | 'nutUser' | 'nutPasswordFile' | 'nutCaFile' | 'apcupsd' | 'feedingUps'
>;

export interface UpsPollerOptions {
  readonly clock: Clock;
  readonly energy: UpsConfig;
  /** 0 up to 1; spreads reconnects. */
  readonly chance: () => number;
  /** Called after the readings changed in more than their age. Must not throw. */
  readonly onChange?: (readings: readonly UpsReading[]) => void;
  /** The content of `nutPasswordFile`; from that file when left out. */
  readonly readPassword?: () => Promise<string>;
  /** The daemons to ask; those of `energy` when left out. */
  readonly links?: readonly UpsLink[];
}

export interface UpsPoller {
  /** From memory; never waits. The last good values stand while a daemon is silent, with `problem` set. */
  readings(): readonly UpsReading[];
  /** How the line to each daemon is. */
  sources(): readonly UpsSourceState[];
  start(): void;
  stop(): void;
  /** Call after the machine woke up. */
  askNow(): void;
}

/**
 * Watches every configured UPS daemon, each on its own line and time: a dead one delays no other. Which UPS
 * feeds this machine stays open until each daemon was tried once, so that the first to answer is not taken
 * for the only one.
 *
 * @throws UpsProblem when an address in `energy` is none
 */
export function createUpsPoller(options: UpsPollerOptions): UpsPoller {
  const { clock, energy, chance, onChange } = options;
  const links = options.links ?? configuredLinks(options);
  let lastSeen = '';

  const readings = () => {
    const all = watches.flatMap((watch) => watch.readings());
    if (energy.feedingUps === null && watches.some((watch) => !watch.hasTried())) return all;
    return markFeedingUps(all, energy.feedingUps);
  };
  const onNews = () => {
    const now = readings();
    const seen = JSON.stringify(now.map(withoutAge));
    if (seen === lastSeen) return;
    lastSeen = seen;
    onChange?.(now);
  };
  const watches = links.map((link) => createUpsWatch({ link, clock, chance, onNews }));

  return {
    readings,
    sources: () => watches.map((watch) => watch.state()),
    start: () => watches.forEach((watch) => watch.start()),
    stop: () => watches.forEach((watch) => watch.stop()),
    askNow: () => watches.forEach((watch) => watch.askNow()),
  };
}

function configuredLinks({ clock, energy, readPassword }: UpsPollerOptions): readonly UpsLink[] {
  const { nutPasswordFile, nutCaFile } = energy;
  const links: UpsLink[] = [];
  if (energy.nut !== null) {
    const fromFile = nutPasswordFile === null ? null : () => readPasswordFile(nutPasswordFile);
    links.push(
      nutLink(energy.nut, clock, {
        user: energy.nutUser,
        readPassword: readPassword ?? fromFile,
        readCa: nutCaFile === null ? null : () => readFile(nutCaFile, 'utf8'),
      }),
    );
  }
  if (energy.apcupsd !== null) links.push(apcupsdLink(energy.apcupsd, clock));
  return links;
}

function withoutAge(reading: UpsReading): unknown {
  const problem = reading.problem?.replace(/^not answering for \d+ s.*$/s, 'not answering') ?? null;
  return { ...reading, readAt: null, problem };
}
