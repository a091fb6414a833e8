import type { Snapshot } from '../../../shared/contract/state.ts';
import type { ChangeType } from '../../../shared/contract/vocabulary.ts';
import { isDeployBranch } from '../../hooks/deploy-branch.ts';
import type { Outbox } from '../outbox.ts';
import {
  bodySchema,
  checkRunBody,
  isSameWord,
  itemOf,
  protectionBody,
  statusBody,
  type GitHubBody,
} from './acts.ts';
import { gateWord, type GateWord } from './gate-word.ts';
import type { Head, HeadStore } from './heads.ts';
import type { Repository } from './repositories.ts';
import type { WaitingStore } from './waiting.ts';

export interface TellerParts {
  readonly outbox: Outbox;
  readonly heads: Pick<HeadStore, 'changeCount' | 'of'>;
  readonly waiting: WaitingStore;
  readonly nowMs: () => number;
}

/** Puts into the outbox what GitHub does not know yet. Sends nothing. */
export interface Teller {
  tell(repository: Repository, snapshot: Snapshot): void;
  /** What is said of a commit is to be told anew. */
  tellAgain(repository: Repository, sha: string): void;
}

/** Its files are not known yet: whatever was switched on for an earlier commit does not hold for this one. */
const UNREAD: GateWord = { verdict: 'unknown', code: 'not-read', text: '', mayMergeByItself: false };
/** What decided all that was told of a repository: while it is the same there is nothing to look up. */
interface Told {
  readonly stamp: string;
  readonly repository: Repository;
  readonly words: ReadonlyMap<string, { readonly changes: Changes; readonly gist: string }>;
}
type Changes = readonly ChangeType[] | null;

const METHOD = { merge: 'MERGE', squash: 'SQUASH', rebase: 'REBASE' } as const;

export function createTeller({ outbox, heads, waiting, nowMs }: TellerParts): Teller {
  const again = new Map<string, Set<string>>();
  const lastTold = new Map<string, Told>();

  const stamp = (): string =>
    [outbox.store.wordCount(), heads.changeCount(), waiting.changeCount()].join(' ');
  /** Every tick asks; the database is looked into only when something could have changed. */
  const isAllTold = (repository: Repository, snapshot: Snapshot): boolean => {
    const last = lastTold.get(repository.name);
    return (
      last !== undefined &&
      !again.has(repository.name) &&
      last.stamp === stamp() &&
      isSameRepository(last.repository, repository) &&
      [...last.words.values()].every(
        ({ changes, gist }) => gistOf(gateWord(snapshot, repository, changes)) === gist,
      )
    );
  };

  const lastOf = (destination: string, key: string): GitHubBody | null => {
    const last = outbox.store.last(destination, key);
    const read = bodySchema.safeParse(last?.body);
    return read.success ? read.data : null;
  };
  /** One that was given up is not told again either, until there is another word: the answer would be the same. */
  const put = (repository: Repository, cause: string, body: GitHubBody, isForced = false): void => {
    const item = itemOf(repository.name, repository.projects[0]?.id ?? null, cause, body);
    const last = lastOf(item.destination, item.key);
    if (!isForced && last !== null && isSameWord(last, body)) return;
    // A word that is asked for again is the same word, and still to be told.
    outbox.put(isForced ? { ...item, kind: 'event' } : item);
  };

  const autoMerge = (repository: Repository, head: Head, wordFor: (changes: Changes) => GateWord): void => {
    const { pull } = head;
    if (pull === null) return;
    const { autoMergeLabel, mergeMethod } = repository.github;
    const isMeant =
      !pull.isDraft &&
      !pull.isFork &&
      (autoMergeLabel === null || pull.labels.includes(autoMergeLabel)) &&
      repository.projects.every(
        ({ github, deployBranches }) =>
          github?.autoMerge === true && isDeployBranch(pull.baseBranch, deployBranches),
      );
    const word = head.changes === null ? UNREAD : wordFor(head.changes);
    const isOn = isMeant && word.mayMergeByItself;
    const body: GitHubBody = {
      act: 'auto-merge',
      number: pull.number,
      nodeId: pull.nodeId,
      sha: head.sha,
      isOn,
      method: METHOD[mergeMethod],
    };
    const last = lastOf(itemOf(repository.name, null, '', body).destination, `auto-merge ${pull.number}`);
    // What we never switched on is not ours to switch off.
    if (!isOn && (last?.act !== 'auto-merge' || !last.isOn)) return;
    put(repository, causeOf(word), body);
  };

  return {
    tellAgain({ name }, sha) {
      again.set(name, new Set([...(again.get(name) ?? []), sha]));
    },
    tell(repository, snapshot) {
      if (isAllTold(repository, snapshot)) return;
      const { github, name } = repository;
      const words = new Map<string, { changes: Changes; gist: string; word: GateWord }>();
      const wordFor = (changes: Changes): GateWord => {
        const key = changes === null ? '' : [...changes].sort().join(' ');
        const known = words.get(key);
        if (known !== undefined) return known.word;
        const word = gateWord(snapshot, repository, changes);
        words.set(key, { changes, gist: gistOf(word), word });
        return word;
      };
      outbox.within(() => {
        const all = heads.of(name);
        const landing = landingBySha(all);
        const asked = again.get(name);
        for (const [sha, changes] of landing) {
          const word = wordFor(changes);
          const isForced = asked?.has(sha) === true;
          if (github.commitStatus) put(repository, causeOf(word), statusBody(sha, word), isForced);
          if (github.checkRuns) put(repository, causeOf(word), checkRunBody(sha, word), isForced);
        }
        for (const head of all) autoMerge(repository, head, wordFor);
        for (const one of waiting.of(name, nowMs())) {
          const word = wordFor(landing.get(one.sha) ?? null);
          const body = protectionBody(one.runId, one.environment, word);
          put(repository, causeOf(word), body);
          if (body.act === 'protection' && body.state !== null) waiting.remove(name, one);
        }
      });
      again.delete(name);
      lastTold.set(name, { stamp: stamp(), repository, words });
    },
  };
}

/** What makes a word another one; numbers in its sentence do not. */
function gistOf({ verdict, code, mayMergeByItself }: GateWord): string {
  return `${verdict} ${code} ${mayMergeByItself}`;
}

/** Settings that were read again are other objects. */
function isSameRepository(one: Repository, other: Repository): boolean {
  return (
    one.github === other.github &&
    one.projects.length === other.projects.length &&
    one.projects.every((project, index) => project === other.projects[index])
  );
}

function causeOf({ verdict, code }: GateWord): string {
  return code === null ? `verdict ${verdict}` : `verdict ${verdict}: ${code}`;
}

/** One commit may head a branch and a pull request: all that it lands anywhere counts. */
function landingBySha(heads: readonly Head[]): Map<string, readonly ChangeType[]> {
  const found = new Map<string, readonly ChangeType[]>();
  for (const { sha, changes } of heads) {
    if (changes !== null) found.set(sha, [...new Set([...(found.get(sha) ?? []), ...changes])]);
  }
  return found;
}
