import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { Decision } from '../../shared/contract/decision.ts';
import type { AuditEntry, Deployment, Incident } from '../../shared/contract/record.ts';
import { FAILED, LOADING, ready } from './loaded.ts';
import type { Loaded } from './loaded.ts';

export interface ProjectRecordState {
  /** Newest first, as the core gives them. */
  readonly incidents: Loaded<readonly Incident[]>;
  readonly deployments: Loaded<readonly Deployment[]>;
  readonly audits: Loaded<readonly AuditEntry[]>;
  /** Those that gates were told. */
  readonly decisions: Loaded<readonly Decision[]>;
}

/** What happened to the one project that is looked at. */
export interface ProjectRecord {
  readonly store: StoreApi<ProjectRecordState>;
  /** Reads the record of `project`; null forgets it. */
  open(project: string | null): void;
  /** Reads again; what is known stays until the answer is here. Does nothing while no project is open. */
  refresh(): void;
}

const NOTHING: ProjectRecordState = {
  incidents: LOADING,
  deployments: LOADING,
  audits: LOADING,
  decisions: LOADING,
};
/** As many as fit on a page. */
const AUDITS = 20;
const DECISIONS = 20;

export function createProjectRecord(ask: (path: string) => Promise<unknown>): ProjectRecord {
  const store = createStore<ProjectRecordState>(() => NOTHING);
  let opened: string | null = null;
  let newest = 0;

  const read = (key: keyof ProjectRecordState, path: string, project: string): void => {
    const round = newest;
    const isNewest = (): boolean => opened === project && round === newest;
    ask(path).then(
      (value) => {
        if (isNewest()) store.setState({ [key]: ready(value) });
      },
      () => {
        // What was read before is still the best there is.
        if (isNewest() && store.getState()[key].kind !== 'ready') store.setState({ [key]: FAILED });
      },
    );
  };
  const refresh = (): void => {
    if (opened === null) return;
    newest += 1;
    const project = encodeURIComponent(opened);
    read('incidents', `/v1/incidents?project=${project}`, opened);
    read('deployments', `/v1/deployments?project=${project}`, opened);
    read('audits', `/v1/audit?project=${project}&limit=${AUDITS}`, opened);
    read('decisions', `/v1/kept-decisions?project=${project}&limit=${DECISIONS}`, opened);
  };

  return {
    store,
    open(project) {
      opened = project;
      store.setState(NOTHING);
      refresh();
    },
    refresh,
  };
}
