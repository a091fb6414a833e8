import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { startFakeNutServer } from '../fakes/fake-nut-server.ts';
import { median } from './bench-result.ts';
import type { Call } from './tick-contender.ts';

/** Run by `tick.ts`, where /sys shows the made-up sensors: both contenders take turns. */
export interface TickTimes {
  readonly oursMs: number;
  readonly theirsMs: number;
  readonly rounds: number;
  readonly ticks: number;
  readonly seen: string;
}

/** Long enough to see the machine in its faster and its slower seconds. */
const ROUNDS = 200;
const WARM_UPS = 5;

async function contest(): Promise<TickTimes> {
  const variables = {
    'ups.status': 'OL',
    'battery.charge': '97',
    'battery.runtime': '2400',
    'ups.load': '21',
  };
  const ups = await startFakeNutServer({ ups: { bench: variables } });
  const ours = started('tick-ours.ts', [`127.0.0.1:${ups.port}`]);
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
  await ups.close();
  return { oursMs: median(oursMs), theirsMs: median(theirsMs), rounds: ROUNDS, ticks: oursMs.length, seen };
}

function started(filename: string, args: readonly string[] = []): ChildProcess {
  return fork(join(import.meta.dirname, filename), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

async function asked(contender: ChildProcess, call: Call): Promise<unknown> {
  const answered = once(contender, 'message');
  contender.send(call);
  const [value] = (await answered) as [unknown];
  return value;
}

process.stdout.write(JSON.stringify(await contest()));
process.exit(0);
