import type { Browser, Page } from 'playwright-core';

/** How a page kept up while something was done to it. */
export interface FrameTimes {
  readonly frameCount: number;
  /** Frames shown a second, by the clock on the wall; what else the machine does takes from it. */
  readonly framesPerSecond: number;
  /** Processor time of the page's own thread for one frame: half of the frames took no longer, and 95 of 100. */
  readonly medianMs: number;
  readonly p95Ms: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  /** Microseconds: when it began, by the clock and by the thread's own, and how much of the thread it took. */
  readonly ts: number;
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
}

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];
/** Frames further apart were not wanted: the hand was still. */
const STILL_MICROS = 250_000;

/** Traces the browser while `act` runs, and sums the work of the page's main thread frame by frame. */
export async function frameTimes(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
): Promise<FrameTimes> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
  const whole = trace.traceEvents.filter(({ ph }) => ph === 'X');
  const thread = whole.find(({ name }) => name === 'FireAnimationFrame');
  if (thread === undefined) throw new Error('The trace holds no frame.');
  const main = whole.filter(({ pid, tid }) => pid === thread.pid && tid === thread.tid);
  const starts = startsOf(main, 'FireAnimationFrame');
  const works = starts.map(() => 0);
  let frame = 0;
  for (const { ts, tdur = 0 } of main.filter(({ name }) => name === 'RunTask').sort(byStart)) {
    while (frame + 1 < starts.length && (starts[frame + 1] ?? Infinity) <= ts) frame += 1;
    works[frame] = (works[frame] ?? 0) + tdur;
  }
  const moving = starts.slice(0, -1).flatMap((from, index) => {
    const longMicros = (starts[index + 1] ?? from) - from;
    return longMicros < STILL_MICROS ? [{ longMicros, workMs: (works[index] ?? 0) / 1000 }] : [];
  });
  const shownMicros = moving.reduce((sum, { longMicros }) => sum + longMicros, 0);
  const workMs = moving.map((each) => each.workMs).sort((one, other) => one - other);
  return {
    frameCount: moving.length,
    framesPerSecond: (moving.length / shownMicros) * 1e6,
    medianMs: workMs[Math.floor(workMs.length / 2)] ?? Infinity,
    p95Ms: workMs[Math.floor(workMs.length * 0.95)] ?? Infinity,
  };
}

function startsOf(events: readonly TraceEvent[], name: string): readonly number[] {
  return events
    .filter((event) => event.name === name)
    .sort(byStart)
    .map(({ ts }) => ts);
}

function byStart(one: TraceEvent, other: TraceEvent): number {
  return one.ts - other.ts;
}
