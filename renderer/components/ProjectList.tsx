import type { ProjectState } from '../../shared/contract/state.ts';
import { isMachine } from '../../shared/view/shown-projects.ts';
import { words } from '../words/words.ts';
import { FirstRun } from './FirstRun.tsx';
import { ProjectCard } from './ProjectCard.tsx';

interface ProjectListProps {
  readonly projects: readonly ProjectState[];
  readonly wide: boolean;
  readonly sinceSeconds: number;
}

export function ProjectList({ projects, wide, sinceSeconds }: ProjectListProps) {
  return (
    <section className="projects" aria-label={words.projects.name}>
      <h2 className="visually-hidden">{words.projects.name}</h2>
      {projects.every(isMachine) && <FirstRun />}
      {projects.map((project) => (
        <ProjectCard key={project.id} project={project} wide={wide} sinceSeconds={sinceSeconds} />
      ))}
    </section>
  );
}
