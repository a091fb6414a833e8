import type { RailEntry } from '../pages/page-list.ts';

export type PageIconName = RailEntry['id'] | 'more';

const PATHS: Readonly<Record<PageIconName, string>> = {
  now: 'M10 3a7 7 0 1 1-4.95 2.05M10 10l3-3.5',
  projects: 'M2.5 6V15.5h15V6.5h-8L7.8 4.5H2.5zM2.5 9h15',
  history: 'M2.5 3.5v13h15M5 13l3.2-4.5 3 2.5L17 5',
  energy: 'M11 2.5L4.5 11.5H9.5L8.8 17.5l6.7-9.5h-5z',
  jobs: 'M3 4.5h14v4H3zM3 11.5h14v4H3zM5.5 6.5h.1M5.5 13.5h.1M8 13.5h5',
  sync: 'M4 8.5a6.2 6.2 0 0 1 11.6-1.2M16 3.5v4h-4M16 11.5a6.2 6.2 0 0 1-11.6 1.2M4 16.5v-4h4',
  alerts: 'M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13zM8.5 17.2h3M10 4V2.5',
  audit: 'M4.5 2.5h11v15h-11zM7.5 6.5h5M7.5 10h5M7.5 13.5h3',
  settings:
    'M2.5 6h7M13.5 6h4M2.5 14h3M9.5 14h8M9.5 6a2 2 0 1 0 4 0 2 2 0 1 0-4 0M5.5 14a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
  doctor: 'M2.5 10.5h3.5l2-5 3.5 9.5 2-4.5h4',
  more: 'M4.5 10h.1M10 10h.1M15.5 10h.1',
};

/** A page's sign, drawn; its name always stands beside it. */
export function PageIcon(props: { name: PageIconName }) {
  return (
    <svg className="page-icon" data-icon={props.name} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[props.name]} />
    </svg>
  );
}
