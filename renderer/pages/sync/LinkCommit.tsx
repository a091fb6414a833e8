import { useState } from 'react';

import { useAct } from '../../components/act.ts';
import { ActForm } from '../../components/ActForm.tsx';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { Doing } from '../../components/Doing.tsx';
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
        <ActForm className="sync-form" canAct={canAct && !act.isBusy} submit={said.submit} onSubmit={submit}>
          <ChoiceField
            name="project"
            label={said.project}
            act={act}
            choices={projects}
            textOf={plainText}
            value={project}
            onChange={setProject}
          />
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
        </ActForm>
      </Doing>
    </Panel>
  );
}
