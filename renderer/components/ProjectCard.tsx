import { useId, useState } from 'react';

import type { ProjectState } from '../../shared/contract/state.ts';
import { decisionFor } from '../view/permission.ts';
import { plainText, sentence } from '../view/plain-text.ts';
import { isWorrying, projectFacts, projectName, projectPhrase, verdictOf } from '../view/project-view.ts';
import { words } from '../words/words.ts';
import { ChangePicker } from './ChangePicker.tsx';
import { DecisionWords } from './DecisionWords.tsx';
import { Prose } from './Prose.tsx';
import { ScoreList } from './ScoreList.tsx';
import { VerdictMark } from './VerdictMark.tsx';
import { Chevron, Warning } from './Signs.tsx';

interface ProjectCardProps {
  readonly project: ProjectState;
  /** Wide pages show the card whole; the tray window folds it behind its heading. */
  readonly wide: boolean;
  readonly sinceSeconds: number;
}

export function ProjectCard({ project, wide, sinceSeconds }: ProjectCardProps) {
  const bodyId = useId();
  const [unfolded, setUnfolded] = useState(false);
  const [picked, setPicked] = useState(project.defaultChange);
  const open = wide || unfolded;
  const asked = project.defaultChange;
  const chosen = open ? picked : asked;
  const heading = (
    <>
      <bdi className="card-name">{plainText(projectName(project, words))}</bdi>
      <span className="card-verdict">
        <VerdictMark verdict={verdictOf(project, asked)} />
        <span>{projectPhrase(project, words)}</span>
      </span>
    </>
  );
  return (
    <article className="card" data-project={project.id}>
      <h3>
        {wide ? (
          <span className="card-head">{heading}</span>
        ) : (
          <button
            type="button"
            className="card-head"
            aria-expanded={open}
            aria-controls={bodyId}
            onClick={() => setUnfolded(!unfolded)}
          >
            {heading}
            <Chevron />
          </button>
        )}
      </h3>
      <div id={bodyId} className="card-body">
        {open && <ChangePicker project={project} chosen={chosen} onChoose={setPicked} />}
        <DecisionWords decision={decisionFor(project, chosen)} brief={!open} sinceSeconds={sinceSeconds} />
        <ProblemLine project={project} brief={!open} />
        {open && <ScoreList project={project} />}
        {open && <p className="quiet small">{projectFacts(project, words).join(' · ')}</p>}
      </div>
    </article>
  );
}

/** What is wrong with the evidence; nothing when nothing is. */
function ProblemLine({ project, brief }: { project: ProjectState; brief: boolean }) {
  const text =
    project.problem ?? (isWorrying(project.freshness) ? words.projects.freshness[project.freshness] : null);
  if (text === null) return null;
  return (
    <p className="problem small">
      <Warning />
      <span className={brief ? 'card-brief' : undefined}>
        <Prose text={sentence(text)} />
      </span>
    </p>
  );
}
