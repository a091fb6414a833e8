import { createProcFile } from './proc-file.ts';
import { bootMsFrom } from './sleep-clock.ts';
import type { Clock } from './clock.ts';

const uptime = createProcFile('/proc/uptime', 64);

/** The machine's own clocks. Timers do not keep the process alive. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  bootMs: () => (process.platform === 'linux' ? bootMsFrom(uptime.text()) : null),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
