import { useState } from 'react';
import { useStore } from 'zustand/react';

import { isMachine } from '../../../shared/view/shown-projects.ts';
import { useAct } from '../../components/act.ts';
import { Doing } from '../../components/Doing.tsx';
import { FirstRun } from '../../components/FirstRun.tsx';
import { PageFrame } from '../../components/PageFrame.tsx';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { AddProject } from './AddProject.tsx';
import { NearbyRepositories } from './NearbyRepositories.tsx';
import './projects.css';
import { ProjectRow } from './ProjectRow.tsx';

/** Which folders are judged, and as what. */
export default function ProjectsPage(parts: PageParts) {
  const state = useStore(parts.store);
  const act = useAct();
  const [removing, setRemoving] = useState<string | null>(null);
  const said = words.projectsPage;
  const projects = state.snapshot?.projects ?? [];
  const canAct = state.connection.kind === 'live';
  const own = projects.filter((project) => !isMachine(project));
  return (
    <PageFrame parts={parts} title={words.shell.pages.projects} lead={said.lead}>
      {own.length === 0 && <FirstRun isOnProjects />}
      <div className="projects-page">
        <section className="panel" aria-label={said.list.name}>
          <div className="panel-head">
            <h2>{said.list.name}</h2>
            <span className="panel-summary">{said.list.count(own.length)}</span>
          </div>
          <Doing act={act} fields={[]}>
            <ul className="project-rows">
              {projects.map((project) => (
                <ProjectRow
                  key={project.id}
                  project={project}
                  act={act}
                  ask={parts.ask}
                  canAct={canAct}
                  isRemoving={removing === project.id}
                  onRemoving={(isOn) => setRemoving(isOn ? project.id : null)}
                />
              ))}
            </ul>
          </Doing>
        </section>
        <div className="projects-add">
          <NearbyRepositories ask={parts.ask} canAct={canAct} count={projects.length} />
          <AddProject ask={parts.ask} canAct={canAct} />
        </div>
      </div>
    </PageFrame>
  );
}
