/** Why something became of a job, where a person is the cause. All other causes are the core's own. */
export const BY_HAND = 'by hand';
export const ASKED_FOR = 'asked for';
export const STARTED_ALONE = 'started while no core was there';

/** Whether a person is the actor of what is recorded with this cause. */
export function isOfPerson(cause: string): boolean {
  return (
    cause === ASKED_FOR || cause === STARTED_ALONE || cause === BY_HAND || cause.startsWith(`${BY_HAND},`)
  );
}
