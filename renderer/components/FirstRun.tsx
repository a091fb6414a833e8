import { addressOf } from '../connection/page-route.ts';
import { words } from '../words/words.ts';
import { Prose } from './Prose.tsx';

/** No project yet: what is watched, and how to add the first one. */
export function FirstRun({ isOnProjects = false }: { isOnProjects?: boolean }) {
  const Heading = isOnProjects ? 'h2' : 'h3';
  return (
    <div className="card first-run">
      <Heading>{words.firstRun.title}</Heading>
      <p>{words.firstRun.text}</p>
      {!isOnProjects && (
        <p>
          <a className="button" href={addressOf('projects')}>
            {words.firstRun.add}
          </a>
        </p>
      )}
      <p className="quiet small">
        <Prose text={words.firstRun.command} />
      </p>
      <p className="quiet small">{words.firstRun.privacy}</p>
    </div>
  );
}
