import type { Evidence, ParsedReport } from './evidence.ts';
import { judgeFreshness } from './freshness.ts';
import { profileDefinition, type ProfileChoice, type ProfileDefinition } from './profile-definition.ts';
import { MIN_CONFIDENCE } from './score.ts';
import { scoredMode } from './scored-mode.ts';

/** A standing HALT: everything but reverts waits. Instants are wall-clock milliseconds since 1970. */
export interface Halt {
  readonly by: 'person' | 'report' | 'scores';
  /** The person, or "report" or "scores". */
  readonly who: string;
  readonly why: string;
  readonly sinceMs: number;
  /** When it lapses by itself; null when it does not. */
  readonly untilMs: number | null;
  /** Fresh reports since then that do not ask for HALT; two lift it. */
  readonly goodReports: number;
  /** The file time of the last report that was counted. */
  readonly countedReportMs: number | null;
}

const GOOD_REPORTS_TO_LIFT = 2;

/** A HALT by a person's word (domain 1.3: who, why, since, until). */
export function personHalt(who: string, why: string, sinceMs: number, untilMs: number | null = null): Halt {
  return { by: 'person', who, why, sinceMs, untilMs, goodReports: 0, countedReportMs: null };
}

export interface HaltView {
  readonly profile: ProfileChoice;
  readonly evidence: Evidence;
  readonly nowMs: number;
  /** When a person last cleared a HALT; reports written before that do not bring it back. Null: never. */
  readonly clearedAtMs: number | null;
}

/**
 * Carries a HALT on by one look at the report: a report that asks for HALT starts or keeps it; it lifts at its
 * end, or after two fresh reports that do not ask for it (behaviour 21). Clearing by hand is the caller's:
 * drop the HALT and remember when.
 */
export function stepHalt(current: Halt | null, view: HaltView): Halt | null {
  const { evidence, nowMs } = view;
  const report = evidence.isLastGood ? null : evidence.report;
  const asked = report === null ? null : haltAskedBy(view.profile, report, view.clearedAtMs);
  if (report !== null && asked !== null) {
    if (current !== null) return { ...current, goodReports: 0, countedReportMs: report.fileChangedAtMs };
    return {
      by: asked.by,
      who: asked.by,
      why: asked.why,
      sinceMs: Math.min(nowMs, report.fileChangedAtMs),
      untilMs: null,
      goodReports: 0,
      countedReportMs: report.fileChangedAtMs,
    };
  }
  if (current === null) return null;
  if (current.untilMs !== null && nowMs >= current.untilMs) return null;
  if (report === null || judgeFreshness(report, { ...evidence, nowMs }).freshness !== 'fresh') return current;
  const isNew = report.fileChangedAtMs > (current.countedReportMs ?? current.sinceMs);
  if (!isNew) return current;
  const goodReports = current.goodReports + 1;
  if (goodReports >= GOOD_REPORTS_TO_LIFT) return null;
  return { ...current, goodReports, countedReportMs: report.fileChangedAtMs };
}

/** Whether this report asks for HALT, by its own word or by its scores. Age does not matter: HALT only holds. */
export function haltAskedBy(
  profile: ProfileChoice,
  report: ParsedReport,
  clearedAtMs: number | null,
): { readonly by: 'report' | 'scores'; readonly why: string } | null {
  if (clearedAtMs !== null && report.fileChangedAtMs <= clearedAtMs) return null;
  const byScores = haltingScores(profileDefinition(profile), report);
  if (byScores !== null) return { by: 'scores', why: byScores };
  return report.mode === 'HALT' ? { by: 'report', why: 'its report says HALT' } : null;
}

function haltingScores({ scores }: ProfileDefinition, report: ParsedReport): string | null {
  if (report.confidence !== null && report.confidence < MIN_CONFIDENCE) return null;
  const judged = scoredMode(scores, report.scores);
  return judged.mode === 'HALT' ? judged.why : null;
}
