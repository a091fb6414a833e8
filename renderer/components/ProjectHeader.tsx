import type { ProjectState, Snapshot } from '../../shared/contract/state.ts';
import { levelPhrase } from '../../shared/view/verdict-words.ts';
import { addressOf } from '../connection/page-route.ts';
import { permissionOfProject } from '../view/permission.ts';
import { plainText, sentence } from '../view/plain-text.ts';
import { projectName, projectPhrase } from '../view/project-view.ts';
import { words } from '../words/words.ts';
import { LevelRing } from './LevelRing.tsx';
import { PageHeading } from './PageHeading.tsx';
import { Prose } from './Prose.tsx';
import { Back } from './Signs.tsx';

/** The way back, and the project's own ring: the machine's level, this project's verdict inside it. */
export function ProjectHeader(props: {
  project: ProjectState;
  snapshot: Snapshot;
  /** The list it was come to from. */
  backTo: 'now' | 'projects';
}) {
  const { project, snapshot, backTo } = props;
  const permission = permissionOfProject(project);
  const { level } = snapshot.energy;
  const label = permission.halted
    ? words.level.halted(level)
    : levelPhrase(level, permission.change, permission.verdict);
  return (
    <header className="project-head">
      <a className="back" href={addressOf(backTo)}>
        <Back />
        {words.page.back}
      </a>
      <div className="level">
        <LevelRing level={level} permission={permission} label={label} />
        <div className="level-words">
          <PageHeading>
            <bdi>{plainText(projectName(project, words))}</bdi>
          </PageHeading>
          <p>{projectPhrase(project, words)}</p>
          <p>
            {level}:{' '}
            <span className="quiet">
              <Prose text={sentence(snapshot.energy.why, false)} />
            </span>
          </p>
          {project.path !== null && (
            <p className="quiet small">
              <bdi>{plainText(project.path)}</bdi>
            </p>
          )}
        </div>
      </div>
    </header>
  );
}
