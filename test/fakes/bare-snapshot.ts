import type { Snapshot } from '../../shared/contract/state.ts';
import { snapshotSchema } from '../../shared/contract/state.ts';
import type { EnergyLevel } from '../../shared/contract/vocabulary.ts';

/** A snapshot of a machine at `level` with no project, no job and nothing else to say. */
export function bareSnapshot(level: EnergyLevel): Snapshot {
  const at = '2026-01-05T10:00:00.000Z';
  return snapshotSchema.parse({
    schemaVersion: 1,
    sequence: 1,
    at,
    version: '0.1.0',
    energy: {
      level,
      levelValue: null,
      why: 'as the test says',
      onExternalPower: level === 'FULL',
      percent: null,
      netPowerW: null,
      state: null,
      reservePercent: null,
      batteryPresent: true,
      supplies: [],
      ups: [],
      thermal: { coolingStatus: null, hottestC: null, zone: null, headroomC: null, sensors: [] },
      readAt: at,
    },
    machine: { cpuPercent: null, memoryPercent: null, gpuPercent: null, networkStatus: null },
    projects: [],
    alerts: [],
    jobs: [],
    forecast: [],
    sync: {},
    notes: [],
  });
}
