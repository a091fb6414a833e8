import type { RecordFacts } from '../../shared/consciousness/stability.ts';
import type { Deployment, Incident } from '../../shared/contract/record.ts';

/** How far back a record is asked: long enough to tell a calm week from a record that nobody keeps. */
export const RECORD_WINDOW_MS = 30 * 86_400_000;

/** The record's rows of one project as the scores take them. */
export function recordFacts(deployments: readonly Deployment[], incidents: readonly Incident[]): RecordFacts {
  return {
    deployments: deployments.map(({ startedAt, finishedAt, result }) => ({
      atMs: Date.parse(finishedAt ?? startedAt),
      result,
    })),
    incidents: incidents.map(({ severity, openedAt, closedAt }) => ({
      severity,
      openedAtMs: Date.parse(openedAt),
      closedAtMs: closedAt === null ? null : Date.parse(closedAt),
    })),
  };
}
