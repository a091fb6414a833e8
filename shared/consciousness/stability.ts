import type { Score } from './score.ts';

export type Severity = 'minor' | 'major' | 'critical';

export interface StabilityInputs {
  /** Incidents opened in the last 7 days, by severity; null when the record cannot be read. */
  readonly incidents: Readonly<Record<Severity, number>> | null;
  /** Rollbacks in the last 7 days. */
  readonly rollbacks: number | null;
  /** Deployments of the last 7 days that failed, or failed and then passed. */
  readonly failedDeployments: number | null;
  /** How many times the error rate exceeds what the service level allows: 1 is at the limit. */
  readonly errorBurnRate: number | null;
}

const INCIDENT_POINTS: Readonly<Record<Severity, number>> = { minor: 5, major: 15, critical: 30 };
const ROLLBACK_POINTS = 10;
const FAILED_DEPLOYMENT_POINTS = 5;
const BURN_POINTS = 20;
const BURN_POINTS_MOST = 40;

/** 100 less what went wrong in 7 days (domain 1.2). What is not known costs confidence, not points. */
export function stabilityScore(inputs: StabilityInputs): Score {
  const incidentPoints =
    inputs.incidents === null
      ? null
      : (Object.keys(INCIDENT_POINTS) as Severity[]).reduce(
          (sum, severity) => sum + INCIDENT_POINTS[severity] * (inputs.incidents?.[severity] ?? 0),
          0,
        );
  const burnPoints =
    inputs.errorBurnRate === null
      ? null
      : Math.min(BURN_POINTS_MOST, Math.max(0, inputs.errorBurnRate - 1) * BURN_POINTS);
  const losses = [
    { name: 'incidents', points: incidentPoints, weight: 40 },
    { name: 'rollbacks', points: times(inputs.rollbacks, ROLLBACK_POINTS), weight: 25 },
    { name: 'deployments', points: times(inputs.failedDeployments, FAILED_DEPLOYMENT_POINTS), weight: 15 },
    { name: 'errors', points: burnPoints, weight: 20 },
  ];
  const parts = losses.map(({ name, points, weight }) => ({
    name,
    value: points === null ? null : Math.max(0, 100 - points),
    weight,
  }));
  const known = losses.filter((loss) => loss.points !== null);
  const confidence = known.reduce((sum, loss) => sum + loss.weight, 0) / 100;
  const lost = known.reduce((sum, loss) => sum + (loss.points ?? 0), 0);
  return { value: confidence < 0.6 ? null : Math.max(0, 100 - lost), confidence, parts };
}

function times(count: number | null, points: number): number | null {
  return count === null ? null : count * points;
}
