import type { Draw, EnergyState } from '../../shared/contract/energy.ts';
import { drawText, supplyChainView } from '../view/supply-chain-view.ts';
import { words } from '../words/words.ts';
import { ChainIcon } from './ChainIcon.tsx';

/** Wall, UPS, adapter, battery, machine: the live way is drawn solid in the level's colour. */
export function SupplyChain(props: { energy: EnergyState; draw: Draw | null }) {
  const draw = props.draw === null ? null : drawText(props.draw, words);
  const nodes = supplyChainView(props.energy, words, props.draw);
  return (
    <section className="chain" aria-label={words.chain.name}>
      <ol data-nodes={nodes.length}>
        {nodes.map((node) => (
          <li key={node.kind} data-flow={node.flow}>
            <span className="chain-node">
              <ChainIcon kind={node.kind} />
            </span>
            <span className="chain-label">{node.label}</span>
            <span className="chain-value">{node.value}</span>
            {node.link !== null && (
              <span className="chain-link" data-flow={node.link.flow}>
                {node.link.watts !== null && <span className="chain-watts">{node.link.watts}</span>}
              </span>
            )}
          </li>
        ))}
      </ol>
      {draw !== null && <p className="chain-draw quiet small">{draw}</p>}
    </section>
  );
}
