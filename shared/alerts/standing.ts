import type { Alert } from '../contract/alert.ts';
import type { AlertSeverity } from '../contract/vocabulary.ts';
import type { AlertFacts, AlertFinding, AlertRule } from './alert-rule.ts';

/** An alert that stands: found for long enough, and not yet gone for long enough. */
export interface StandingAlert {
  /** Code and key: "halted/shop". */
  readonly id: string;
  readonly rule: AlertRule;
  readonly finding: AlertFinding;
  readonly severity: AlertSeverity;
  readonly tag: string;
  readonly sinceMs: number;
}

interface Sighting {
  readonly alert: StandingAlert;
  /** Monotonic: holding and clearing never follow the wall clock. */
  readonly firstMs: number;
  /** Monotonic; null while it is found. */
  readonly goneMs: number | null;
  readonly isVisible: boolean;
}

/** What was seen up to the last look, by id. */
export type Sightings = ReadonlyMap<string, Sighting>;

export interface Look {
  readonly facts: AlertFacts;
  readonly monotonicMs: number;
  /** Since when alerts stood when the core ended, by id: they need not hold again. Wall clock. */
  readonly carried: ReadonlyMap<string, number>;
  /** Hears of a rule that failed; the others go on. */
  readonly onFault: (error: unknown) => void;
}

/** One look more. Pure but for what `onFault` does. */
export function stepStanding(
  before: Sightings,
  rules: readonly AlertRule[],
  look: Look,
): { readonly sightings: Sightings; readonly standing: readonly StandingAlert[] } {
  const sightings = new Map<string, Sighting>();
  for (const rule of rules) {
    for (const finding of found(rule, look)) {
      const sighting = seen(before, rule, finding, look);
      sightings.set(sighting.alert.id, sighting);
    }
  }
  for (const [id, sighting] of before) {
    if (sightings.has(id) || !sighting.isVisible) continue;
    const goneMs = sighting.goneMs ?? look.monotonicMs;
    if (look.monotonicMs - goneMs < sighting.alert.rule.clearsAfterMs)
      sightings.set(id, { ...sighting, goneMs });
  }
  const standing = [...sightings.values()].filter(({ isVisible }) => isVisible).map(({ alert }) => alert);
  return { sightings, standing };
}

function found(rule: AlertRule, { facts, onFault }: Look): readonly AlertFinding[] {
  try {
    return rule.find(facts);
  } catch (error) {
    onFault(error);
    return [];
  }
}

function seen(before: Sightings, rule: AlertRule, finding: AlertFinding, look: Look): Sighting {
  const id = finding.key === '' ? rule.code : `${rule.code}/${finding.key}`;
  const known = before.get(id);
  const carriedMs = look.carried.get(id);
  const firstMs = known?.firstMs ?? look.monotonicMs;
  const sinceMs = finding.sinceMs ?? known?.alert.sinceMs ?? carriedMs ?? look.facts.nowMs;
  const severity = finding.severity ?? rule.severity;
  return {
    alert: { id, rule, finding, severity, tag: rule.tag ?? id, sinceMs },
    firstMs,
    goneMs: null,
    isVisible:
      known?.isVisible === true ||
      carriedMs !== undefined ||
      look.monotonicMs - firstMs >= rule.visibleAfterMs,
  };
}

/** Milliseconds until an alert that is on its way, or going, may change by time alone; null when none is. */
export function standingDueMs(sightings: Sightings, monotonicMs: number): number | null {
  const dues = [...sightings.values()].flatMap(({ alert, firstMs, goneMs, isVisible }) => {
    if (!isVisible) return [firstMs + alert.rule.visibleAfterMs - monotonicMs];
    return goneMs === null ? [] : [goneMs + alert.rule.clearsAfterMs - monotonicMs];
  });
  return dues.length === 0 ? null : Math.max(0, Math.min(...dues));
}

const RANK: Readonly<Record<AlertSeverity, number>> = { critical: 0, warning: 1, info: 2 };

/** As the snapshot lists them: worst first, then oldest. */
export function listedAlerts(standing: readonly StandingAlert[]): Alert[] {
  return standing
    .filter(({ finding }) => finding.isListed !== false)
    .toSorted((one, other) => RANK[one.severity] - RANK[other.severity] || one.sinceMs - other.sinceMs)
    .map(({ id, rule, finding, severity, tag, sinceMs }) => ({
      code: rule.code,
      severity,
      title: finding.title,
      text: finding.text,
      project: finding.project,
      since: new Date(sinceMs).toISOString(),
      id,
      tag,
      clears: rule.clears,
      ...(finding.outsideText === undefined ? {} : { outsideText: finding.outsideText }),
    }));
}

/** The alert as it may leave this machine, or lie in a file that others can read. */
export function publicAlert({ outsideText, ...alert }: Alert): Alert {
  return { ...alert, text: outsideText ?? alert.text };
}
