import type { Machine } from '../contract/energy.ts';
import type { EnergyLevel, HealthMode } from '../contract/vocabulary.ts';

/** Domain 1.2, ml: what must be known before an ml project can be judged. Embedding quality is optional. */
export const ML_WEIGHTS: Readonly<Record<string, number>> = { model_health: 50, computation_load: 50 };

/** EFFICIENT at LOW and CRITICAL, else NORMAL. D6: not the operating mode, which is the policy's. */
export function mlMode(level: EnergyLevel): HealthMode {
  return level === 'LOW' || level === 'CRITICAL' ? 'EFFICIENT' : 'NORMAL';
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
