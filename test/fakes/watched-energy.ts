import { createEnergyMonitor } from '../../core/energy/energy-monitor.ts';
import { energyConfigSchema } from '../../shared/contract/config.ts';
import { fakeClock } from './fake-clock.ts';
import { fakePowerReader } from './fake-power-reader.ts';
import type { EnergyMonitor, EnergyNote } from '../../core/energy/energy-monitor.ts';
import type { EnergyConfig } from '../../shared/contract/config.ts';
import type { EnergyState } from '../../shared/contract/energy.ts';
import type { EnergyLevel } from '../../shared/contract/vocabulary.ts';
import type { FakeClock } from './fake-clock.ts';
import type { FakePowerReader, Shown } from './fake-power-reader.ts';

export interface WatchedEnergy {
  readonly clock: FakeClock;
  readonly reader: FakePowerReader;
  readonly monitor: EnergyMonitor;
  readonly changes: EnergyState[];
  readonly notes: EnergyNote[];
  /** Every level that stood, in order, without repeats; starts with the first that was told. */
  levels(): EnergyLevel[];
  kinds(): string[];
  /** The machine shows this for so long. */
  shows(reading: Shown, seconds: number): Promise<EnergyState>;
}

/** A started monitor on a fake clock, already past its first reading. */
export async function watchedEnergy(
  first: Shown,
  config: Partial<EnergyConfig> = {},
  clock: FakeClock = fakeClock(),
): Promise<WatchedEnergy> {
  const reader = fakePowerReader(first);
  const changes: EnergyState[] = [];
  const notes: EnergyNote[] = [];
  const monitor = createEnergyMonitor({
    reader,
    clock,
    energy: { ...energyConfigSchema.parse({}), ...config },
    onChange: (energy) => changes.push(energy),
    onNote: (note) => notes.push(note),
  });
  monitor.start();
  await clock.advanceMs(0);
  return {
    clock,
    reader,
    monitor,
    changes,
    notes,
    levels: () =>
      changes.map((one) => one.level).filter((level, at, all) => at === 0 || level !== all[at - 1]),
    kinds: () => notes.map((one) => one.kind),
    async shows(reading, seconds) {
      reader.gives(reading);
      await clock.advanceMs(seconds * 1000);
      return monitor.current();
    },
  };
}
