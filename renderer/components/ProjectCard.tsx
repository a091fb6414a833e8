import { useState } from 'react';

import type { ProjectState } from '../../shared/contract/state.ts';
import { pageAddress } from '../connection/page-route.ts';
import { decisionFor } from '../view/permission.ts';
import { plainText } from '../view/plain-text.ts';
import { projectFacts, projectName, projectPhrase, verdictOf } from '../view/project-view.ts';
import { words } from '../words/words.ts';
import { ChangePicker } from './ChangePicker.tsx';
import { DecisionWords } from './DecisionWords.tsx';
import { ProblemLine } from './ProblemLine.tsx';
import { ScoreList } from './ScoreList.tsx';
import { VerdictMark } from './VerdictMark.tsx';
import { Chevron } from './Signs.tsx';

interface ProjectCardProps {
  readonly project: ProjectState;
  /** Wide pages show every kind of change; the tray window the default one alone. */
  readonly wide: boolean;
  readonly sinceSeconds: number;
}

/** A project at a glance; its heading leads to its page. */
export function ProjectCard({ project, wide, sinceSeconds }: ProjectCardProps) {
  const [picked, setPicked] = useState(project.defaultChange);
  const asked = project.defaultChange;
  const chosen = wide ? picked : asked;
  return (
    <article className="card" data-project={project.id}>
      <h3>
        <a className="card-head" href={pageAddress(project.id)}>
          <bdi className="card-name">{plainText(projectName(project, words))}</bdi>
          <span className="card-verdict">
            <VerdictMark verdict={verdictOf(project, asked)} />
            <span>{projectPhrase(project, words)}</span>
          </span>
          <Chevron />
        </a>
      </h3>
      <div className="card-body">
        {wide && <ChangePicker project={project} chosen={chosen} onChoose={setPicked} />}
        <DecisionWords decision={decisionFor(project, chosen)} brief={!wide} sinceSeconds={sinceSeconds} />
        <ProblemLine project={project} brief={!wide} />
        {wide && <ScoreList project={project} />}
        {wide && <p className="quiet small">{projectFacts(project, words).join(' · ')}</p>}
      </div>
    </article>
  );
}
