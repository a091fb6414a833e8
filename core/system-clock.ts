import { readFileSync } from 'node:fs';

import { bootMsFrom } from './sleep-clock.ts';
import type { Clock } from './clock.ts';

/** The machine's own clocks. Timers do not keep the process alive. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  bootMs: () =>
    process.platform === 'linux' ? bootMsFrom(() => readFileSync('/proc/uptime', 'utf8')) : null,
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
