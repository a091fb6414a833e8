import { z } from 'zod';

import type { OutboxStore } from '../outbox-store.ts';
import { issueOf, issueSchema, type IssueEvent } from './issue.ts';
import type { PartReader } from './part-reader.ts';

export interface IssueReaderParts {
  readonly repository: string;
  readonly parts: Pick<PartReader, 'read'>;
  readonly store: Pick<OutboxStore, 'value' | 'setValue'>;
  /** Whether a person wants tasks of new issues. */
  readonly isWanted: () => boolean;
  readonly take: (event: IssueEvent) => void;
  readonly within: (act: () => void) => void;
}

/** Finds issues that are new. GitHub numbers them in order, so the highest number that was seen tells. */
export interface IssueReader {
  /** Those that were there before the first look are not new. @throws ReadFailed */
  read(isPrivate: boolean): Promise<void>;
}

const OFF = '';

export function createIssueReader(given: IssueReaderParts): IssueReader {
  const { store, repository } = given;
  const key = `github-issues:${repository.toLowerCase()}`;
  const highest = (): number | null => {
    const text = store.value(key);
    return text === null || text === OFF ? null : Number(text);
  };

  return {
    async read(isPrivate) {
      if (!given.isWanted()) {
        // What is opened while it is off is not new when it is switched on again.
        if (highest() !== null) given.within(() => store.setValue(key, OFF));
        return;
      }
      const isFirst = highest() === null;
      const listed = await given.parts.read(
        '/issues',
        z.array(issueSchema),
        { state: 'open', sort: 'created', direction: 'desc', per_page: 100 },
        !isFirst,
      );
      if (listed === null) return;
      given.within(() => {
        const seen = highest();
        const fresh = seen === null ? [] : listed.filter(({ number }) => number > seen).reverse();
        for (const issue of fresh) {
          const event = issueOf(issue, repository, isPrivate);
          if (event !== null) given.take(event);
        }
        const newest = Math.max(seen ?? 0, ...listed.map(({ number }) => number));
        if (newest !== seen) store.setValue(key, String(newest));
      });
    },
  };
}
