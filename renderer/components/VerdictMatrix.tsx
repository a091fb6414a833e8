import { useState } from 'react';
import type { KeyboardEvent } from 'react';

import type { ProjectState } from '../../shared/contract/state.ts';
import { CHANGE_TYPES } from '../../shared/contract/vocabulary.ts';
import type { ChangeType } from '../../shared/contract/vocabulary.ts';
import { isMachine } from '../../shared/view/shown-projects.ts';
import { words } from '../words/words.ts';
import { FirstRun } from './FirstRun.tsx';
import { MatrixRow } from './MatrixRow.tsx';

interface VerdictMatrixProps {
  readonly projects: readonly ProjectState[];
  readonly sinceSeconds: number;
}

/**
 * What may go where: a row a project, a column a kind of change. What is pointed at tells its reason below its row;
 * the arrow keys walk from cell to cell.
 */
export function VerdictMatrix({ projects, sinceSeconds }: VerdictMatrixProps) {
  const [pointed, setPointed] = useState<ReadonlyMap<string, ChangeType>>(new Map());
  const changes = CHANGE_TYPES.filter((change) =>
    projects.some((project) => project.decisions[change] !== undefined),
  );
  return (
    <section className="projects" aria-label={words.projects.name}>
      <h2 className="visually-hidden">{words.projects.name}</h2>
      {projects.every(isMachine) && <FirstRun />}
      <div className="card matrix" onKeyDown={walk}>
        <table>
          <caption>{words.matrix.name}</caption>
          <thead>
            <tr>
              <th scope="col">{words.matrix.project}</th>
              {changes.map((change) => (
                <th key={change} scope="col">
                  {words.projects.changes[change]}
                </th>
              ))}
            </tr>
          </thead>
          {projects.map((project) => (
            <MatrixRow
              key={project.id}
              project={project}
              changes={changes}
              pointed={pointed.get(project.id) ?? project.defaultChange}
              onPoint={(change) => setPointed(new Map([...pointed, [project.id, change]]))}
              sinceSeconds={sinceSeconds}
            />
          ))}
        </table>
      </div>
    </section>
  );
}

const STEPS: Readonly<Partial<Record<string, readonly [number, number]>>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Each row is one stop of the Tab key; inside, the arrows lead on. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  const cell = (event.target as HTMLElement).closest<HTMLElement>('a[data-change]');
  if (step === undefined || cell === null) return;
  const rows = [...event.currentTarget.querySelectorAll('tbody')].map((row) => [
    ...row.querySelectorAll<HTMLElement>('a[data-change]'),
  ]);
  const row = rows.findIndex((cells) => cells.includes(cell));
  const column = rows[row]?.indexOf(cell) ?? 0;
  const next = rows[row + step[0]]?.[column + step[1]];
  event.preventDefault();
  next?.focus();
}
