import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { startFakeNutServer } from '../fakes/fake-nut-server.ts';
import { startCore } from './running-core.ts';
import { writeSensorTree } from './sensor-tree.ts';

/** CPU time is counted in these on every Linux of today. */
const TICKS_PER_SECOND = 100;
const BAR_PERCENT = 0.3;
/** The first seconds (loading, first forecast) belong to the start, not to idling. */
const START_SECONDS = 10;

interface Cost {
  readonly cpuSeconds: number;
  /** Of children that ended; any at all means that a process was started. */
  readonly childCpuSeconds: number;
  readonly children: number;
  readonly residentMb: number;
}

function costOf(pid: number): Cost {
  // The name may hold spaces and brackets; the fields are counted from behind it.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean).length;
  const residentKb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return {
    cpuSeconds: (user + system) / TICKS_PER_SECOND,
    childCpuSeconds: (childUser + childSystem) / TICKS_PER_SECOND,
    children,
    residentMb: Number(residentKb) / 1024,
  };
}

/**
 * `npm run bench:idle [-- MINUTES]`: what a real `orch daemon` costs that is asked nothing, on a laptop with 4
 * supplies, 12 thermal zones and a UPS, looked at every 2 s. Linux only, for /proc. Takes 10 minutes unless told.
 */
async function main(minutes: number): Promise<void> {
  const sysfsDir = mkdtempSync(join(tmpdir(), 'orch-idle-'));
  writeSensorTree(sysfsDir);
  const variables = {
    'ups.status': 'OL',
    'battery.charge': '97',
    'battery.runtime': '2400',
    'ups.load': '21',
  };
  const ups = await startFakeNutServer({ ups: { bench: variables } });
  const core = await startCore({
    env: { ORCH_SYSFS: sysfsDir },
    config: `energy:\n  nut: 127.0.0.1:${ups.port}\n`,
  });
  try {
    await wait(START_SECONDS * 1000);
    const before = costOf(core.pid);
    const startedAtMs = performance.now();
    let children = before.children;
    for (let second = 0; second < minutes * 60; second += 1) {
      await wait(1000);
      children = Math.max(children, costOf(core.pid).children);
    }
    const after = costOf(core.pid);
    const seconds = (performance.now() - startedAtMs) / 1000;
    const percent = ((after.cpuSeconds - before.cpuSeconds) / seconds) * 100;
    const isMet = percent <= BAR_PERCENT && children === 0 && after.childCpuSeconds === 0;
    process.stdout.write(
      [
        `idle: ${percent.toFixed(3)} % of one core over ${(seconds / 60).toFixed(1)} min, must be at most ${BAR_PERCENT}: ${isMet ? 'met' : 'MISSED'}`,
        `  ${(after.cpuSeconds - before.cpuSeconds).toFixed(2)} s of CPU; child processes seen: ${children}; their CPU: ${after.childCpuSeconds} s`,
        `  resident ${before.residentMb.toFixed(1)} MB at first, ${after.residentMb.toFixed(1)} MB at the end`,
        `  UPS asked ${ups.received.filter((line) => line.startsWith('LIST VAR')).length} times`,
        '',
      ].join('\n'),
    );
  } finally {
    await core.stop();
    await ups.close();
    rmSync(sysfsDir, { recursive: true, force: true });
  }
}

const minutes = Number(process.argv[2] ?? 10);
if (!(minutes > 0 && minutes <= 1440)) throw new Error('minutes: a number above 0, at most 1440');
await main(minutes);
