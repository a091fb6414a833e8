import type { PageId } from '../connection/page-route.ts';
import { RAIL } from '../pages/page-list.ts';
import type { RailEntry } from '../pages/page-list.ts';
import { words } from '../words/words.ts';
import { PageIcon } from './PageIcon.tsx';

/** A project and a decision belong to the projects. */
export function railPageOf(page: PageId): RailEntry['id'] {
  return page === 'project' || page === 'decision' ? 'projects' : page;
}

/** The way to every page, at the left of a wide window. */
export function Rail({ page }: { page: PageId }) {
  const here = railPageOf(page);
  return (
    <nav className="rail" aria-label={words.shell.navigation}>
      <p className="rail-name">{words.product}</p>
      <ul>
        {RAIL.map((entry) => (
          <li key={entry.id}>
            <RailLink entry={entry} isHere={entry.id === here} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function RailLink(props: { entry: RailEntry; isHere: boolean }) {
  const { entry, isHere } = props;
  return (
    <a className="rail-link" href={entry.path} aria-current={isHere ? 'page' : undefined}>
      <PageIcon name={entry.id} />
      <span>{words.shell.pages[entry.id]}</span>
    </a>
  );
}
