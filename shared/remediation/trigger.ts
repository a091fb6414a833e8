import type { ErrorBudget } from '../consciousness/burn-rate.ts';

/** Behaviour 29: so many failed rounds of health checks in a row. */
export const FAILED_CHECKS = 3;

/** A rate that fell by less than this between two readings has not fallen. */
const HELD_SHARE = 0.95;

/** What is measured of one project now. */
export interface TriggerReading {
  /** The deployment that would be blamed; null when there is none. */
  readonly deploymentId: string | null;
  readonly budget: ErrorBudget | null;
  /** Whether the budget was read anew since the last look. */
  readonly isNewBudget: boolean;
  readonly failedChecks: number;
}

/** What one look leaves for the next, so that a new deployment is not blamed for what was there before it. */
export interface TriggerMemory {
  readonly deploymentId: string | null;
  /** It burned already when the deployment was first seen. */
  readonly wasBurning: boolean;
  /** The short window's rate at the first reading after that; null until then. */
  readonly firstRate: number | null;
  /** Failed rounds that were there before the deployment. */
  readonly failedBefore: number;
  readonly isBurning: boolean;
  readonly failedChecks: number;
}

export interface Trigger {
  readonly kind: 'burn' | 'health';
  /** Half a sentence for a person. */
  readonly why: string;
}

/**
 * Whether a project's newest deployment is to be blamed (domain 1.5). What burned before it was there counts only
 * when a later reading of the short window is no better than the first: a fix that helps is not taken back.
 */
export function stepTrigger(
  memory: TriggerMemory | null,
  reading: TriggerReading,
): { readonly memory: TriggerMemory; readonly trigger: Trigger | null } {
  const { budget, failedChecks, deploymentId } = reading;
  const burning = budget?.pairs.find(({ pair, state }) => pair.asks === 'rollback' && state === 'burning');
  const isBurning = burning !== undefined;
  const isNew = memory !== null && memory.deploymentId !== deploymentId;
  const wasBurning = isBurning && (isNew ? memory.isBurning : (memory?.wasBurning ?? false));
  const rate = burning?.shortRate ?? null;
  const firstRate = !wasBurning
    ? null
    : isNew
      ? null
      : (memory?.firstRate ?? (reading.isNewBudget ? rate : null));
  const before = isNew ? memory.failedChecks : (memory?.failedBefore ?? 0);
  // Below what it was: a round in between was good, and counting began anew.
  const failedBefore = failedChecks < before ? 0 : before;
  const next: TriggerMemory = { deploymentId, wasBurning, firstRate, failedBefore, isBurning, failedChecks };

  const isSecondReading = memory?.firstRate !== undefined && memory.firstRate !== null && !isNew;
  const holds =
    isSecondReading && reading.isNewBudget && rate !== null && rate >= (firstRate ?? rate) * HELD_SHARE;
  if (burning !== undefined && (!wasBurning || holds)) {
    const { pair, longRate, shortRate } = burning;
    return { memory: next, trigger: { kind: 'burn', why: burnText(pair, longRate, shortRate) } };
  }
  const failed = failedChecks - failedBefore;
  const trigger: Trigger | null =
    failed >= FAILED_CHECKS ? { kind: 'health', why: `${failed} health checks in a row failed` } : null;
  return { memory: next, trigger };
}

/** Whether what asked for a rollback is over; null when it cannot be told. */
export function isWellAgain(
  kind: Trigger['kind'],
  { budget, failedChecks }: { readonly budget: ErrorBudget | null; readonly failedChecks: number | null },
): boolean | null {
  if (kind === 'health') return failedChecks === null ? null : failedChecks === 0;
  return budget === null ? null : !budget.asksRollback;
}

function burnText(
  pair: { readonly long: string; readonly short: string; readonly rate: number },
  longRate: number | null,
  shortRate: number | null,
): string {
  const times = (rate: number | null): string => (rate === null ? 'n/a' : `${Math.round(rate * 10) / 10}`);
  return `errors burn the budget ${times(longRate)} times too fast over ${pair.long} and ${times(shortRate)} over ${pair.short} (limit ${pair.rate})`;
}
