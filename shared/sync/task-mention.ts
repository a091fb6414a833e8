import { MANUS_TASK_PATTERN } from '../contract/vocabulary.ts';

/** Asks for a task of its own. */
export const NEW_TASK = 'new';
const TRAILER = /^manus-task:\s*(\S{1,256})\s*$/i;
const BRANCH = /^manus\/([A-Za-z0-9]{22})(?:\/|$)/;
const ADDRESS = /^https:\/\/manus\.im\/app\/([A-Za-z0-9]{22})(?:[/?#].*)?$/;

/** The task that a word names: its id, its address, or "new"; null for anything else. */
export function taskNamed(word: string): string | null {
  if (word === NEW_TASK || MANUS_TASK_PATTERN.test(word)) return word;
  return ADDRESS.exec(word)?.[1] ?? null;
}

/** The tasks that a commit names: by `Manus-Task:` at the end of its message, else by a branch `manus/TASK`. */
export function tasksMentioned(message: string, branch: string | null): string[] {
  const last =
    message
      .trimEnd()
      .split(/\r?\n\s*\r?\n/)
      .at(-1) ?? '';
  const named = last.split(/\r?\n/).flatMap((line) => {
    const task = taskNamed(TRAILER.exec(line)?.[1] ?? '');
    return task === null ? [] : [task];
  });
  const byBranch = BRANCH.exec(branch ?? '')?.[1];
  return [...new Set(named.length > 0 || byBranch === undefined ? named : [byBranch])];
}
