import type { DatabaseSync } from 'node:sqlite';

import { publicAlert } from '../../shared/alerts/standing.ts';
import type { Alert, PastAlert } from '../../shared/contract/alert.ts';
import { createAlertStore, type AlertStore, type KeptAlert } from '../history/alert-store.ts';

/** Alerts that stood once. Kept as they may leave this machine: nothing about the person is in them. */
export interface PastAlerts {
  /** What stands now; whatever stood before and does not stand any more has ended. */
  stand(alerts: readonly Alert[], nowMs: number): void;
  list(filter: { project?: string; limit: number }): readonly PastAlert[];
}

const OPEN_MOST = 500;
const MEMORY_MOST = 200;

/** @param endsUnknown false as long as alerts of the last run may still come back: those are not ended yet. */
export function createPastAlerts(
  database: DatabaseSync | null,
  endsUnknown: () => boolean,
  onFault: (error: unknown) => void,
): PastAlerts {
  const store = database === null ? createMemoryStore() : createAlertStore(database);
  const open = new Map<string, KeptAlert>();
  const told = new Set<string>();
  const guarded = <T>(fallback: T, act: () => T): T => {
    try {
      return act();
    } catch (error) {
      onFault(error);
      return fallback;
    }
  };
  const keep = (alert: KeptAlert): void => guarded(undefined, () => store.keepAlert(alert));
  for (const alert of guarded([], () => store.alerts({ isOpen: true, limit: OPEN_MOST }))) {
    open.set(alert.id, alert);
  }

  return {
    stand(alerts, nowMs) {
      const now = new Map(alerts.map((alert) => [keptId(alert), keptAlert(alert)]));
      for (const [id, alert] of now) {
        const known = open.get(id);
        if (known === undefined || known.severity !== alert.severity) keep(alert);
        open.set(id, alert);
        told.add(id);
      }
      for (const [id, alert] of open) {
        if (now.has(id) || (!told.has(id) && !endsUnknown())) continue;
        keep({ ...alert, untilMs: Math.max(nowMs, alert.sinceMs) });
        open.delete(id);
        told.delete(id);
      }
    },
    list: (filter) => guarded([], () => store.alerts(filter)).map(pastAlert),
  };
}

function keptId({ id, code, since }: Alert): string {
  return `${id ?? code}@${Date.parse(since)}`;
}

function keptAlert(alert: Alert): KeptAlert {
  const { code, severity, project, title, text, since } = publicAlert(alert);
  return {
    id: keptId(alert),
    code,
    severity,
    project,
    title,
    text,
    sinceMs: Date.parse(since),
    untilMs: null,
  };
}

function pastAlert({ sinceMs, untilMs, ...alert }: KeptAlert): PastAlert {
  return {
    ...alert,
    since: new Date(sinceMs).toISOString(),
    until: untilMs === null ? null : new Date(untilMs).toISOString(),
  };
}

/** Where no database can be opened: the newest, gone at the end. */
function createMemoryStore(): AlertStore {
  const kept = new Map<string, KeptAlert>();
  return {
    keepAlert(alert) {
      kept.set(alert.id, alert);
      const [oldest] = kept.keys();
      if (kept.size > MEMORY_MOST && oldest !== undefined) kept.delete(oldest);
    },
    alerts: ({ project, isOpen, limit }) =>
      [...kept.values()]
        .filter((alert) => project === undefined || alert.project === project)
        .filter((alert) => isOpen !== true || alert.untilMs === null)
        .sort((one, other) => other.sinceMs - one.sinceMs)
        .slice(0, limit),
  };
}
