import { spawnSync } from 'node:child_process';

import { type BenchResult, measured, median } from './bench-result.ts';
import { ORCH, startCore } from './running-core.ts';

const ROUNDS = 25;
const WARM_UPS = 3;

/** `orch gate`, as a git hook calls it, against the start of an empty Node program. */
export async function run(): Promise<BenchResult> {
  const core = await startCore();
  try {
    const gate = (): number => wallMs([ORCH, 'gate', 'shop', '--change', 'fix'], core.env, [0, 1, 3, 4]);
    const empty = (): number => wallMs(['-e', '0'], core.env, [0]);
    for (let round = 0; round < WARM_UPS; round += 1) {
      gate();
      empty();
    }
    const times = { gate: [] as number[], empty: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.gate.push(gate());
      times.empty.push(empty());
    }
    return measured(
      'gate',
      { label: 'orch gate shop', median: median(times.gate), unit: 'ms', runs: ROUNDS },
      { label: 'node -e 0', median: median(times.empty), unit: 'ms', runs: ROUNDS },
      { must: 'at most', ratio: 1.6 },
    );
  } finally {
    await core.stop();
  }
}

function wallMs(args: readonly string[], env: NodeJS.ProcessEnv, expected: readonly number[]): number {
  const startedAtMs = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  const tookMs = performance.now() - startedAtMs;
  if (status === null || !expected.includes(status) || stderr.includes('skipped')) {
    throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  }
  return tookMs;
}
