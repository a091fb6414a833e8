import type { SpanEnergy } from '../../shared/energy/energy-meter.ts';
import type { EnergyAccount } from '../energy-account.ts';
import type { JobRecord } from './job-record.ts';

type Counted = Pick<JobRecord, 'ranMs' | 'pausedMs' | 'countedMs' | 'energyWh' | 'energyProvenance'>;

/** Counts the time and the watt-hours of one job from look to look, so that a restart loses minutes, not hours. */
export interface JobTally {
  /** What the record becomes, `stepMs` of awake time after the last look. */
  count(record: JobRecord, stepMs: number, wallMs: number): Counted;
  /** From here on what the machine draws is this job's. */
  begin(id: string): void;
  /** Nothing more is counted for it. */
  end(id: string): void;
}

export function createJobTally(account: Pick<EnergyAccount, 'start' | 'end'>): JobTally {
  const span = (id: string): string => `job ${id}`;
  return {
    begin: (id) => account.start(span(id)),
    end: (id) => void account.end(span(id)),
    count(record, stepMs, wallMs) {
      const { state, ranMs, pausedMs, energyWh, energyProvenance } = record;
      if (state === 'paused') {
        account.end(span(record.id));
        return { ranMs, pausedMs: pausedMs + stepMs, countedMs: wallMs, energyWh, energyProvenance };
      }
      const drawn = account.end(span(record.id));
      account.start(span(record.id));
      return { ranMs: ranMs + stepMs, pausedMs, countedMs: wallMs, ...withDrawn(record, drawn) };
    },
  };
}

/** The weakest part names the sum; a part of which nothing is known adds nothing, and takes nothing away. */
function withDrawn(
  { energyWh, energyProvenance }: JobRecord,
  drawn: SpanEnergy | null,
): Pick<JobRecord, 'energyWh' | 'energyProvenance'> {
  if (drawn?.energyWh === null || drawn === null) return { energyWh, energyProvenance };
  const isModelled = energyProvenance === 'modelled' || drawn.provenance === 'modelled';
  return {
    energyWh: (energyWh ?? 0) + drawn.energyWh,
    energyProvenance: isModelled ? 'modelled' : 'measured',
  };
}
