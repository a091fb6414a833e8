import type { PageId } from '../connection/page-route.ts';

const pages: Record<PageId, string> = {
  now: 'Now',
  projects: 'Projects',
  history: 'History',
  energy: 'Energy',
  jobs: 'Jobs',
  sync: 'Sync',
  alerts: 'Alerts',
  audit: 'Audit',
  settings: 'Settings',
  doctor: 'Doctor',
  project: 'Project',
  decision: 'Decision',
};

/** The words around every page. */
export const shell = {
  pages,
  navigation: 'Pages',
  more: 'More',
  skip: 'Skip to the page',
  title: (page: string, rest: string) => `${page} · ${rest}`,
  opening: (page: string) => `Opening ${page}`,
  /** A page whose part of the core has not spoken yet. */
  nothingYet: 'Nothing recorded yet.',
  brokenTitle: 'This page could not be shown',
  broken: 'The rest goes on working. Opening it again may help.',
  again: 'Open again',
};
