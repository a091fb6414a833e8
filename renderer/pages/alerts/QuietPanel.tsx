import { useStore } from 'zustand/react';

import type { Quiet, SetQuiet } from '../../../shared/contract/alert.ts';
import { useAct } from '../../components/act.ts';
import { quietSentences } from '../../view/alert-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { quiet: said } = words.alertsPage;

interface QuietPanelProps {
  readonly quiet: Quiet;
  readonly parts: PageParts;
  readonly onChanged: () => void;
}

/** Whether notices come, until when not, and the person's own word about it. */
export function QuietPanel({ quiet, parts, onChanged }: QuietPanelProps) {
  const act = useAct();
  const nowAt = useStore(parts.store, ({ snapshot }) => snapshot?.at ?? '');
  const isLive = useStore(parts.store, ({ connection }) => connection.kind === 'live');
  const ask = async (body: SetQuiet | null): Promise<void> => {
    const done = await act.run(
      () =>
        body === null ? parts.ask('DELETE', '/v1/alerts/quiet') : parts.ask('PUT', '/v1/alerts/quiet', body),
      body === null ? said.ended : said.started,
    );
    if (done) onChanged();
  };
  const [first, ...rest] = quietSentences(quiet, nowAt, words);
  return (
    <div className="quiet-panel">
      <p>
        <strong>{first}</strong>
      </p>
      <p className="quiet small">{[...rest, said.limits].join(' ')}</p>
      <fieldset className="quiet-acts" disabled={!isLive || act.isBusy}>
        <legend className="visually-hidden">{said.name}</legend>
        {quiet.reason === 'person' ? (
          <button type="button" className="button" onClick={() => void ask(null)}>
            {said.end}
          </button>
        ) : (
          <>
            <button type="button" className="button" onClick={() => void ask({ forMinutes: 60 })}>
              {said.forHour}
            </button>
            <button type="button" className="button" onClick={() => void ask({ untilTomorrow: true })}>
              {said.tomorrow}
            </button>
          </>
        )}
      </fieldset>
      <p className="small" role="status">
        {act.refusal === null ? (act.done ?? '') : act.refusal.text}
      </p>
    </div>
  );
}
