/** Every page there is; `project` and `decision` are reached from others. */
export const PAGE_IDS = [
  'now',
  'projects',
  'history',
  'energy',
  'jobs',
  'sync',
  'alerts',
  'audit',
  'settings',
  'doctor',
  'project',
  'decision',
] as const;
export type PageId = (typeof PAGE_IDS)[number];

/** What an address's fragment asks for. */
export interface PageRoute {
  readonly page: PageId;
  /** The project that the page is about; null but on a project's own page. */
  readonly project: string | null;
  /** What the page itself is told, such as `id=...`, or `at=halt` on a project's page; empty for most. */
  readonly query: string;
}

/** The page of all projects, beside which each project has its own. */
export const NOW_ADDRESS = '#now';

/** The project that an address's fragment names; null for the page of all. */
export function projectInAddress(hash: string): string | null {
  const id = new URLSearchParams(hash.replace(/^#/, '')).get('project');
  return id === '' ? null : id;
}

/** `#project=shop`, with whatever the id holds made safe. */
export function pageAddress(project: string): string {
  return `#${new URLSearchParams({ project }).toString()}`;
}

/** `#/history`, `#/decision?id=...`; the first page keeps its short address. */
export function addressOf(page: PageId, query: Readonly<Record<string, string>> = {}): string {
  if (page === 'now') return NOW_ADDRESS;
  const text = new URLSearchParams(query).toString();
  return text === '' ? `#/${page}` : `#/${page}?${text}`;
}

/** `#/history?range=24h`, `#project=shop`, `#page=history`; whatever else is there is the first page. */
export function routeOf(hash: string): PageRoute {
  const project = projectInAddress(hash);
  if (project !== null) return { page: 'project', project, query: partOf(hash) };
  const path = /^#\/([a-z]+)(?:\?(.*))?$/.exec(hash);
  if (path !== null) return { page: pageCalled(path[1]), project: null, query: path[2] ?? '' };
  const named = new URLSearchParams(hash.replace(/^#/, '')).get('page');
  return { page: pageCalled(named), project: null, query: '' };
}

/** The part of a project's page that is wanted at once. */
function partOf(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('at') === 'halt' ? 'at=halt' : '';
}

function pageCalled(name: string | null | undefined): PageId {
  // A project's own page needs its project.
  return PAGE_IDS.find((id) => id === name && id !== 'project') ?? 'now';
}
