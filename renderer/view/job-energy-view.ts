import type { Snapshot } from '../../shared/contract/state.ts';
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

/** The jobs of a snapshot with what each drew. A job without a name of its own is left out. */
export function jobEnergies(jobs: Snapshot['jobs'], words: Words): readonly JobEnergy[] {
  return jobs.flatMap((job) => {
    const fields = (job ?? {}) as Readonly<Record<string, unknown>>;
    const id = fields['id'];
    if (typeof id !== 'string') return [];
    const name = [fields['title'], fields['name'], fields['command']].find(
      (text) => typeof text === 'string',
    );
    const state = fields['state'];
    return [
      {
        id,
        name: name ?? id,
        state: typeof state === 'string' ? spacedWords(state) : null,
        energy: energyText(fields, words),
      },
    ];
  });
}

function energyText(fields: Readonly<Record<string, unknown>>, words: Words): string {
  const { energyWh, energyProvenance } = fields;
  const { noEnergy, energy } = words.page.deployments;
  if (typeof energyWh !== 'number' || typeof energyProvenance !== 'string') return noEnergy;
  if (energyProvenance !== 'measured' && energyProvenance !== 'modelled') return noEnergy;
  return energy(wattHoursText(energyWh), words.energyFrom[energyProvenance]);
}
