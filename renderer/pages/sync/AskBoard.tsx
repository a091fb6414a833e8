import { useState } from 'react';
import { useStore } from 'zustand/react';

import { useAct } from '../../components/act.ts';
import { AskedTwice } from '../../components/AskedTwice.tsx';
import { plainText } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { boards: said } = words.syncPage;

interface AskBoardProps {
  readonly project: string;
  readonly parts: PageParts;
  readonly onChanged: () => void;
}

/** A status board at Manus. It costs a paid run, so it is asked twice. */
export function AskBoard({ project, parts, onChanged }: AskBoardProps) {
  const act = useAct();
  const [isSure, setSure] = useState(false);
  const isLive = useStore(parts.store, ({ connection }) => connection.kind === 'live');
  const askFor = async (): Promise<void> => {
    setSure(false);
    if (await act.run(() => parts.ask('POST', '/v1/sync/boards', { project }), said.asked)) onChanged();
  };
  return (
    <div className="sync-acts">
      <fieldset disabled={!isLive || act.isBusy}>
        <legend className="visually-hidden">{said.name(plainText(project))}</legend>
        <AskedTwice said={said} isSure={isSure} onSure={setSure} onYes={() => void askFor()} />
      </fieldset>
      <p className="small" role="status">
        {act.refusal === null ? (act.done ?? '') : act.refusal.text}
      </p>
    </div>
  );
}
