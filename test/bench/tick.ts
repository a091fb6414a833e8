import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type BenchResult, measured } from './bench-result.ts';
import { writeSensorTree } from './sensor-tree.ts';
import type { TickTimes } from './tick-contest.ts';

const NAME = 'tick';
/** Shown in place of the machine's own, inside a mount namespace that ends with the contest. */
const MOUNTED = ['class/power_supply', 'class/thermal'];

/**
 * One full tick (read, judge, decide, record) against systeminformation's battery() and cpuTemperature(), both
 * on the same made-up sensors: 4 supplies, 12 zones; ours has a UPS beside them. Needs root, for the private mounts.
 */
export function run(): Promise<BenchResult> {
  const sysDir = mkdtempSync(join(tmpdir(), 'orch-sys-'));
  try {
    writeSensorTree(sysDir);
    const mounts = MOUNTED.map((path) => `mount --bind "$1/${path}" "/sys/${path}"`).join(' && ');
    const script = `${mounts} && exec "$2" "$3"`;
    const contestPath = join(import.meta.dirname, 'tick-contest.ts');
    const unshare = (command: string, args: readonly string[]): ReturnType<typeof spawnSync> =>
      spawnSync('unshare', ['-m', 'sh', '-c', command, 'tick', sysDir, ...args], { encoding: 'utf8' });
    if (unshare(mounts, []).status !== 0) {
      const because = 'the sensors could not be mounted over /sys (it needs root and unshare)';
      return Promise.resolve({ kind: 'left-out', name: NAME, because });
    }
    const { status, stdout, stderr } = unshare(script, [process.execPath, contestPath]);
    if (status !== 0) throw new Error(`the contest ended with ${status}: ${String(stderr)}`);
    const times = JSON.parse(String(stdout)) as TickTimes;
    return Promise.resolve(
      measured(
        NAME,
        { label: 'one tick', median: times.oursMs, unit: 'ms', runs: times.ticks },
        { label: 'battery() + cpuTemperature()', median: times.theirsMs, unit: 'ms', runs: times.rounds },
        { must: 'at most', ratio: 1 / 20 },
        times.seen.split('; '),
      ),
    );
  } finally {
    rmSync(sysDir, { recursive: true, force: true });
  }
}
