import type { Job } from '../../../shared/contract/job.ts';
import { Panel } from '../../components/Panel.tsx';
import { Prose } from '../../components/Prose.tsx';
import { jobEnergies } from '../../view/job-energy-view.ts';
import { words } from '../../words/words.ts';

const MOST_SHOWN = 20;
const { jobs: said } = words.energyPage;

/** What each managed job drew, with where the number comes from. */
export function JobEnergy({ jobs, wide }: { jobs: readonly Job[]; wide: boolean }) {
  const energies = jobEnergies(jobs, words);
  return (
    <Panel title={said.name} summary="" wide={wide} open={energies.length > 0}>
      {energies.length === 0 ? (
        <p className="quiet small">
          <Prose text={said.none} />
        </p>
      ) : (
        <ul className="rows">
          {energies.slice(0, MOST_SHOWN).map(({ id, name, state, energy }) => (
            <li key={id}>
              <div className="row-main">
                <span className="row-name">
                  <bdi>{name}</bdi>
                </span>
                <span className="row-value">{energy}</span>
              </div>
              <p className="quiet small">{state}</p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
