import type { Freshness } from '../contract/vocabulary.ts';
import type { ParsedReport } from './evidence.ts';

/** Domain 1.2: how old a report may be, in milliseconds, each bound inclusive. */
export const FRESH_MS = 15 * 60_000;
export const AMBER_MS = 60 * 60_000;
export const STALE_MS = 24 * 60 * 60_000;
/** Further ahead of this machine's clock than this, a stamp is wrong rather than new. */
export const FUTURE_MS = 5 * 60_000;

export interface FreshnessJudgement {
  readonly freshness: Freshness;
  /** Null without a report; never negative. */
  readonly ageSeconds: number | null;
  /** "report 3 h old"; null when fresh. */
  readonly why: string | null;
}

/**
 * How far a report may be trusted for its age alone (domain 1.2). A commit that differs from HEAD makes it
 * amber at once; a report kept from an earlier read is stale whatever its stamp says.
 */
export function judgeFreshness(
  report: ParsedReport | null,
  context: { readonly nowMs: number; readonly headCommit: string | null; readonly isLastGood: boolean },
): FreshnessJudgement {
  if (report === null) return { freshness: 'missing', ageSeconds: null, why: 'no report' };
  const ageMs = context.nowMs - report.generatedAtMs;
  const ageSeconds = Math.max(0, Math.round(ageMs / 1000));
  const judged = (freshness: Freshness, why: string | null): FreshnessJudgement => ({
    freshness,
    ageSeconds,
    why,
  });
  if (ageMs < -FUTURE_MS) return judged('clock-wrong', `report dated ${spanText(-ageMs)} in the future`);
  if (ageMs > STALE_MS) return judged('missing', `report ${spanText(ageMs)} old, counted as missing`);
  if (ageMs > AMBER_MS) return judged('stale', `report ${spanText(ageMs)} old`);
  if (context.isLastGood) return judged('stale', `last good report, ${spanText(ageMs)} old`);
  if (ageMs > FRESH_MS) return judged('amber', `report ${spanText(ageMs)} old`);
  if (!sameCommit(report.commit, context.headCommit))
    return judged('amber', 'report is about another commit');
  return judged('fresh', null);
}

/** True when either is unknown or the shorter (at least 7 digits) begins the longer: reports may abbreviate. */
export function sameCommit(reported: string | null, head: string | null): boolean {
  if (reported === null || head === null) return true;
  const [shorter, longer] = [reported.toLowerCase(), head.toLowerCase()].sort((a, b) => a.length - b.length);
  if (shorter === undefined || longer === undefined || shorter.length < 7) return false;
  return longer.startsWith(shorter);
}

/** "40 s", "42 min", "3 h", "2 days": whole units, rounded down. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
