import type { Job } from '../../shared/contract/job.ts';
import type { Words } from '../words/words.ts';
import { drawnText } from './energy-days-view.ts';
import { commandText, jobStateText } from './job-view.ts';

export interface JobEnergy {
  readonly id: string;
  /** Its command, as the page of jobs names it. */
  readonly name: string;
  readonly state: string;
  /** "0.42 Wh, measured"; "not measured" where nothing measured it, never zero. */
  readonly energy: string;
}

/** The jobs with what each drew. What has not started drew nothing that could be told. */
export function jobEnergies(jobs: readonly Job[], words: Words): readonly JobEnergy[] {
  return jobs
    .filter(({ state }) => state !== 'queued')
    .map((job) => ({
      id: job.id,
      name: commandText(job.command),
      state: jobStateText(job, words),
      energy: drawnText(job, words),
    }));
}
