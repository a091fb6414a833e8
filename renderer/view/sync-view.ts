import type { MirroredTask, MirrorState } from '../../shared/contract/sync.ts';
import type { StatusKind } from '../components/StatusShape.tsx';
import type { Words } from '../words/words.ts';
import { plainText } from './plain-text.ts';

const KINDS: Readonly<Record<MirrorState['state'], StatusKind>> = {
  ok: 'ok',
  failing: 'warning',
  stopped: 'problem',
  off: 'info',
};

/** A mirror that is fine but has something to say is no problem, nor is it all well. */
export function mirrorKind({ state, problem }: MirrorState): StatusKind {
  return state === 'ok' && problem !== null ? 'warning' : KINDS[state];
}

/** What differs, one sentence each. */
export function differenceTexts({ differences }: MirroredTask, words: Words): string[] {
  const said = words.syncPage;
  return differences.map(({ what, ours, theirs }) => {
    if (what === 'missing') return said.missing;
    const tell = what === 'title' ? said.title : said.status;
    return tell(plainText(ours), plainText(theirs));
  });
}

/** A task by what it is called: there, else here, else by its id. */
export function taskName({ theirTitle, ourTitle, task }: MirroredTask): string {
  const title = plainText(theirTitle ?? ourTitle ?? '');
  return title === '' ? task : title;
}

/** Tasks that differ first, then the board, then the newest. */
export function orderedTasks(tasks: readonly MirroredTask[]): MirroredTask[] {
  const rank = ({ differsSince, role }: MirroredTask): number =>
    (differsSince === null ? 2 : 0) + (role === 'board' ? 0 : 1);
  return [...tasks].sort((one, other) => rank(one) - rank(other));
}

/** A board that is there; one that somebody deleted may be asked for anew. */
export function isStandingBoard({ role, differences }: MirroredTask): boolean {
  return role === 'board' && !differences.some(({ what }) => what === 'missing');
}
