import type { Snapshot } from '../shared/contract/state.ts';
import type { Secrets } from './secrets.ts';

/** Of notes in the snapshot, which the doctor reads too. */
export const SECRET_NOTE = { kept: 'secret-kept', problem: 'secret-problem' } as const;

/** One line for where the secrets are, one for each that is of no use. */
export function secretNotes(secrets: Pick<Secrets, 'notes'>): Snapshot['notes'] {
  const { kept, problems } = secrets.notes();
  return [
    ...(kept === null ? [] : [{ code: SECRET_NOTE.kept, text: kept }]),
    ...problems.map((problem) => ({
      code: SECRET_NOTE.problem,
      text: `A secret is not used: ${problem}.`,
    })),
  ];
}
