import type { ScalingList } from '../../../shared/contract/scaling.ts';
import { useAsked } from '../../components/asked-hook.ts';
import { Panel } from '../../components/Panel.tsx';
import { Prose } from '../../components/Prose.tsx';
import { pageAddress } from '../../connection/page-route.ts';
import { plainText } from '../../view/plain-text.ts';
import { scalingFacts, scalingReasons, scalingShape, scalingStateText } from '../../view/scaling-view.ts';
import type { ScaledInstances } from '../../view/scaling-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { SHAPES } from './job-shapes.ts';

const { instances: said } = words.jobsPage;

/** How many instances of each project are wanted and set, and why. */
export function InstancesPanel({ parts }: { parts: PageParts }) {
  const { answer } = useAsked<ScalingList>(parts, '/v1/scaling');
  if (answer.kind !== 'ready') return null;
  const { value } = answer;
  return (
    <Panel
      title={said.title}
      summary={value.length === 0 ? said.noneScaled : String(value.length)}
      wide={parts.wide}
      open={value.length > 0}
    >
      {value.length === 0 ? (
        <p className="quiet">
          <Prose text={said.none} />
        </p>
      ) : (
        <ul className="jobs">
          {value.map((instances) => (
            <InstancesRow key={instances.project} instances={instances} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function InstancesRow({ instances }: { instances: ScaledInstances }) {
  return (
    <li className="job">
      <svg className="sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[scalingShape(instances)]} />
      </svg>
      <div className="job-body">
        <h3>
          <a href={pageAddress(instances.project)}>
            <bdi>{plainText(instances.project)}</bdi>
          </a>
        </h3>
        <p>
          <strong>{scalingStateText(instances, words)}</strong>
        </p>
        {scalingReasons(instances, words).map((reason) => (
          <p key={reason}>
            <Prose text={reason} />
          </p>
        ))}
        <p className="quiet small">{scalingFacts(instances, words)}</p>
      </div>
    </li>
  );
}
