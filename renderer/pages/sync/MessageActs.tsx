import { useState } from 'react';
import { useStore } from 'zustand/react';

import type { MessageAct, SyncReply } from '../../../shared/contract/sync.ts';
import { useAct } from '../../components/act.ts';
import { AskedTwice } from '../../components/AskedTwice.tsx';
import { plainText } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { syncPage } = words;
const { messageActs: said } = syncPage;

interface MessageActsProps {
  readonly message: SyncReply['messages'][number];
  readonly parts: PageParts;
  /** What was done, in words: the message itself may be gone by then. */
  readonly onDone: (text: string) => void;
}

/** Try again, drop. Dropping cannot be undone, so it is asked twice. */
export function MessageActs({ message, parts, onDone }: MessageActsProps) {
  const act = useAct();
  const [isSure, setSure] = useState(false);
  const isLive = useStore(parts.store, ({ connection }) => connection.kind === 'live');
  const { can, id } = message;
  const run = async (what: MessageAct, done: string): Promise<void> => {
    setSure(false);
    if (await act.run(() => parts.ask('POST', `/v1/sync/${what}`, { id }), done)) onDone(done);
  };
  if (can.length === 0) return null;
  return (
    <div className="sync-acts">
      <fieldset disabled={!isLive || act.isBusy}>
        <legend className="visually-hidden">{said.name(plainText(syncPage.act(message.act)))}</legend>
        {can.includes('retry') && !isSure && (
          <button type="button" className="button" onClick={() => void run('retry', said.retried)}>
            {said.retry}
          </button>
        )}
        {can.includes('drop') && (
          <AskedTwice
            said={{ ...said, ask: said.drop }}
            isSure={isSure}
            onSure={setSure}
            onYes={() => void run('drop', said.dropped)}
          />
        )}
      </fieldset>
      {act.refusal !== null && (
        <p className="small" role="alert">
          {act.refusal.text}
        </p>
      )}
    </div>
  );
}
