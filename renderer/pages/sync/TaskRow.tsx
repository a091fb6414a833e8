import { useStore } from 'zustand/react';

import type { MirroredTask } from '../../../shared/contract/sync.ts';
import { ageText } from '../../../shared/view/quantities.ts';
import { StatusShape } from '../../components/StatusShape.tsx';
import { instantAgeSeconds } from '../../store/selectors.ts';
import { plainText } from '../../view/plain-text.ts';
import { differenceTexts, taskName } from '../../view/sync-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { syncPage: said } = words;
const MOST_COMMITS = 5;
const SHOWN_DIGITS = 12;

interface TaskRowProps {
  readonly task: MirroredTask;
  readonly parts: PageParts;
}

/** A task as both sides know it, what differs since when, and its commits. */
export function TaskRow({ task, parts }: TaskRowProps) {
  const state = useStore(parts.store);
  const ageOf = (at: string): string => ageText(instantAgeSeconds(state, at) ?? 0);
  const { role, ourStatus, theirStatus, seenAt, differsSince, url, commits } = task;
  const facts = [
    ...(role === 'board' ? [said.board] : []),
    ...(ourStatus === null ? [] : [said.ours(said.statuses[ourStatus])]),
    theirStatus === null ? said.neverSeen : said.theirs(plainText(theirStatus)),
    ...(seenAt === null ? [] : [said.seen(ageOf(seenAt))]),
  ];
  return (
    <li className="sync-row">
      <StatusShape kind={differsSince !== null ? 'warning' : seenAt === null ? 'info' : 'ok'} />
      <div>
        <h3>
          <bdi>{taskName(task)}</bdi>
        </h3>
        <p className="quiet small">{facts.join(' · ')}</p>
        {differsSince !== null ? (
          <>
            <p>
              <strong>{said.differs(ageOf(differsSince))}</strong>
            </p>
            {differenceTexts(task, words).map((text) => (
              <p key={text}>
                <bdi>{text}</bdi>
              </p>
            ))}
          </>
        ) : (
          seenAt !== null && <p className="quiet small">{said.same}</p>
        )}
        {commits.length > 0 && (
          <ul className="sync-commits small" aria-label={said.commits(commits.length)}>
            {commits.slice(0, MOST_COMMITS).map(({ commit, source, linkedAt }) => (
              <li key={commit}>
                <code>{commit.slice(0, SHOWN_DIGITS)}</code>{' '}
                <span className="quiet">{[said.sources[source], ageOf(linkedAt)].join(' · ')}</span>
              </li>
            ))}
          </ul>
        )}
        {commits.length > MOST_COMMITS && (
          <p className="quiet small">{said.more(commits.length - MOST_COMMITS)}</p>
        )}
        {url !== null && (
          <p className="small">
            <a href={url} target="_blank" rel="noreferrer">
              {said.open}
            </a>
          </p>
        )}
      </div>
    </li>
  );
}
