import { useState } from 'react';

import { useAct } from '../../components/act.ts';
import { Doing } from '../../components/Doing.tsx';
import { Field } from '../../components/Field.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TextField } from '../../components/TextField.tsx';
import { plainText } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { linking: said } = words.syncPage;
const FIELDS = ['project', 'commit', 'task'];

interface LinkCommitProps {
  readonly parts: PageParts;
  readonly projects: readonly string[];
  readonly canAct: boolean;
  readonly onChanged: () => void;
}

/** Says which task a commit belongs to, where neither its message nor its branch does. */
export function LinkCommit({ parts, projects, canAct, onChanged }: LinkCommitProps) {
  const act = useAct();
  const [project, setProject] = useState(projects[0] ?? '');
  const [commit, setCommit] = useState('');
  const [task, setTask] = useState('');
  const submit = async (): Promise<void> => {
    const body = { project, commit: commit.trim().toLowerCase(), task: task.trim() };
    if (!(await act.run(() => parts.ask('POST', '/v1/sync/links', body), said.done))) return;
    setCommit('');
    setTask('');
    onChanged();
  };
  return (
    <Panel title={said.title} summary={said.summary} wide={parts.wide}>
      <Doing act={act} fields={FIELDS}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <fieldset disabled={!canAct || act.isBusy} className="sync-form">
            <Field name="project" label={said.project} act={act}>
              {(control) => (
                <select
                  {...control}
                  value={project}
                  onChange={(event) => setProject(event.currentTarget.value)}
                >
                  {projects.map((id) => (
                    <option key={id} value={id}>
                      {plainText(id)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <TextField
              name="commit"
              label={said.commit}
              hint={said.commitHint}
              act={act}
              maxLength={64}
              isRequired
              isLiteral
              value={commit}
              onChange={setCommit}
            />
            <TextField
              name="task"
              label={said.task}
              hint={said.taskHint}
              act={act}
              maxLength={256}
              isRequired
              isLiteral
              value={task}
              onChange={setTask}
            />
            <button type="submit" className="button">
              {said.submit}
            </button>
          </fieldset>
        </form>
      </Doing>
    </Panel>
  );
}
