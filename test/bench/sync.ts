import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { type BenchResult, measured, median } from './bench-result.ts';
import type { SyncCall, TurnTimes } from './sync-ticks.ts';

const ROUNDS = 100;
const WARM_UPS = 5;
const BAR = 1.1;

/**
 * A whole tick with three projects, whose mirrors (Manus with 9,900 messages in line, GitHub with 90 commits to tell
 * of) take every connection and never answer, against the same tick without any mirror. In turns, side by side.
 */
export async function run(): Promise<BenchResult> {
  let askedCount = 0;
  const hanging = createServer(() => (askedCount += 1));
  hanging.listen(0, '127.0.0.1');
  await once(hanging, 'listening');
  const url = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
  const mirrored = await started(url);
  const alone = await started('');
  const wall = { mirrored: [] as number[], alone: [] as number[] };
  const ratios = { wall: [] as number[], processor: [] as number[] };
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    // Whoever goes first changes, so that neither is favoured.
    const [first, second] = round % 2 === 0 ? [mirrored, alone] : [alone, mirrored];
    const one = (await asked(first, 'turn')) as TurnTimes;
    const other = (await asked(second, 'turn')) as TurnTimes;
    if (round < 0) continue;
    const [ours, theirs] = round % 2 === 0 ? [one, other] : [other, one];
    wall.mirrored.push(...ours.wallMs);
    wall.alone.push(...theirs.wallMs);
    ratios.wall.push(median(ours.wallMs) / median(theirs.wallMs));
    ratios.processor.push(ours.processorMs / theirs.processorMs);
  }
  const notes = [
    `of each pair of turns: wall time ${median(ratios.wall).toFixed(3)}, processor time ${median(ratios.processor).toFixed(3)} (median of ${ROUNDS})`,
    `${String(await asked(mirrored, 'seen'))}; ${askedCount} requests hung`,
  ];
  for (const child of [mirrored, alone]) child.disconnect();
  hanging.closeAllConnections();
  hanging.close();
  const result = measured(
    'sync',
    {
      label: 'a tick, mirrors hanging',
      median: median(wall.mirrored),
      unit: 'ms',
      runs: wall.mirrored.length,
    },
    { label: 'a tick, no mirrors', median: median(wall.alone), unit: 'ms', runs: wall.alone.length },
    { must: 'at most', ratio: BAR },
    notes,
  );
  if (result.kind === 'left-out') return result;
  // Pairs see the same load of the machine; the dearer of both times counts.
  return { ...result, ratio: Math.max(median(ratios.wall), median(ratios.processor)) };
}

async function started(url: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'sync-ticks.ts'), [url], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ready = once(child, 'message');
  const gone = once(child, 'exit').then(() => {
    throw new Error('a side of the bench ended');
  });
  await Promise.race([ready, gone]);
  gone.catch(() => undefined);
  return child;
}

async function asked(child: ChildProcess, call: SyncCall): Promise<unknown> {
  const answered = once(child, 'message');
  child.send(call);
  const [value] = (await answered) as [unknown];
  return value;
}
