import { MOST_COMMITS } from '../../shared/contract/gate-ask.ts';

/** A request of `gateAskSchema`, still to be checked. */
export interface UncheckedAsk {
  kind: string;
  root: string;
  mainRoot: string | null;
  strict: boolean;
  branches: string[];
  commits: { title: string; isMerge: boolean; paths: string[] }[];
  isComplete: boolean;
}

/** What a plain sh can write without escaping anything: `git log` prints the second half of it. */
export const GATE_TEXT_TYPE = 'application/vnd.meta-orchestrator.gate';

/**
 * Reads what the hooks send:
 *
 *     push | commit
 *     root /absolute/folder      also: main, branch (many), strict, new (a branch had nothing to compare with)
 *     (tab)parents(tab)title     one commit, then its paths, one a line
 *     (tab)end                   the commits are all there
 *
 * A path of git's never starts with a tab: git quotes such names. Never throws; what does not belong is left out.
 */
export function parseGateText(text: string): UncheckedAsk {
  const lines = text.split('\n');
  const ask: UncheckedAsk = {
    kind: lines[0] ?? '',
    root: '',
    mainRoot: null,
    strict: false,
    branches: [],
    commits: [],
    isComplete: false,
  };
  let isNew = false;
  for (const line of lines.slice(1)) {
    if (line === 'new' && ask.commits.length === 0) isNew = true;
    else if (line === '\tend') ask.isComplete = true;
    else if (line.startsWith('\t')) ask.commits.push(commitOf(line));
    else if (ask.commits.length > 0) addPath(ask, line);
    else takeHead(ask, line);
  }
  // One more than are looked at tells that there are too many.
  if (ask.commits.length > MOST_COMMITS) {
    ask.commits.length = MOST_COMMITS;
    ask.isComplete = false;
  }
  // Nothing new to list on a new branch says nothing of what lands on it.
  if (isNew && ask.commits.length === 0) ask.isComplete = false;
  return ask;
}

function takeHead(ask: UncheckedAsk, line: string): void {
  const [word, value] = splitAt(line, line.indexOf(' '));
  if (word === 'root') ask.root = value;
  else if (word === 'main') ask.mainRoot = value;
  else if (word === 'branch') ask.branches.push(value);
  else if (line === 'strict') ask.strict = true;
}

function commitOf(line: string): UncheckedAsk['commits'][number] {
  const [parents, title] = splitAt(line.slice(1), line.indexOf('\t', 1) - 1);
  return { title: title.slice(0, 1000), isMerge: parents.includes(' '), paths: [] };
}

function addPath(ask: UncheckedAsk, line: string): void {
  // Git quotes a name with odd letters in it; which folder it lies in counts all the same.
  const path = line.replace(/^"(.*)"$/, '$1');
  if (path !== '') ask.commits.at(-1)?.paths.push(path);
}

function splitAt(text: string, index: number): [string, string] {
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
