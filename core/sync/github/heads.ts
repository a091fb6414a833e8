import { z } from 'zod';

import { CHANGE_TYPES, type ChangeType } from '../../../shared/contract/vocabulary.ts';
import type { OutboxStore } from '../outbox-store.ts';

const headSchema = z.object({
  /** "pull 12", "branch main". */
  key: z.string(),
  sha: z.string(),
  title: z.string(),
  /** Change types it lands; null until its files are known, and nothing is told of it until then. */
  changes: z.array(z.enum(CHANGE_TYPES)).nullable(),
  seenAtMs: z.number(),
  /** Null for a branch. */
  pull: z
    .object({
      number: z.number().int(),
      nodeId: z.string(),
      isDraft: z.boolean(),
      isFork: z.boolean(),
      baseBranch: z.string(),
      labels: z.array(z.string()),
      updatedAtMs: z.number(),
    })
    .nullable(),
});

/** A commit that is about to land or to be deployed, of which GitHub wants to know the verdict. */
export type Head = z.infer<typeof headSchema>;

/** More open pull requests than that are not told of; the newest are. */
export const MOST_HEADS = 100;

/** The heads of each repository; they outlive the core. Every change is part of the caller's transaction. */
export interface HeadStore {
  of(repository: string): readonly Head[];
  /** Takes the place of the one under its key. */
  keep(repository: string, head: Head): void;
  drop(repository: string, key: string): void;
  /** Grows with every change made here. */
  changeCount(): number;
  /** No-op when the head has moved on since. */
  setChanges(repository: string, head: Head, changes: readonly ChangeType[]): void;
}

export function createHeadStore(store: Pick<OutboxStore, 'value' | 'setValue'>): HeadStore {
  const keyOf = (repository: string): string => `github-heads:${repository.toLowerCase()}`;
  const of = (repository: string): readonly Head[] => readHeads(store.value(keyOf(repository)));
  let changesCount = 0;
  const write = (repository: string, heads: readonly Head[]): void => {
    changesCount += 1;
    const kept = [...heads].sort((one, other) => other.seenAtMs - one.seenAtMs).slice(0, MOST_HEADS);
    store.setValue(keyOf(repository), JSON.stringify(kept));
  };
  return {
    of,
    changeCount: () => changesCount,
    keep(repository, head) {
      write(repository, [...of(repository).filter(({ key }) => key !== head.key), head]);
    },
    drop(repository, key) {
      const before = of(repository);
      const after = before.filter((head) => head.key !== key);
      if (after.length !== before.length) write(repository, after);
    },
    setChanges(repository, { key, sha, title }, changes) {
      const heads = of(repository).map((head) =>
        head.key === key && head.sha === sha && head.title === title
          ? { ...head, changes: [...changes] }
          : head,
      );
      write(repository, heads);
    },
  };
}

function readHeads(text: string | null): readonly Head[] {
  if (text === null) return [];
  try {
    const read = z.array(headSchema).safeParse(JSON.parse(text));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}
