/**
 * A program: hosts the real core on a clock that runs fast, while its laptop discharges as recorded. Run by a test as
 * the session's user; tells on standard output when it listens and when the recording is over.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Clock } from '../../core/clock.ts';
import { readTrace } from '../../core/energy/trace.ts';
import { startHost } from '../../core/host.ts';
import { placesFrom } from '../../core/places.ts';
import { productFiles } from '../../core/product-files.ts';
import { systemClock } from '../../core/system-clock.ts';
import { createDemoLaptop } from '../../scripts/demo/demo-laptop.ts';
import { createFastClock } from '../../scripts/demo/fast-clock.ts';
import type { TraceRow } from '../../shared/energy/replay.ts';
import { dischargeWithSawtooth, ROW_SECONDS } from './recorded-discharge.ts';

/** Beyond this a slow moment of the machine looks like hours of sleep. */
const SPEED = 100;
const { env } = process;
const rootDir = join(import.meta.dirname, '../..');
const startMs = Date.parse(env['REPLAY_START'] ?? '');
const fast = createFastClock(systemClock, SPEED, startMs);
/** How long a sensor thread may take to start is real time: it starts no faster. */
const clock: Clock = {
  ...fast,
  after: (delayMs, act) =>
    delayMs > 2_000 && delayMs < 5_000 ? systemClock.after(1_000, act) : fast.after(delayMs, act),
};
const laptop = createDemoLaptop(env['ORCH_SYSFS'] ?? '');
const { rows } = await readTrace(join(rootDir, 'resources/demo/day.csv'));
const shown = dischargeWithSawtooth(rows);

const show = (row: Pick<TraceRow, 'percent' | 'state' | 'watts'>): void =>
  laptop.show({ percent: row.percent, state: row.state, powerW: row.watts });
show({ ...shown[0]!, state: 'charging' });
const host = await startHost({
  clock,
  doorClock: systemClock,
  chance: Math.random,
  places: placesFrom(env, process.platform, env['HOME'] ?? ''),
  env,
  platform: 'linux',
  version: '0.0.0',
  files: productFiles(pathToFileURL(`${rootDir}/`)),
  wantedPort: 0,
  hasApi: true,
  isOnce: false,
  intervalMs: null,
  onSnapshot: () => undefined,
  onFault: (error) => console.error(error),
});
if (host.kind !== 'hosting') throw new Error(`not hosting: ${host.kind}`);
console.log('listening');
process.on('SIGTERM', () => void host.stop().then(() => process.exit(0)));

// The shell comes first; a line on standard input says that it is there.
process.stdin.once('data', () => {
  const begunMs = clock.monotonicMs();
  // By the core's clock, whatever this machine is busy with: the quiet hours begin by that clock too.
  const next = (): void => {
    const at = Math.floor((clock.monotonicMs() - begunMs) / (ROW_SECONDS * 1000));
    const row = shown[at];
    if (row === undefined) {
      console.log('over');
      return;
    }
    show(row);
    fast.after(begunMs + (at + 1) * ROW_SECONDS * 1000 - clock.monotonicMs(), next);
  };
  next();
});
process.stdin.resume();
