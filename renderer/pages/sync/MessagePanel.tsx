import { useEffect, useRef, useState } from 'react';

import type { SyncReply } from '../../../shared/contract/sync.ts';
import { Panel } from '../../components/Panel.tsx';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { MessageRow } from './MessageRow.tsx';

const { syncPage: said } = words;
const MOST_MESSAGES = 20;

interface MessagePanelProps {
  readonly messages: SyncReply['messages'];
  readonly parts: PageParts;
  readonly onChanged: () => void;
}

/** What waits or was given up. Stays while it tells what was done, though the last message is gone. */
export function MessagePanel({ messages, parts, onChanged }: MessagePanelProps) {
  const [done, setDone] = useState<{ readonly text: string } | null>(null);
  const note = useRef<HTMLParagraphElement>(null);
  // The button that was pressed may be gone: whoever goes by keyboard goes on from here.
  useEffect(() => {
    if (done !== null) note.current?.focus();
  }, [done]);
  if (messages.length === 0 && done === null) return null;
  return (
    <Panel title={said.messages} summary={String(messages.length)} wide={parts.wide}>
      {done !== null && (
        <p ref={note} className="small" role="status" tabIndex={-1}>
          {done.text}
        </p>
      )}
      <ul className="sync">
        {messages.slice(0, MOST_MESSAGES).map((message) => (
          <MessageRow
            key={message.id}
            message={message}
            parts={parts}
            onDone={(text) => {
              setDone({ text });
              onChanged();
            }}
          />
        ))}
      </ul>
      {messages.length > MOST_MESSAGES && (
        <p className="quiet small">{said.more(messages.length - MOST_MESSAGES)}</p>
      )}
    </Panel>
  );
}
