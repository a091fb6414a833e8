import { useState } from 'react';

import type { SecretState } from '../../../shared/contract/secrets.ts';
import { useAct } from '../../components/act.ts';
import { ActForm } from '../../components/ActForm.tsx';
import { useAsked } from '../../components/asked-hook.ts';
import { Doing } from '../../components/Doing.tsx';
import { Field } from '../../components/Field.tsx';
import { sentence } from '../../view/plain-text.ts';
import { spelledWords } from '../../view/setting-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

/** What channels need and nobody reads back: written here, kept beside the settings, never shown. */
export function SecretPanel({ parts, canAct }: { parts: PageParts; canAct: boolean }) {
  const { answer, again } = useAsked<readonly SecretState[]>(parts, '/v1/secrets', false);
  const { ask } = parts;
  const said = words.settingsPage.secrets;
  if (answer.kind !== 'ready' || answer.value.length === 0) return null;
  const notes = new Set(answer.value.flatMap(({ note }) => note ?? []));
  return (
    <section className="panel secrets" aria-label={said.name}>
      <div className="panel-head">
        <h2>{said.name}</h2>
        <span className="panel-summary">{said.lead}</span>
      </div>
      {[...notes].map((note) => (
        <p key={note} className="quiet small">
          {note}
        </p>
      ))}
      <ul className="setting-rows">
        {answer.value.map((secret) => (
          <SecretRow key={secret.name} secret={secret} ask={ask} canAct={canAct} onChanged={again} />
        ))}
      </ul>
    </section>
  );
}

interface SecretRowProps {
  readonly secret: SecretState;
  readonly ask: PageParts['ask'];
  readonly canAct: boolean;
  readonly onChanged: () => void;
}

function SecretRow({ secret, ask, canAct, onChanged }: SecretRowProps) {
  const act = useAct();
  const [value, setValue] = useState('');
  const said = words.settingsPage.secrets;
  const path = `/v1/secrets/${secret.name}`;
  const name = spelledWords(secret.name, words);
  const keep = async (): Promise<void> => {
    if (!(await act.run(() => ask('PUT', path, { value }), said.kept))) return;
    setValue('');
    onChanged();
  };
  const forget = async (): Promise<void> => {
    if (await act.run(() => ask('DELETE', path), said.forgotten)) onChanged();
  };
  return (
    <li className="setting-row">
      <div className="setting-words">
        <p className="setting-label">
          <code className="setting-path">{secret.name}</code>
          <span className="quiet small">{secret.isSet ? said.set[secret.keptIn] : said.notSet}</span>
        </p>
        {secret.problem !== null && <p className="small">{sentence(secret.problem)}</p>}
      </div>
      <Doing act={act} fields={['value']}>
        <ActForm canAct={canAct} onSubmit={keep}>
          <Field name="value" label={said.value(name)} act={act}>
            {(control) => (
              <input
                {...control}
                type="password"
                autoComplete="off"
                maxLength={4096}
                value={value}
                onChange={(event) => setValue(event.currentTarget.value)}
              />
            )}
          </Field>
          <div className="setting-acts">
            <button type="submit" className="button" disabled={value === ''}>
              {said.keep}
            </button>
            {secret.isSet && (
              <button type="button" className="button" onClick={() => void forget()}>
                {said.forget}
              </button>
            )}
          </div>
        </ActForm>
      </Doing>
    </li>
  );
}
