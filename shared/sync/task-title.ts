import type { TaskStatus } from '../contract/vocabulary.ts';
import { TASK_STATUSES } from '../contract/vocabulary.ts';

/** No maximum is documented; well below what is usual. */
const LONGEST_TITLE = 200;
const MARKER = /\s*\[orch-[0-9a-f]{12}\]/g;
const PREFIX = new RegExp(`^\\[(?:${TASK_STATUSES.join('|')})\\]\\s*`);

/** What makes a title findable again: nothing else of a created task is ours to choose. */
export function markerOf(hash: string): string {
  return `[orch-${hash.slice(0, 12)}]`;
}

/** The title with its marker at the end, never cut off. */
export function markedTitle(title: string, marker: string): string {
  const plain = title
    .replace(MARKER, '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return `${shortened(plain, LONGEST_TITLE - marker.length - 1)} ${marker}`.trim();
}

/** The marker at the end of a title, as it stands there; empty when there is none. */
export function markerIn(title: string): string {
  return title.match(MARKER)?.at(-1)?.trim() ?? '';
}

/** Our status before a title of theirs, in the place of an older one; the bare title when there is no status. */
export function statusTitle(title: string, status: TaskStatus | null): string {
  const bare = title.replace(PREFIX, '');
  return status === null ? bare : shortened(`[${status}] ${bare}`, LONGEST_TITLE);
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
