import { useState } from 'react';
import { useStore } from 'zustand/react';

import type { PushReply } from '../../../shared/contract/sync.ts';
import { useAct } from '../../components/act.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { push: said } = words.syncPage;

/** Whatever waits is tried at once. */
export function PushNow({ parts, onChanged }: { parts: PageParts; onChanged: () => void }) {
  const act = useAct();
  const [isPushed, setPushed] = useState(true);
  const isLive = useStore(parts.store, ({ connection }) => connection.kind === 'live');
  const push = async (): Promise<void> => {
    const asked = async (): Promise<void> => {
      const reply = (await parts.ask('POST', '/v1/sync/push')) as PushReply;
      setPushed(reply.isPushed);
    };
    if (await act.run(asked, said.done)) onChanged();
  };
  const done = act.done === null || isPushed ? act.done : said.justNow;
  return (
    <div className="sync-acts">
      <button type="button" className="button" disabled={!isLive} onClick={() => void push()}>
        {said.button}
      </button>
      <p className="small" role="status">
        {act.refusal === null ? (done ?? '') : act.refusal.text}
      </p>
    </div>
  );
}
