import type { RecordFacts } from '../../shared/consciousness/stability.ts';
import type { Deployment, Incident } from '../../shared/contract/record.ts';
import type { Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';

/** How far back a record is asked: long enough to tell a calm week from a record that nobody keeps. */
export const RECORD_WINDOW_MS = 30 * 86_400_000;

/** Rows grow older than the window, and a damaged record is replaced by an empty one: nothing else tells of these. */
const READ_AGAIN_MS = 10 * 60_000;

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

/** What the record says of each project, as of the last look into it. */
export interface RecordMemory {
  /** Reads what the scores take of these projects, where it may have changed; those left out are forgotten. */
  refresh(projects: readonly string[]): void;
  /** Read at once where the project was not among them. */
  of(project: string): RecordFacts;
}

export function createRecordMemory(
  clock: Clock,
  record: Pick<RecordStore, 'deployments' | 'incidents' | 'revision'>,
): RecordMemory {
  let known: ReadonlyMap<string, RecordFacts> = new Map();
  let readAt: { readonly revision: number; readonly monotonicMs: number } | null = null;
  const read = (project: string): RecordFacts => {
    const filter = { project, sinceMs: clock.wallMs() - RECORD_WINDOW_MS };
    return recordFacts(record.deployments(filter), record.incidents(filter));
  };
  return {
    refresh(projects) {
      const now = { revision: record.revision(), monotonicMs: clock.monotonicMs() };
      const isFresh =
        readAt?.revision === now.revision && now.monotonicMs - readAt.monotonicMs < READ_AGAIN_MS;
      if (!isFresh) readAt = now;
      const kept = isFresh ? known : null;
      if (kept?.size === projects.length && projects.every((project) => kept.has(project))) return;
      known = new Map(projects.map((project) => [project, kept?.get(project) ?? read(project)]));
    },
    of: (project) => known.get(project) ?? read(project),
  };
}
