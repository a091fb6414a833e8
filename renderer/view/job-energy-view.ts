import type { Job } from '../../shared/contract/job.ts';
import type { Words } from '../words/words.ts';
import { drawnText } from './energy-days-view.ts';

export interface JobEnergy {
  readonly id: string;
  readonly name: string;
  /** Null where the core says none. */
  readonly state: string | null;
  /** "0.42 Wh, measured"; "not measured" where nothing measured it, never zero. */
  readonly energy: string;
}

/** The jobs with what each drew, as the core lists them. What does not read as a job is left out. */
export function jobEnergies(jobs: readonly unknown[], words: Words): readonly JobEnergy[] {
  return jobs.flatMap((job) => {
    const { id, command, state, energyWh, energyProvenance } = (job ?? {}) as Partial<Job>;
    // What has not started drew nothing that could be told.
    if (typeof id !== 'string' || state === 'queued') return [];
    return [
      {
        id,
        name: Array.isArray(command) ? command.join(' ') : id,
        state: state === undefined ? null : words.jobsPage.states[state],
        energy: drawnText(
          { energyWh: energyWh ?? null, energyProvenance: energyProvenance ?? 'unknown' },
          words,
        ),
      },
    ];
  });
}
