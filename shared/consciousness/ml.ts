import type { Machine } from '../contract/energy.ts';
import {
  RANKED_LEVELS,
  type EnergyLevel,
  type HealthMode,
  type RankedLevel,
} from '../contract/vocabulary.ts';

/** EFFICIENT at LOW and CRITICAL, else NORMAL. D6: not the operating mode, which is the policy's. */
export function mlMode(level: EnergyLevel, efficientUpTo: RankedLevel = 'LOW'): HealthMode {
  if (level === 'UNKNOWN') return 'NORMAL';
  const isEfficient = RANKED_LEVELS.indexOf(level) <= RANKED_LEVELS.indexOf(efficientUpTo);
  return isEfficient ? 'EFFICIENT' : 'NORMAL';
}

/** How busy this machine is, 0..100, higher is worse: its tightest resource decides. Null when none is known. */
export function computationLoad(
  machine: Pick<Machine, 'cpuPercent' | 'memoryPercent' | 'gpuPercent'> | null,
): number | null {
  if (machine === null) return null;
  const known = [machine.cpuPercent, machine.memoryPercent, machine.gpuPercent].filter(
    (percent) => percent !== null,
  );
  return known.length === 0 ? null : Math.max(...known);
}

export interface LoadSample {
  readonly atMs: number;
  readonly loadPercent: number;
}

/** The mean over the minute before `nowMs`; null without a sample in it. One clock for both, any clock. */
export function smoothedLoad(samples: readonly LoadSample[], nowMs: number): number | null {
  const recent = samples.filter((sample) => sample.atMs <= nowMs && nowMs - sample.atMs <= 60_000);
  if (recent.length === 0) return null;
  return recent.reduce((sum, sample) => sum + sample.loadPercent, 0) / recent.length;
}
