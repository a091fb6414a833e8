import type { ActionState, ActionVerb } from '../../shared/contract/vocabulary.ts';

const states: Record<ActionState, string> = {
  asking: 'Asks you',
  counting: 'Counting down',
  running: 'Under way',
  verifying: 'Done, being watched',
  active: 'In force',
  undoing: 'Being undone',
  helped: 'Helped',
  'not-helped': 'Did not help',
  done: 'Done',
  undone: 'Undone',
  declined: 'Left as it is',
  cancelled: 'Called off',
  observed: 'Only observed',
  failed: 'Failed',
  'undo-failed': 'Undo failed',
};

const verbs: Record<ActionVerb, string> = {
  approve: 'Do it',
  decline: 'Leave it',
  undo: 'Undo',
  retry: 'Let it try again',
  cancel: 'Call it off',
};

/** The words of what the core did by itself. */
export const actionsPanel = {
  title: 'Done by itself',
  states,
  verbs,
  because: (cause: string) => `Because: ${cause}`,
  undo: (what: string) => `Undo: ${what}`,
  name: (title: string) => `What to do with: ${title}`,
  answered: 'Told the core.',
  machine: 'this machine',
};
