import { useStore } from 'zustand/react';

import type { SyncReply } from '../../../shared/contract/sync.ts';
import { ageText } from '../../../shared/view/quantities.ts';
import { Prose } from '../../components/Prose.tsx';
import { StatusShape } from '../../components/StatusShape.tsx';
import { instantAgeSeconds } from '../../store/selectors.ts';
import { plainText, sentence } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { MessageActs } from './MessageActs.tsx';

const { syncPage: said } = words;

interface MessageRowProps {
  readonly message: SyncReply['messages'][number];
  readonly parts: PageParts;
  readonly onDone: (text: string) => void;
}

/** Something that waits to be told, or was given up. */
export function MessageRow({ message, parts, onDone }: MessageRowProps) {
  const state = useStore(parts.store);
  const { act, cause, project, queuedAt, triesCount, why } = message;
  const age = ageText(instantAgeSeconds(state, queuedAt) ?? 0);
  return (
    <li className="sync-row">
      <StatusShape
        kind={message.state === 'dead' ? 'problem' : message.state === 'unsure' ? 'warning' : 'info'}
      />
      <div>
        <h3>
          {plainText(said.act(act))}{' '}
          <span className="sync-state small">{said.messageStates[message.state]}</span>
        </h3>
        <p className="quiet small">
          {[
            ...(project === null ? [] : [plainText(project)]),
            said.because(plainText(cause)),
            said.queued(age),
            ...(triesCount === 0 ? [] : [said.tries(triesCount)]),
          ].join(' · ')}
        </p>
        {why !== null && (
          <p>
            <Prose text={sentence(why)} />
          </p>
        )}
        <MessageActs message={message} parts={parts} onDone={onDone} />
      </div>
    </li>
  );
}
