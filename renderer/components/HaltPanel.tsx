import { useEffect, useRef, useState } from 'react';

import type { ProjectState, StandingHalt } from '../../shared/contract/state.ts';
import { clockTime } from '../view/clock-time.ts';
import { plainText, sentence } from '../view/plain-text.ts';
import { words } from '../words/words.ts';
import { useAct } from './act.ts';
import type { Act } from './act.ts';
import { ActForm } from './ActForm.tsx';
import { Doing } from './Doing.tsx';
import { Field } from './Field.tsx';
import { TextField } from './TextField.tsx';
import { Panel } from './Panel.tsx';
import type { ProjectDoings } from './project-doings.ts';

const FIELDS = ['reason', 'forHours'];

interface HaltPanelProps {
  readonly project: ProjectState;
  readonly doings: ProjectDoings;
  /** The person came here to halt it. */
  readonly isAsked?: boolean;
}

/** HALT: who, why and since when, with the way out; or the way in. */
export function HaltPanel({ project, doings, isAsked = false }: HaltPanelProps) {
  const act = useAct();
  const { halt: said } = words.page;
  const halt = project.halt ?? null;
  const path = `/v1/projects/${encodeURIComponent(project.id)}/halt`;
  return (
    <Panel
      title={said.name}
      summary={halt === null ? said.none : said.standing}
      wide={doings.wide}
      open={halt !== null || isAsked}
    >
      <Doing act={act} fields={halt === null ? FIELDS : []}>
        {halt === null ? (
          <HaltForm act={act} doings={doings} path={path} isAsked={isAsked} />
        ) : (
          <>
            <StandingWords halt={halt} doings={doings} />
            <button
              type="button"
              className="button"
              disabled={!doings.canAct || act.isBusy}
              onClick={() => void act.run(() => doings.ask('DELETE', path), said.lifted)}
            >
              {said.lift}
            </button>
          </>
        )}
      </Doing>
    </Panel>
  );
}

function StandingWords({ halt, doings }: { halt: StandingHalt; doings: ProjectDoings }) {
  const { halt: said } = words.page;
  return (
    <>
      <p>
        <strong>{sentence(halt.why)}</strong>
      </p>
      <p className="quiet small">
        {said.by[halt.by]}
        {halt.by === 'person' && <bdi> {plainText(halt.who)}</bdi>}, {doings.ageOf(halt.since)}.{' '}
        {halt.until === null ? said.open : said.until(clockTime(halt.until, doings.nowAt))}
      </p>
    </>
  );
}

interface HaltFormProps {
  readonly act: Act;
  readonly doings: ProjectDoings;
  readonly path: string;
  readonly isAsked: boolean;
}

function HaltForm({ act, doings, path, isAsked }: HaltFormProps) {
  const form = useRef<HTMLFormElement>(null);
  // A form that cannot be sent yet takes no focus.
  useEffect(() => {
    if (isAsked && doings.canAct) form.current?.querySelector('input')?.focus();
  }, [isAsked, doings.canAct]);
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState('');
  const { halt: said } = words.page;
  const submit = async (): Promise<void> => {
    const forHours = hours.trim() === '' ? undefined : Number(hours.replace(',', '.'));
    if (Number.isNaN(forHours)) {
      act.refuse('forHours', said.hoursWrong);
      return;
    }
    const body = forHours === undefined ? { reason } : { reason, forHours };
    if (!(await act.run(() => doings.ask('POST', path, body), said.halted))) return;
    setReason('');
    setHours('');
  };
  return (
    <ActForm form={form} canAct={doings.canAct} submit={said.act} onSubmit={submit}>
      <p className="quiet small">{said.hint}</p>
      <TextField
        name="reason"
        label={said.reason}
        act={act}
        maxLength={500}
        isRequired
        value={reason}
        onChange={setReason}
      />
      <Field name="forHours" label={said.hours} hint={said.hoursHint} act={act}>
        {(control) => (
          <input
            {...control}
            className="short"
            type="text"
            inputMode="decimal"
            value={hours}
            onChange={(event) => setHours(event.currentTarget.value)}
          />
        )}
      </Field>
    </ActForm>
  );
}
