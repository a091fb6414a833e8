import type { TimeSpan } from './history-span.ts';
import { lengthMs } from './history-span.ts';

/** What was asked of the core, or is to be. */
export interface HistoryAsk {
  readonly span: TimeSpan;
  readonly stepMs: number;
}

/** An answer that is kept, and when it was asked for. */
export interface KnownHistory extends HistoryAsk {
  readonly askedAtMs: number;
}

/** A sample comes every 30 s; nothing finer is there to ask for. */
const SAMPLE_MS = 30_000;
const MINUTE_MS = 60_000;
const STEPS_MS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 360].map((minutes) => minutes * MINUTE_MS);
/** About one point for each pixel of a wide plot. */
const POINTS = 1000;

/** The finest step at which `span` has about a thousand points at most. */
export function stepFor(span: TimeSpan): number {
  return STEPS_MS.find((step) => lengthMs(span) / step <= POINTS) ?? STEPS_MS.at(-1) ?? SAMPLE_MS;
}

/**
 * What to ask for so that `view` is seen as finely as a screen can show it; null while what is `known` will do.
 * Half a width on each side comes along, so that a small move asks for nothing. The same is asked again only
 * once a new step can have been added.
 */
export function wantedAsk(
  view: TimeSpan,
  limits: TimeSpan,
  known: readonly KnownHistory[],
  nowMs: number,
): HistoryAsk | null {
  const stepMs = stepFor(view);
  if (known.some((each) => each.stepMs <= stepMs && covers(each, view, nowMs))) return null;
  const marginMs = lengthMs(view) / 2;
  const whole = (ms: number, round: (value: number) => number): number => round(ms / stepMs) * stepMs;
  return {
    span: {
      fromMs: whole(Math.max(limits.fromMs, view.fromMs - marginMs), Math.floor),
      // Nothing holds yet in the time to come.
      toMs: Math.min(nowMs, whole(view.toMs + marginMs, Math.ceil)),
    },
    stepMs,
  };
}

function covers(known: KnownHistory, view: TimeSpan, nowMs: number): boolean {
  if (known.span.fromMs > view.fromMs) return false;
  const newestMs = Math.min(view.toMs, nowMs);
  if (known.span.toMs >= newestMs) return true;
  // The view reaches past what is known: only the passing of time may have added something.
  const reachedNow = known.span.toMs >= known.askedAtMs;
  return reachedNow && nowMs - known.askedAtMs < Math.max(SAMPLE_MS, known.stepMs);
}
