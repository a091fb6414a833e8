/** What each kind of trouble costs, in points of a score. The formulas' words and sums both come from here. */
export const INCIDENT_POINTS = { minor: 5, major: 15, critical: 30 } as const;
export const ROLLBACK_POINTS = 10;
export const FAILED_DEPLOYMENT_POINTS = 5;
/** For each time the budget is burnt beyond once, and at most. */
export const BURN_POINTS = 20;
export const BURN_POINTS_MOST = 40;
/** A percentage point of accuracy below the baseline: 20 of them leave nothing. */
export const POINTS_PER_ACCURACY_POINT = 5;
/** At this many times the baseline's latency nothing is left. */
export const LATENCY_WORST_RATIO = 3;
