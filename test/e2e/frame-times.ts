import type { Browser, Page } from 'playwright-core';

/** How a page kept up while something was done to it. */
export interface FrameTimes {
  readonly frameCount: number;
  /** Frames shown a second, while frames were wanted. */
  readonly framesPerSecond: number;
  /** Work of the page's own thread for one frame: half of the frames took no longer, and 95 of 100. */
  readonly medianMs: number;
  readonly p95Ms: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly name?: string };
}

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata', 'toplevel'];
/** Frames further apart were not wanted: the hand was still. */
const STILL_MS = 100;

/** Traces the browser while `act` runs, and sums the work of the page's main thread frame by frame. */
export async function frameTimes(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
): Promise<FrameTimes> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
  const events = trace.traceEvents;
  // The renderer that drew is the one whose animation frames are in the trace.
  const drawn = events.filter(({ name, ph }) => name === 'FireAnimationFrame' && ph === 'X');
  const thread = drawn[0];
  if (thread === undefined) throw new Error('The trace holds no frame.');
  const isMain = ({ pid, tid }: TraceEvent): boolean => pid === thread.pid && tid === thread.tid;
  const tasks = events.filter((event) => isMain(event) && event.ph === 'X' && event.name.endsWith('RunTask'));
  const starts = drawn
    .filter(isMain)
    .map(({ ts }) => ts)
    .sort((one, other) => one - other);
  const spans = starts.slice(0, -1).map((from, index) => ({ from, to: starts[index + 1] ?? from }));
  const moving = spans.filter(({ from, to }) => to - from < STILL_MS * 1000);
  const workMs = moving
    .map(({ from, to }) =>
      tasks
        .filter(({ ts, dur = 0 }) => ts + dur > from && ts < to)
        .reduce((sum, { ts, dur = 0 }) => sum + Math.max(0, Math.min(ts + dur, to) - Math.max(ts, from)), 0),
    )
    .map((micros) => micros / 1000)
    .sort((one, other) => one - other);
  const shownMs = moving.reduce((sum, { from, to }) => sum + (to - from) / 1000, 0);
  return {
    frameCount: moving.length,
    framesPerSecond: (moving.length / shownMs) * 1000,
    medianMs: workMs[Math.floor(workMs.length / 2)] ?? Infinity,
    p95Ms: workMs[Math.floor(workMs.length * 0.95)] ?? Infinity,
  };
}
