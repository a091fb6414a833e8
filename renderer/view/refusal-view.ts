import { RefusedError } from '../connection/core-requests.ts';
import type { Words } from '../words/words.ts';
import { sentence } from './plain-text.ts';

/** Why something was not done, for a person. */
export interface Refusal {
  /** The field at fault; null where the whole was refused. */
  readonly field: string | null;
  readonly text: string;
}

/** The core's own sentence; without an answer, that it was not reached. */
export function refusalOf(error: unknown, words: Words): Refusal {
  if (!(error instanceof RefusedError)) return { field: null, text: words.page.notReached };
  // The field is shown beside the sentence, so its name need not be told again.
  const start = `${error.field ?? ''}: `;
  const text = error.message.startsWith(start) ? error.message.slice(start.length) : error.message;
  return { field: error.field, text: sentence(text) };
}
