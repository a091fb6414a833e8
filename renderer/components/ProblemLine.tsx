import type { ProjectState } from '../../shared/contract/state.ts';
import { sentence } from '../view/plain-text.ts';
import { isWorrying } from '../view/project-view.ts';
import { words } from '../words/words.ts';
import { Prose } from './Prose.tsx';
import { Warning } from './Signs.tsx';

/** What is wrong with the evidence; nothing when nothing is. */
export function ProblemLine({ project, brief }: { project: ProjectState; brief: boolean }) {
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
