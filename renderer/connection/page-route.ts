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
