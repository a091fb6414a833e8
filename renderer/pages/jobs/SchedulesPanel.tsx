import { useStore } from 'zustand/react';

import type { Schedule } from '../../../shared/contract/scaling.ts';
import { useAsked } from '../../components/asked-hook.ts';
import { Panel } from '../../components/Panel.tsx';
import { Prose } from '../../components/Prose.tsx';
import { pageAddress } from '../../connection/page-route.ts';
import { commandText } from '../../view/job-view.ts';
import { plainText } from '../../view/plain-text.ts';
import {
  lastResultText,
  scheduleReasons,
  scheduleShape,
  scheduleStateText,
} from '../../view/schedule-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { SHAPES } from './job-shapes.ts';

const { schedules: said } = words.jobsPage;

/** Models that are trained again by themselves; not there where none is. */
export function SchedulesPanel({ parts }: { parts: PageParts }) {
  const { answer } = useAsked<readonly Schedule[]>(parts, '/v1/schedules');
  const nowAt = useStore(parts.store, ({ snapshot }) => snapshot?.at ?? '');
  if (answer.kind !== 'ready' || answer.value.length === 0) return null;
  return (
    <Panel title={said.title} summary={String(answer.value.length)} wide={parts.wide} open>
      <ul className="jobs">
        {answer.value.map((schedule) => (
          <ScheduleRow key={schedule.project} schedule={schedule} nowAt={nowAt} />
        ))}
      </ul>
    </Panel>
  );
}

function ScheduleRow({ schedule, nowAt }: { schedule: Schedule; nowAt: string }) {
  const last = lastResultText(schedule.last, nowAt, words);
  const facts = [
    schedule.timeZone === null ? schedule.schedule : `${schedule.schedule} (${schedule.timeZone})`,
    ...(schedule.observeOnly ? [said.observeOnly] : []),
    ...(schedule.state !== 'idle' && schedule.nextWindowAt !== null
      ? [scheduleStateText({ ...schedule, state: 'idle' }, nowAt, words)]
      : []),
  ];
  return (
    <li className="job">
      <svg className="sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[scheduleShape(schedule)]} />
      </svg>
      <div className="job-body">
        <h3>
          <a href={pageAddress(schedule.project)}>
            <bdi>{plainText(schedule.project)}</bdi>
          </a>
          {' · '}
          <code>{commandText(schedule.command)}</code>
        </h3>
        <p>
          <strong>{scheduleStateText(schedule, nowAt, words)}</strong>
        </p>
        {scheduleReasons(schedule, nowAt, words).map((reason) => (
          <p key={reason}>
            <Prose text={reason} />
          </p>
        ))}
        {last !== null && (
          <p>
            <Prose text={last} />
          </p>
        )}
        <p className="quiet small">{facts.join(' · ')}</p>
      </div>
    </li>
  );
}
