import { useState } from 'react';

import type { ProjectState, StandingWaiver } from '../../shared/contract/state.ts';
import { CHANGE_TYPES } from '../../shared/contract/vocabulary.ts';
import type { ChangeType } from '../../shared/contract/vocabulary.ts';
import { minutesText } from '../../shared/view/quantities.ts';
import { clockTime } from '../view/clock-time.ts';
import { plainText, sentence } from '../view/plain-text.ts';
import { words } from '../words/words.ts';
import { useAct } from './act.ts';
import { ActForm } from './ActForm.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { Doing } from './Doing.tsx';
import { TextField } from './TextField.tsx';
import { Panel } from './Panel.tsx';
import type { ProjectDoings } from './project-doings.ts';

const FIELDS = ['change', 'reason', 'forMinutes'];
/** Up to the four hours a waiver may last (domain 1.3). */
const DURATIONS_MINUTES = [30, 60, 120, 240];

/** The waivers that stand, and a new one. */
export function WaiverPanel({ project, doings }: { project: ProjectState; doings: ProjectDoings }) {
  const waivers = project.waivers ?? [];
  const { waivers: said } = words.page;
  return (
    <Panel title={said.name} summary={said.count(waivers.length)} wide={doings.wide}>
      {waivers.length === 0 ? (
        <p className="quiet small">{said.none}</p>
      ) : (
        <ul className="rows">
          {waivers.map((waiver) => (
            <WaiverRow key={`${waiver.change}/${waiver.since}`} waiver={waiver} doings={doings} />
          ))}
        </ul>
      )}
      <WaiverForm project={project} doings={doings} />
    </Panel>
  );
}

function WaiverRow({ waiver, doings }: { waiver: StandingWaiver; doings: ProjectDoings }) {
  return (
    <li>
      <div className="row-main">
        <span className="row-name">{words.projects.changes[waiver.change]}</span>
        <span className="row-value">{words.page.until(clockTime(waiver.until, doings.nowAt))}</span>
      </div>
      <p className="small">{sentence(waiver.why)}</p>
      <p className="quiet small">{words.page.sinceBy(plainText(waiver.who), doings.ageOf(waiver.since))}</p>
    </li>
  );
}

function WaiverForm({ project, doings }: { project: ProjectState; doings: ProjectDoings }) {
  const act = useAct();
  const [change, setChange] = useState<ChangeType>(project.defaultChange);
  const [reason, setReason] = useState('');
  const [forMinutes, setForMinutes] = useState(60);
  const { waivers: said } = words.page;
  const submit = async (): Promise<void> => {
    const body = { project: project.id, change, reason, forMinutes };
    if (await act.run(() => doings.ask('POST', '/v1/waivers', body), said.waived)) setReason('');
  };
  return (
    <Doing act={act} fields={FIELDS}>
      <ActForm canAct={doings.canAct} submit={said.act} onSubmit={submit}>
        <p className="quiet small">{said.hint}</p>
        <div className="field-pair">
          <ChoiceField
            name="change"
            label={said.change}
            act={act}
            choices={CHANGE_TYPES}
            textOf={(type) => words.projects.changes[type]}
            value={change}
            onChange={setChange}
          />
          <ChoiceField
            name="forMinutes"
            label={said.duration}
            act={act}
            choices={DURATIONS_MINUTES}
            textOf={minutesText}
            value={forMinutes}
            onChange={setForMinutes}
          />
        </div>
        <TextField
          name="reason"
          label={said.reason}
          act={act}
          maxLength={500}
          isRequired
          value={reason}
          onChange={setReason}
        />
      </ActForm>
    </Doing>
  );
}
