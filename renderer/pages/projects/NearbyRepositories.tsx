import { useEffect, useState } from 'react';

import type { NearbyRepository } from '../../../shared/contract/nearby.ts';
import { useAct } from '../../components/act.ts';
import { Doing } from '../../components/Doing.tsx';
import { plainText } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

interface NearbyProps {
  readonly ask: PageParts['ask'];
  readonly canAct: boolean;
  /** How many projects there are: another number may mean other offers. */
  readonly count: number;
}

/** Repositories that the person has and may want judged. Nothing where there are none. */
export function NearbyRepositories({ ask, canAct, count }: NearbyProps) {
  const act = useAct();
  const [found, setFound] = useState<readonly NearbyRepository[]>([]);
  useEffect(() => {
    let isGone = false;
    if (canAct) {
      // An offer that cannot be made is none; a folder can always be typed.
      ask('GET', '/v1/nearby').then(
        (answer) => !isGone && setFound(Array.isArray(answer) ? (answer as NearbyRepository[]) : []),
        () => undefined,
      );
    }
    return () => {
      isGone = true;
    };
  }, [ask, canAct, count]);
  const { nearby: said } = words.projectsPage;
  if (found.length === 0) return null;
  const add = async ({ path, name }: NearbyRepository): Promise<void> => {
    const body = { path, profile: 'business' };
    const isDone = await act.run(() => ask('POST', '/v1/projects', body), said.added(plainText(name)));
    if (isDone) setFound((all) => all.filter((other) => other.path !== path));
  };
  return (
    <section className="panel" aria-label={said.name}>
      <div className="panel-head">
        <h2>{said.name}</h2>
      </div>
      <p className="quiet small">{said.lead}</p>
      <Doing act={act} fields={[]}>
        <ul className="project-rows">
          {found.map((one) => (
            <li key={one.path} className="project-row">
              <div className="project-row-words">
                <strong>
                  <bdi>{plainText(one.name)}</bdi>
                </strong>
                <p className="quiet small">
                  <bdi>{plainText(one.path)}</bdi>
                </p>
              </div>
              <button
                type="button"
                className="button"
                disabled={!canAct || act.isBusy}
                aria-label={said.addOf(plainText(one.name))}
                onClick={() => void add(one)}
              >
                {said.add}
              </button>
            </li>
          ))}
        </ul>
      </Doing>
    </section>
  );
}
