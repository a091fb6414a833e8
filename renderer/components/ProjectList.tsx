import type { ProjectState } from '../../shared/contract/state.ts';
import { isMachine } from '../../shared/view/shown-projects.ts';
import { words } from '../words/words.ts';
import { FirstRun } from './FirstRun.tsx';
import { ProjectCard } from './ProjectCard.tsx';

/** Every project at a glance, as the tray window shows them. */
export function ProjectList({ projects }: { projects: readonly ProjectState[] }) {
  return (
    <section className="projects" aria-label={words.projects.name}>
      <h2 className="visually-hidden">{words.projects.name}</h2>
      {projects.every(isMachine) && <FirstRun />}
      {projects.map((project) => (
        <ProjectCard key={project.id} project={project} />
      ))}
    </section>
  );
}
