import { Cron } from 'croner';

/** When the windows of one schedule open. Instants are wall clock, milliseconds since 1970. */
export interface RetrainWindows {
  /** The last one at or before now; null when there was none. */
  latest(nowMs: number): number | null;
  /** The first one after now; null when there will be none (30 February). */
  next(nowMs: number): number | null;
}

const DAY_MS = 86_400_000;

/**
 * Windows by local time: where the clocks go forward over a window it opens when they have, where they go back it opens
 * once; one that opens every hour does so in both hours. Asked every tick, it works only when a window has passed or
 * the clock was set back. Throws croner's own error for what is no schedule; the settings refuse it before.
 */
export function createRetrainWindows(schedule: string, timeZone: string | null): RetrainWindows {
  const cron = new Cron(schedule, { paused: true, ...(timeZone === null ? {} : { timezone: timeZone }) });
  let known: { fromMs: number; untilMs: number; latest: number | null; next: number | null } | null = null;

  const at = (nowMs: number): NonNullable<typeof known> => {
    if (known !== null && nowMs >= known.fromMs && nowMs < known.untilMs) return known;
    // A window at this very second has opened.
    const second = Math.floor(nowMs / 1000) * 1000;
    const latest = cron.previousRuns(1, new Date(second + 1000))[0]?.getTime() ?? null;
    const next = cron.nextRun(new Date(second))?.getTime() ?? null;
    // The zone of this machine may be changed while the core runs.
    const untilMs = Math.min(next ?? Infinity, nowMs + DAY_MS / 24);
    known = { fromMs: nowMs, untilMs, latest, next };
    return known;
  };
  return { latest: (nowMs) => at(nowMs).latest, next: (nowMs) => at(nowMs).next };
}
