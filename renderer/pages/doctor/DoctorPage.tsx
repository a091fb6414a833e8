import { useStore } from 'zustand/react';

import type { DoctorReply } from '../../../shared/contract/doctor.ts';
import { ageText } from '../../../shared/view/quantities.ts';
import { useAsked } from '../../components/asked-hook.ts';
import { PageFrame } from '../../components/PageFrame.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusShape } from '../../components/StatusShape.tsx';
import { instantAgeSeconds } from '../../store/selectors.ts';
import { countOf, doctorSections } from '../../view/doctor-view.ts';
import { plainText } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { CheckRow } from './CheckRow.tsx';
import { ShareText } from './ShareText.tsx';
import './doctor.css';

const { doctorPage: said } = words;

/** What is wrong with this installation, and what to do about it. */
export default function DoctorPage(parts: PageParts) {
  const { answer, isAsking, again } = useAsked<DoctorReply>(parts, '/v1/doctor', false);
  const isLive = useStore(parts.store, ({ connection }) => connection.kind === 'live');
  return (
    <PageFrame
      parts={parts}
      title={words.shell.pages.doctor}
      lead={said.lead}
      controls={
        <button
          type="button"
          className="button"
          aria-disabled={isAsking || !isLive}
          onClick={() => {
            if (!isAsking && isLive) again();
          }}
        >
          {isAsking ? said.running : said.run}
        </button>
      }
    >
      <div className="doctor" aria-busy={isAsking}>
        <div className="panel doctor-summary" role="status">
          {answer.kind === 'loading' && <p className="quiet">{said.first}</p>}
          {answer.kind === 'failed' && (
            <p className="failed">
              <span>{said.failed}</span>
            </p>
          )}
          {answer.kind === 'ready' && <Summary parts={parts} reply={answer.value} />}
        </div>
        {answer.kind === 'ready' && <Sections reply={answer.value} wide={parts.wide} />}
        {answer.kind === 'ready' && <ShareText text={answer.value.shareText} wide={parts.wide} />}
      </div>
    </PageFrame>
  );
}

function Summary({ parts, reply }: { parts: PageParts; reply: DoctorReply }) {
  const state = useStore(parts.store);
  const [problems, warnings] = [countOf(reply, 'problem'), countOf(reply, 'warning')];
  const isFine = problems + warnings === 0;
  return (
    <>
      <p className="doctor-found">
        <StatusShape kind={reply.status} />
        <strong>{isFine ? said.fine : said.found(problems, warnings)}</strong>
      </p>
      <p className="quiet small">
        {said.checked(ageText(instantAgeSeconds(state, reply.at) ?? 0), tookText(reply.tookMs))}
      </p>
    </>
  );
}

/** "0.4 s". */
function tookText(tookMs: number): string {
  return `${(tookMs / 1000).toFixed(1)}\u202fs`;
}

function Sections({ reply, wide }: { reply: DoctorReply; wide: boolean }) {
  return (
    <div className="doctor-sections">
      {doctorSections(reply).map(({ group, checks, notHere }) => (
        <Panel key={group} title={said.groups[group]} summary="" wide={wide} open>
          {checks.length > 0 && (
            <ul className="rows">
              {checks.map((check) => (
                <CheckRow key={check.id} check={check} />
              ))}
            </ul>
          )}
          {notHere.length > 0 && (
            <p className="quiet small">{said.notHere(notHere.map(plainText).join(', '))}</p>
          )}
        </Panel>
      ))}
    </div>
  );
}
