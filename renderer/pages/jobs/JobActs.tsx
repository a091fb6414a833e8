import { useState } from 'react';
import { useStore } from 'zustand/react';

import type { Job } from '../../../shared/contract/job.ts';
import { useAct } from '../../components/act.ts';
import { AskedTwice } from '../../components/AskedTwice.tsx';
import { commandText, jobActs } from '../../view/job-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { acts: said } = words.jobsPage;

interface JobActsProps {
  readonly job: Job;
  readonly parts: PageParts;
  readonly onChanged: () => void;
}

/** Pause, resume, cancel. Cancelling cannot be undone, so it is asked twice. */
export function JobActs({ job, parts, onChanged }: JobActsProps) {
  const act = useAct();
  const [isSure, setSure] = useState(false);
  const isLive = useStore(parts.store, ({ connection }) => connection.kind === 'live');
  const { canPause, canResume, canCancel } = jobActs(job);
  const run = async (what: 'pause' | 'resume' | 'cancel', done: string): Promise<void> => {
    setSure(false);
    const path = `/v1/jobs/${encodeURIComponent(job.id)}/${what}`;
    if (await act.run(() => parts.ask('POST', path), done)) onChanged();
  };
  const text = act.refusal === null ? (act.done ?? '') : act.refusal.text;
  if (!canCancel && text === '') return null;
  return (
    <div className="job-acts">
      {canCancel && (
        <fieldset disabled={!isLive || act.isBusy}>
          <legend className="visually-hidden">{said.name(commandText(job.command))}</legend>
          {canPause && !isSure && (
            <button type="button" className="button" onClick={() => void run('pause', said.paused)}>
              {job.state === 'queued' ? said.hold : said.pause}
            </button>
          )}
          {canResume && !isSure && (
            <button type="button" className="button" onClick={() => void run('resume', said.resumed)}>
              {said.resume}
            </button>
          )}
          <AskedTwice
            said={{ ...said, ask: said.cancel }}
            isSure={isSure}
            onSure={setSure}
            onYes={() => void run('cancel', said.cancelled)}
          />
        </fieldset>
      )}
      <p className="small" role="status">
        {text}
      </p>
    </div>
  );
}
