import { useState } from 'react';

import type { ProjectAdd } from '../../../shared/contract/settings.ts';
import { PROFILES } from '../../../shared/contract/vocabulary.ts';
import type { Profile } from '../../../shared/contract/vocabulary.ts';
import { useAct } from '../../components/act.ts';
import { ActForm } from '../../components/ActForm.tsx';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { Doing } from '../../components/Doing.tsx';
import { TextField } from '../../components/TextField.tsx';
import { plainText } from '../../view/plain-text.ts';
import { profileLabel } from '../../view/project-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const FIELDS = ['path', 'id', 'profile'];

/** A folder typed, and what it is judged as; the core says what is wrong with it. */
export function AddProject({ ask, canAct }: { ask: PageParts['ask']; canAct: boolean }) {
  const act = useAct();
  const [path, setPath] = useState('');
  const [id, setId] = useState('');
  const [profile, setProfile] = useState<Profile>('business');
  const { add: said } = words.projectsPage;
  const submit = async (): Promise<void> => {
    const wanted = id.trim();
    const body: ProjectAdd = { path: path.trim(), profile, ...(wanted === '' ? {} : { id: wanted }) };
    const name = wanted === '' ? path.trim() : wanted;
    const isDone = await act.run(() => ask('POST', '/v1/projects', body), said.added(plainText(name)));
    if (!isDone) return;
    setPath('');
    setId('');
  };
  return (
    <section className="panel" aria-label={said.name}>
      <div className="panel-head">
        <h2>{said.name}</h2>
      </div>
      <Doing act={act} fields={FIELDS}>
        <ActForm canAct={canAct} submit={said.act} onSubmit={submit}>
          <TextField
            name="path"
            label={said.path}
            hint={said.pathHint}
            act={act}
            maxLength={4096}
            isRequired
            isLiteral
            value={path}
            onChange={setPath}
          />
          <ChoiceField
            name="profile"
            label={said.profile}
            hint={said.profileHints[profile]}
            act={act}
            choices={PROFILES}
            textOf={(name) => profileLabel(name, words)}
            value={profile}
            onChange={setProfile}
          />
          <TextField
            name="id"
            label={said.id}
            hint={said.idHint}
            act={act}
            maxLength={63}
            isLiteral
            value={id}
            onChange={setId}
          />
        </ActForm>
      </Doing>
    </section>
  );
}
