import { useEffect, useRef } from 'react';

import type { ProjectState } from '../../../shared/contract/state.ts';
import { PROFILES } from '../../../shared/contract/vocabulary.ts';
import { isMachine } from '../../../shared/view/shown-projects.ts';
import type { Act } from '../../components/act.ts';
import { Prose } from '../../components/Prose.tsx';
import { VerdictMark } from '../../components/VerdictMark.tsx';
import { pageAddress } from '../../connection/page-route.ts';
import { plainText, sentence } from '../../view/plain-text.ts';
import { profileLabel, projectName, projectPhrase, verdictOf } from '../../view/project-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

interface ProjectRowProps {
  readonly project: ProjectState;
  readonly act: Act;
  readonly ask: PageParts['ask'];
  readonly canAct: boolean;
  readonly isRemoving: boolean;
  readonly onRemoving: (isOn: boolean) => void;
}

/** One project: how it is, what it is judged as, and the way out. */
export function ProjectRow(props: ProjectRowProps) {
  const { project, act, ask, canAct, isRemoving, onRemoving } = props;
  const { list: said } = words.projectsPage;
  const name = plainText(projectName(project, words));
  const address = `/v1/projects/${encodeURIComponent(project.id)}`;
  const remover = useRef<HTMLButtonElement>(null);
  const remove = async (): Promise<void> => {
    await act.run(() => ask('DELETE', address), said.removed(name));
    onRemoving(false);
  };
  const keep = (): void => {
    onRemoving(false);
    requestAnimationFrame(() => remover.current?.focus());
  };
  return (
    <li className="project-row" data-project={project.id}>
      <div className="project-row-words">
        <p className="project-row-name">
          <VerdictMark verdict={verdictOf(project, project.defaultChange)} />
          <a href={pageAddress(project.id)}>
            <bdi>{name}</bdi>
          </a>
          <span className="quiet">{projectPhrase(project, words)}</span>
        </p>
        <p className="quiet small">
          {project.path === null ? said.machineHint : <bdi>{plainText(project.path)}</bdi>}
        </p>
        {project.problem !== null && (
          <p className="small">
            <Prose text={sentence(project.problem)} />
          </p>
        )}
      </div>
      {!isMachine(project) && !isRemoving && (
        <div className="project-row-acts field">
          <select
            aria-label={said.profileOf(name)}
            value={project.profile}
            disabled={!canAct || act.isBusy}
            onChange={(event) => {
              const profile = event.currentTarget.value;
              void act.run(() => ask('PATCH', address, { profile }), said.changed(name));
            }}
          >
            {[...new Set<string>([...PROFILES, project.profile])].map((profile) => (
              <option key={profile} value={profile}>
                {profileLabel(profile, words)}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="button"
            ref={remover}
            aria-label={said.removeOf(name)}
            disabled={!canAct || act.isBusy}
            onClick={() => onRemoving(true)}
          >
            {said.remove}
          </button>
        </div>
      )}
      {isRemoving && (
        <Question name={name} isBusy={act.isBusy || !canAct} onYes={() => void remove()} onNo={keep} />
      )}
    </li>
  );
}

/** Asked in place; Escape is no. The focus stands on the answer that changes nothing. */
function Question(props: { name: string; isBusy: boolean; onYes: () => void; onNo: () => void }) {
  const { list: said } = words.projectsPage;
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <div
      className="question"
      role="group"
      aria-label={said.question(props.name)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onNo();
      }}
    >
      <p>
        <strong>{said.question(props.name)}</strong> {said.consequence}
      </p>
      <div className="question-answers">
        <button type="button" className="button" ref={no} onClick={props.onNo}>
          {said.keep}
        </button>
        <button type="button" className="button" disabled={props.isBusy} onClick={props.onYes}>
          {said.confirm}
        </button>
      </div>
    </div>
  );
}
