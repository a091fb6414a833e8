import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

import { startBareServer } from './bare-server.ts';
import { type BenchResult, measured, median } from './bench-result.ts';
import { startCore } from './running-core.ts';

const LEAST_SECONDS = 35;
const MOST_SECONDS = 75;
/** Settled: this many seconds in a row within one per cent. */
const STEADY_SECONDS = 15;

/** Resident memory of an idle core (one project, its own endpoint) against an idle bare HTTP server. */
export async function run(): Promise<BenchResult> {
  const core = await startCore();
  const bare = await startBareServer({ headers: {}, body: 'ok' });
  try {
    const sizes = { ours: [] as number[], theirs: [] as number[] };
    for (let second = 0; second < MOST_SECONDS; second += 1) {
      await wait(1000);
      sizes.ours.push(residentMb(core.pid));
      sizes.theirs.push(residentMb(bare.pid));
      if (second >= LEAST_SECONDS && isSteady(sizes.ours) && isSteady(sizes.theirs)) break;
    }
    const figure = (label: string, all: readonly number[]): BenchFigure => ({
      label,
      median: median(all.slice(-STEADY_SECONDS)),
      unit: 'MB',
      runs: Math.min(all.length, STEADY_SECONDS),
    });
    return measured(
      'memory',
      figure('idle orch daemon', sizes.ours),
      figure('idle bare node:http', sizes.theirs),
      { must: 'at most', ratio: 1.8 },
      [`after ${sizes.ours.length} s; largest ${Math.max(...sizes.ours).toFixed(1)} MB`],
    );
  } finally {
    await core.stop();
    await bare.stop();
  }
}

type BenchFigure = Parameters<typeof measured>[1];

function isSteady(sizes: readonly number[]): boolean {
  const last = sizes.slice(-STEADY_SECONDS);
  return last.length === STEADY_SECONDS && Math.max(...last) <= Math.min(...last) * 1.01;
}

/** Resident set of one process, every thread included. */
function residentMb(pid: number): number {
  if (process.platform === 'linux') {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1]) / 1024;
  }
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}
