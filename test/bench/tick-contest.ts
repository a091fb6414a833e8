import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { median } from './bench-result.ts';
import type { Call } from './tick-contender.ts';

/** Run by `tick.ts`, where /sys shows the made-up sensors: both contenders take turns. */
export interface TickTimes {
  readonly oursMs: number;
  readonly theirsMs: number;
  readonly rounds: number;
  readonly seen: string;
}

const ROUNDS = 40;
const WARM_UPS = 5;

async function contest(): Promise<TickTimes> {
  const ours = started('tick-ours.ts');
  const theirs = started('tick-library.ts');
  const oursMs: number[] = [];
  const theirsMs: number[] = [];
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    const ourTurn = (await asked(ours, 'turn')) as number[];
    const theirTurn = (await asked(theirs, 'turn')) as number[];
    if (round < 0) continue;
    oursMs.push(...ourTurn);
    theirsMs.push(...theirTurn);
  }
  const seen = [await asked(ours, 'seen'), await asked(theirs, 'seen')].join('; ');
  ours.disconnect();
  theirs.disconnect();
  return { oursMs: median(oursMs), theirsMs: median(theirsMs), rounds: ROUNDS, seen };
}

function started(filename: string): ChildProcess {
  return fork(join(import.meta.dirname, filename), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

async function asked(contender: ChildProcess, call: Call): Promise<unknown> {
  const answered = once(contender, 'message');
  contender.send(call);
  const [value] = (await answered) as [unknown];
  return value;
}

process.stdout.write(JSON.stringify(await contest()));
process.exit(0);
