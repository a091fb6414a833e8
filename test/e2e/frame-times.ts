import type { Browser, Page } from 'playwright-core';

/** How a page kept up while something was done to it. */
export interface FrameTimes {
  readonly frameCount: number;
  /** Frames put together for the screen a second, by the clock on the wall; what else the machine does takes from it. */
  readonly framesPerSecond: number;
  /** Processor time of the page's own thread for one frame: half of the frames took no longer, and 95 of 100. */
  readonly medianMs: number;
  readonly p95Ms: number;
}

/** Does `moves`, and counts the frames shown meanwhile. */
export type Timed = (moves: () => Promise<void>) => Promise<void>;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  /** Microseconds: when it began, by the clock, and how much of the thread it took. */
  readonly ts: number;
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
}

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'blink.user_timing',
];
const BEGIN = 'moves-begin';
const END = 'moves-end';

/** Traces the browser during what `act` has timed: the compositor's frames, and the work of the page's main thread. */
export async function frameTimes(
  browser: Browser,
  page: Page,
  act: (timed: Timed) => Promise<void>,
): Promise<FrameTimes> {
  const mark = (name: string): Promise<void> => page.evaluate((said) => void performance.mark(said), name);
  await browser.startTracing(page, { categories: CATEGORIES });
  await act(async (moves) => {
    await mark(BEGIN);
    await moves();
    await mark(END);
  });
  const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
  const events = trace.traceEvents.sort((one, other) => one.ts - other.ts);
  const begun = events.filter(({ name }) => name === BEGIN);
  const ended = events.filter(({ name }) => name === END);
  const { pid, tid } = begun[0] ?? { pid: 0, tid: 0 };
  const [works, frameCounts] = [[] as number[], [] as number[]];
  let movingMicros = 0;
  for (const [index, { ts: fromMicros }] of begun.entries()) {
    const toMicros = ended[index]?.ts ?? fromMicros;
    const own = events.filter((event) => event.pid === pid && event.ts >= fromMicros && event.ts < toMicros);
    movingMicros += toMicros - fromMicros;
    frameCounts.push(own.filter(({ name }) => name === 'DrawFrame').length);
    works.push(...frameWorks(own.filter((event) => event.tid === tid)));
  }
  if (works.length === 0) throw new Error('The trace holds no frame.');
  const workMs = works.map((micros) => micros / 1000).sort((one, other) => one - other);
  const frameCount = frameCounts.reduce((sum, count) => sum + count, 0);
  return {
    frameCount,
    framesPerSecond: (frameCount / movingMicros) * 1e6,
    medianMs: workMs[Math.floor(workMs.length / 2)] ?? Infinity,
    p95Ms: workMs[Math.floor(workMs.length * 0.95)] ?? Infinity,
  };
}

/** What the thread did from one frame to the next, microseconds for each whole frame. */
function frameWorks(thread: readonly TraceEvent[]): readonly number[] {
  const works: number[] = [];
  for (const { name, ph, tdur = 0 } of thread) {
    if (name === 'FireAnimationFrame' && ph === 'X') works.push(0);
    if (name === 'RunTask' && works.length > 0) works[works.length - 1] = (works.at(-1) ?? 0) + tdur;
  }
  return works.slice(0, -1);
}
