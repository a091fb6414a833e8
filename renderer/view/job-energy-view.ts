import type { Job } from '../../shared/contract/job.ts';
import type { Words } from '../words/words.ts';
import { spacedWords } from './plain-text.ts';
import { wattHoursText } from './record-view.ts';

export interface JobEnergy {
  readonly id: string;
  readonly name: string;
  /** Null where the core says none. */
  readonly state: string | null;
  /** "0.42 Wh, measured"; "energy not known" where nothing measured it, never zero. */
  readonly energy: string;
}

/** The jobs with what each drew, as the core lists them. What does not read as a job is left out. */
export function jobEnergies(jobs: readonly unknown[], words: Words): readonly JobEnergy[] {
  return jobs.flatMap((job) => {
    const { id, command, state, energyWh, energyProvenance } = (job ?? {}) as Partial<Job>;
    if (typeof id !== 'string') return [];
    const { noEnergy, energy } = words.page.deployments;
    const isKnown =
      typeof energyWh === 'number' && energyProvenance !== undefined && energyProvenance !== 'unknown';
    return [
      {
        id,
        name: Array.isArray(command) ? command.join(' ') : id,
        state: state === undefined ? null : spacedWords(state),
        energy: isKnown ? energy(wattHoursText(energyWh), words.energyFrom[energyProvenance]) : noEnergy,
      },
    ];
  });
}
