import type { PowerSupply } from '../../shared/contract/energy.ts';
import { percentText, wattsText } from '../../shared/view/quantities.ts';
import { plainText } from '../view/plain-text.ts';
import { words } from '../words/words.ts';
import { Panel } from './Panel.tsx';

/** Every supply that was found, whether it decides the level, and why. */
export function SupplyPanel(props: { supplies: readonly PowerSupply[]; wide: boolean }) {
  const counted = props.supplies.filter((supply) => supply.counted).length;
  return (
    <Panel
      title={words.supplies.name}
      summary={words.supplies.count(counted, props.supplies.length)}
      wide={props.wide}
    >
      {props.supplies.length === 0 ? (
        <p className="quiet">{words.supplies.none}</p>
      ) : (
        <ul className="rows">
          {props.supplies.map((supply) => (
            <SupplyRow key={`${supply.source}/${supply.name}`} supply={supply} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function SupplyRow({ supply }: { supply: PowerSupply }) {
  return (
    <li className={supply.counted ? 'row' : 'row row-aside'}>
      <div className="row-main">
        <bdi className="row-name">{plainText(supply.name)}</bdi>
        <span className="row-value">{supplyFacts(supply)}</span>
      </div>
      <p className="quiet small">{words.supplies.reason(supply.counted, plainText(supply.reason))}</p>
    </li>
  );
}

/** "17 % · draining 9.1 W", "online", "offline". */
function supplyFacts(supply: PowerSupply): string {
  const state =
    supply.status === null ? words.supplies.online(supply.online) : words.supplies.states[supply.status];
  const watts = supply.powerW === null || supply.powerW === 0 ? '' : ` ${wattsText(supply.powerW)}`;
  const percent = supply.percent === null ? [] : [percentText(supply.percent)];
  return [...percent, `${state}${watts}`].join(' · ');
}
