import { useState } from 'react';

import type { Incident } from '../../shared/contract/record.ts';
import type { Loaded } from '../store/loaded.ts';
import { plainText } from '../view/plain-text.ts';
import { words } from '../words/words.ts';
import { useAct } from './act.ts';
import type { Act } from './act.ts';
import { ActForm } from './ActForm.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { Doing } from './Doing.tsx';
import { TextField } from './TextField.tsx';
import { LoadedRows } from './LoadedRows.tsx';
import { Panel } from './Panel.tsx';
import type { ProjectDoings } from './project-doings.ts';

const FIELDS = ['title', 'severity'];
const SEVERITIES: readonly Incident['severity'][] = ['minor', 'major', 'critical'];
const MOST_SHOWN = 8;

interface IncidentPanelProps {
  readonly projectId: string;
  readonly incidents: Loaded<readonly Incident[]>;
  readonly doings: ProjectDoings;
  readonly onRetry: () => void;
}

/** What is wrong or was lately; stability counts it. */
export function IncidentPanel({ projectId, incidents, doings, onRetry }: IncidentPanelProps) {
  const act = useAct();
  const { incidents: said } = words.page;
  const known = incidents.kind === 'ready' ? incidents.value : null;
  const open = known?.filter((incident) => incident.closedAt === null).length ?? 0;
  return (
    <Panel title={said.name} summary={known === null ? '' : said.count(open)} wide={doings.wide}>
      <Doing act={act} fields={FIELDS}>
        <LoadedRows
          rows={incidents}
          none={said.none}
          most={MOST_SHOWN}
          onRetry={onRetry}
          row={(incident) => <IncidentRow key={incident.id} incident={incident} act={act} doings={doings} />}
        />
        <IncidentForm projectId={projectId} act={act} doings={doings} />
      </Doing>
    </Panel>
  );
}

function IncidentRow(props: { incident: Incident; act: Act; doings: ProjectDoings }) {
  const { incident, act, doings } = props;
  const { incidents: said } = words.page;
  const title = plainText(incident.title);
  const since = said.since(doings.ageOf(incident.openedAt));
  const over = incident.closedAt === null ? [] : [said.over(doings.ageOf(incident.closedAt))];
  const path = `/v1/incidents/${encodeURIComponent(incident.id)}`;
  return (
    <li className={incident.closedAt === null ? 'row-acting' : 'row-acting row-aside'}>
      <div>
        <p>{title}</p>
        <p className="quiet small">{[said.severities[incident.severity], since, ...over].join(' · ')}</p>
      </div>
      {incident.closedAt === null && (
        <button
          type="button"
          className="button"
          aria-label={said.closeName(title)}
          disabled={!doings.canAct || act.isBusy}
          onClick={() => void act.run(() => doings.ask('PATCH', path, {}), said.closed)}
        >
          {said.close}
        </button>
      )}
    </li>
  );
}

function IncidentForm(props: { projectId: string; act: Act; doings: ProjectDoings }) {
  const { projectId, act, doings } = props;
  const [title, setTitle] = useState('');
  const [severity, setSeverity] = useState<Incident['severity']>('major');
  const { incidents: said } = words.page;
  const submit = async (): Promise<void> => {
    const body = { project: projectId, severity, title };
    if (await act.run(() => doings.ask('POST', '/v1/incidents', body), said.opened)) setTitle('');
  };
  return (
    <ActForm canAct={doings.canAct} submit={said.act} onSubmit={submit}>
      <TextField
        name="title"
        label={said.title}
        act={act}
        maxLength={200}
        isRequired
        value={title}
        onChange={setTitle}
      />
      <ChoiceField
        name="severity"
        label={said.severity}
        act={act}
        choices={SEVERITIES}
        textOf={(name) => said.severities[name]}
        value={severity}
        onChange={setSeverity}
      />
    </ActForm>
  );
}
