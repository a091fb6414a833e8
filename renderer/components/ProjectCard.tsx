import type { ProjectState } from '../../shared/contract/state.ts';
import { pageAddress } from '../connection/page-route.ts';
import { decisionFor } from '../view/permission.ts';
import { plainText } from '../view/plain-text.ts';
import { projectName, projectPhrase, verdictOf } from '../view/project-view.ts';
import { words } from '../words/words.ts';
import { DecisionWords } from './DecisionWords.tsx';
import { ProblemLine } from './ProblemLine.tsx';
import { Chevron } from './Signs.tsx';
import { VerdictMark } from './VerdictMark.tsx';

/** A project at a glance, by its default kind of change; its heading leads to its page. */
export function ProjectCard({ project }: { project: ProjectState }) {
  const asked = project.defaultChange;
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
        <DecisionWords decision={decisionFor(project, asked)} brief sinceSeconds={0} />
        <ProblemLine project={project} brief />
      </div>
    </article>
  );
}
