import type { ChainNodeKind } from '../view/supply-chain-view.ts';

const PATHS: Readonly<Record<ChainNodeKind, string>> = {
  wall: 'M6.5 9.5V6M13.5 9.5V6M4.5 9.5h11v1.5a5.5 5.5 0 0 1-11 0zM10 16.5V19',
  ups: 'M5 3.5h10v13H5zM7.5 6.5h5M10.8 8.8l-2 2.8h2.4l-2 2.8',
  adapter: 'M4 7.5h9v5.5H4zM13 10.2h2.5a2 2 0 0 1 2 2V15M1.5 10.2H4',
  battery: 'M2.5 6.5h13v7h-13zM17.5 8.8v2.4M5 9v2M7.5 9v2',
  machine: 'M4.5 5h11v7.5h-11zM2.5 15.2h15',
};

/** What a link of the chain is, drawn; its label says the same. */
export function ChainIcon(props: { kind: ChainNodeKind }) {
  return (
    <svg className="chain-icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[props.kind]} />
    </svg>
  );
}
