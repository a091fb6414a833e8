import { spanText } from './freshness.ts';
import {
  BURN_POINTS,
  BURN_POINTS_MOST,
  FAILED_DEPLOYMENT_POINTS,
  INCIDENT_POINTS,
  ROLLBACK_POINTS,
} from './loss-points.ts';
import { unmeasured, type Measure, type Measurement, type Measurements } from './measurement.ts';

export type Severity = 'minor' | 'major' | 'critical';

/** What the app's own record holds of a project, newest or oldest first. Instants are wall milliseconds. */
export interface RecordFacts {
  readonly incidents: readonly {
    readonly severity: Severity;
    readonly openedAtMs: number;
    /** Null while it is open. */
    readonly closedAtMs: number | null;
  }[];
  readonly deployments: readonly {
    readonly atMs: number;
    /** Null while it runs. */
    readonly result: 'ok' | 'failed' | 'rolled-back' | null;
  }[];
}

/** Domain 1.2: how far back incidents, rollbacks and deployments count. */
export const STABILITY_WINDOW_MS = 7 * 86_400_000;

/**
 * The record as measures. A record that holds nothing at all of a project is no evidence of calm: nobody may have
 * told it anything. An incident counts for 7 days, and as long as it is open.
 */
export function recordMeasurements(record: RecordFacts | null, nowMs: number): Measurements {
  const source = 'record';
  if (record === null) return {};
  if (record.incidents.length + record.deployments.length === 0) {
    const none = unmeasured(source, 'no deployment and no incident was ever recorded');
    return { incidents: none, rollbacks: none, deployments: none };
  }
  const { incidents, rolledBack, failed } = recentTrouble(record, nowMs);
  const measured = (points: number, detail: string): Measurement => ({
    value: Math.max(0, 100 - points),
    atMs: nowMs,
    source,
    detail,
    problem: null,
  });
  const bySeverity = (['critical', 'major', 'minor'] as const)
    .map((severity) => ({
      severity,
      count: incidents.filter((incident) => incident.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`);
  return {
    incidents: measured(
      incidentPoints(incidents),
      bySeverity.length === 0 ? 'none in 7 days' : `${bySeverity.join(', ')} in 7 days`,
    ),
    rollbacks: measured(rolledBack * ROLLBACK_POINTS, `${rolledBack} in 7 days`),
    deployments: measured(failed * FAILED_DEPLOYMENT_POINTS, `${failed} failed in 7 days`),
  };
}

/** Reverts in the project's own history stand for rollbacks where no record is at hand. */
export function revertMeasurement(reverts: number, nowMs: number): Measurement {
  const value = Math.max(0, 100 - reverts * ROLLBACK_POINTS);
  return { value, atMs: nowMs, source: 'git', detail: `${reverts} reverts in 7 days`, problem: null };
}

/** `burnRate`: how many times faster than allowed errors come; 1 is at the limit. Null without enough events. */
export function errorMeasurement(burnRate: number | null, atMs: number, source: string): Measurement {
  if (burnRate === null) return unmeasured(source, `${source}: too few requests to judge the error rate`);
  const points = Math.min(BURN_POINTS_MOST, Math.max(0, burnRate - 1) * BURN_POINTS);
  const detail = `errors at ${Math.round(burnRate * 100) / 100} times the budget`;
  return { value: 100 - points, atMs, source, detail, problem: null };
}

export interface RecordLoss {
  readonly points: number;
  /** "critical incident 2 min ago": what cost most. */
  readonly why: string | null;
  /** Of the newest trouble. */
  readonly newestAtMs: number | null;
}

export interface LossAsked {
  /** From when on. */
  readonly sinceMs: number;
  readonly nowMs: number;
  /** Which kinds of trouble the score tells of. */
  readonly counts: readonly Measure[];
}

/** What the record knows of the time from `sinceMs` on and a report does not: to be taken off its score. */
export function recordLoss(record: RecordFacts | null, { sinceMs, nowMs, counts }: LossAsked): RecordLoss {
  if (record === null) return { points: 0, why: null, newestAtMs: null };
  const { incidents, rolledBack, failed, instants } = recentTrouble(counted(record, counts), nowMs, sinceMs);
  const worst = [...incidents].sort((a, b) => INCIDENT_POINTS[b.severity] - INCIDENT_POINTS[a.severity])[0];
  const why =
    worst !== undefined
      ? `${worst.severity} incident ${spanText(nowMs - worst.openedAtMs)} ago`
      : rolledBack > 0
        ? 'rolled back'
        : failed > 0
          ? 'failed deployment'
          : null;
  const points = incidentPoints(incidents) + rolledBack * ROLLBACK_POINTS + failed * FAILED_DEPLOYMENT_POINTS;
  return { points, why, newestAtMs: instants.length === 0 ? null : Math.max(...instants) };
}

/** The record without the kinds of trouble that are not asked for. */
function counted(record: RecordFacts, counts: readonly Measure[]): RecordFacts {
  const measureOf = { 'rolled-back': 'rollbacks', failed: 'deployments', ok: 'deployments' } as const;
  return {
    incidents: counts.includes('incidents') ? record.incidents : [],
    deployments: record.deployments.filter(
      ({ result }) => result !== null && counts.includes(measureOf[result]),
    ),
  };
}

/** What counts now: the last 7 days and what is still open, of that what happened from `sinceMs` on. */
function recentTrouble(
  record: RecordFacts,
  nowMs: number,
  sinceMs = -Infinity,
): {
  readonly incidents: RecordFacts['incidents'];
  readonly rolledBack: number;
  readonly failed: number;
  readonly instants: readonly number[];
} {
  const weekAgoMs = nowMs - STABILITY_WINDOW_MS;
  const incidents = record.incidents.filter(
    ({ openedAtMs, closedAtMs }) => openedAtMs >= sinceMs && (closedAtMs === null || openedAtMs >= weekAgoMs),
  );
  const recent = record.deployments.filter(({ atMs }) => atMs >= Math.max(sinceMs, weekAgoMs));
  const rolledBack = recent.filter((one) => one.result === 'rolled-back');
  const failed = recent.filter((one) => one.result === 'failed');
  const instants = [
    ...incidents.map((one) => one.openedAtMs),
    ...[...rolledBack, ...failed].map((one) => one.atMs),
  ];
  return { incidents, rolledBack: rolledBack.length, failed: failed.length, instants };
}

function incidentPoints(incidents: RecordFacts['incidents']): number {
  return incidents.reduce((points, { severity }) => points + INCIDENT_POINTS[severity], 0);
}
