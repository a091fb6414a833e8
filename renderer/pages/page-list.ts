import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

import { addressOf } from '../connection/page-route.ts';
import type { PageId } from '../connection/page-route.ts';
import type { PageParts } from './page-parts.ts';

/** The pages of the rail; `now` is in the first script, all others come when they are opened. */
export type LaterPageId = Exclude<PageId, 'now' | 'project'>;

type Page = LazyExoticComponent<ComponentType<PageParts>>;

export const PAGES: Readonly<Record<LaterPageId, Page>> = {
  projects: lazy(() => import('./projects/ProjectsPage.tsx')),
  history: lazy(() => import('./history/HistoryPage.tsx')),
  energy: lazy(() => import('./energy/EnergyPage.tsx')),
  jobs: lazy(() => import('./jobs/JobsPage.tsx')),
  sync: lazy(() => import('./sync/SyncPage.tsx')),
  alerts: lazy(() => import('./alerts/AlertsPage.tsx')),
  audit: lazy(() => import('./audit/AuditPage.tsx')),
  settings: lazy(() => import('./settings/SettingsPage.tsx')),
  doctor: lazy(() => import('./doctor/DoctorPage.tsx')),
  decision: lazy(() => import('./decision/DecisionPage.tsx')),
};

export interface RailEntry {
  /** Also the key of its name in `words.shell.pages` and of its icon. */
  readonly id: Exclude<PageId, 'project' | 'decision'>;
  readonly path: string;
  /** Has a place of its own at the foot of the tray window; the others are behind "More". */
  readonly isInBar: boolean;
}

/** In the order of the rail. */
export const RAIL: readonly RailEntry[] = [
  { id: 'now', path: addressOf('now'), isInBar: true },
  { id: 'projects', path: addressOf('projects'), isInBar: true },
  { id: 'history', path: addressOf('history'), isInBar: true },
  { id: 'energy', path: addressOf('energy'), isInBar: false },
  { id: 'jobs', path: addressOf('jobs'), isInBar: false },
  { id: 'sync', path: addressOf('sync'), isInBar: false },
  { id: 'alerts', path: addressOf('alerts'), isInBar: true },
  { id: 'audit', path: addressOf('audit'), isInBar: false },
  { id: 'settings', path: addressOf('settings'), isInBar: false },
  { id: 'doctor', path: addressOf('doctor'), isInBar: false },
];
