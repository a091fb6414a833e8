import type { EnergyState, Machine } from '../contract/energy.ts';
import type { CoolingStatus, NetworkStatus } from '../contract/vocabulary.ts';

/** HOT or worse counts after 2 minutes, a UPS on battery after 6 seconds (domain 1.1 and 1.2). */
export const HOT_FOR_MS = 2 * 60_000;
const UPS_BLIP_MS = 6_000;

/** Since when something has held, in milliseconds of one monotonic clock. Start with `NO_MEMORY`. */
export interface InfrastructureMemory {
  readonly hotSinceMs: number | null;
  readonly upsOnBatterySinceMs: number | null;
}

export const NO_MEMORY: InfrastructureMemory = { hotSinceMs: null, upsOnBatterySinceMs: null };

export type PowerFacts = Pick<EnergyState, 'level' | 'levelValue' | 'why' | 'ups'> & {
  readonly thermal: { readonly coolingStatus: CoolingStatus | null };
};

/** Carries the memory on by one reading. A reading that is missing changes nothing: no news is not good news. */
export function stepInfrastructure(
  memory: InfrastructureMemory,
  energy: PowerFacts,
  monotonicMs: number,
): InfrastructureMemory {
  const cooling = energy.thermal.coolingStatus;
  const hot = cooling === null ? memory.hotSinceMs !== null : isHot(cooling);
  const onBattery = energy.ups.some((ups) => ups.feedsThisMachine && ups.onBattery === true);
  return {
    hotSinceMs: hot ? (memory.hotSinceMs ?? monotonicMs) : null,
    upsOnBatterySinceMs: onBattery ? (memory.upsOnBatterySinceMs ?? monotonicMs) : null,
  };
}

/** What the rest of the product needs to know of this machine. */
export interface InfrastructureState {
  readonly mode: 'NORMAL' | 'DEGRADED';
  /** "UPS on battery"; null while NORMAL. */
  readonly weakestLink: string | null;
  readonly coolingStatus: CoolingStatus | null;
  readonly networkStatus: NetworkStatus | null;
}

/**
 * DEGRADED at LOW or below, HOT or worse for 2 minutes, OFFLINE, or with a UPS that is silent or on battery.
 * The weakest link is the worst of them.
 */
export function infrastructureState(
  energy: PowerFacts,
  machine: Pick<Machine, 'networkStatus'> | null,
  memory: InfrastructureMemory,
  monotonicMs: number,
): InfrastructureState {
  const cooling = energy.thermal.coolingStatus;
  const networkStatus = machine?.networkStatus ?? null;
  const hotLong = memory.hotSinceMs !== null && monotonicMs - memory.hotSinceMs >= HOT_FOR_MS;
  const upsLong =
    memory.upsOnBatterySinceMs !== null && monotonicMs - memory.upsOnBatterySinceMs >= UPS_BLIP_MS;
  const feeding = energy.ups.filter((ups) => ups.feedsThisMachine);
  const silent = feeding.find((ups) => ups.problem !== null || ups.commLost);
  const links: readonly (string | false)[] = [
    energy.level === 'CRITICAL' && `power: ${energy.why}`,
    feeding.some((ups) => ups.onBattery === true && ups.lowBattery) && 'UPS battery low',
    hotLong && cooling === 'CRITICAL' && 'cooling CRITICAL',
    upsLong && 'UPS on battery',
    energy.level === 'LOW' && `power: ${energy.why}`,
    hotLong && 'cooling HOT',
    silent !== undefined && `UPS not answering: ${silent.problem ?? 'communication lost'}`,
    networkStatus === 'OFFLINE' && 'network OFFLINE',
  ];
  const weakestLink = links.find((link) => link !== false) ?? null;
  return {
    mode: weakestLink === null ? 'NORMAL' : 'DEGRADED',
    weakestLink,
    coolingStatus: cooling,
    networkStatus,
  };
}

function isHot(cooling: CoolingStatus): boolean {
  return cooling === 'HOT' || cooling === 'CRITICAL';
}
