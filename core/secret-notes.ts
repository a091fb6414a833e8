import type { Snapshot } from '../shared/contract/state.ts';
import type { Secrets } from './secrets.ts';

/** Of notes in the snapshot, which the doctor reads too. */
export const SECRET_NOTE = { kept: 'secret-kept', problem: 'secret-problem' } as const;

/** What a person should know of the secrets that are set: one line for where they are, one for each that is of no use. */
export function secretNotes(secrets: Pick<Secrets, 'states'>): Snapshot['notes'] {
  const set = secrets.states().filter(({ isSet }) => isSet);
  const kept = new Set(set.flatMap(({ note }) => (note === null ? [] : [note])));
  return [
    ...[...kept].map((text) => ({ code: SECRET_NOTE.kept, text })),
    ...set.flatMap(({ problem }) =>
      problem === null ? [] : [{ code: SECRET_NOTE.problem, text: `A secret is not used: ${problem}.` }],
    ),
  ];
}
