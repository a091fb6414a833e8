import type { DatabaseSync } from 'node:sqlite';

import { createHeadStore } from '../../core/sync/github/heads.ts';
import { titleItem } from '../../core/sync/manus-acts.ts';
import { createOutbox } from '../../core/sync/outbox.ts';
import { systemClock } from '../../core/system-clock.ts';
import { benchHouse, PROJECTS, type BenchLaptop } from './bench-house.ts';

/** One side of the sync bench, in a process of its own: what a mirror does beside the ticks is counted too. */
export type SyncCall = 'turn' | 'seen';

/** What the ticks of one turn took. */
export interface TurnTimes {
  readonly wallMs: readonly number[];
  /** Of the whole process over the turn, whatever else it did meanwhile; milliseconds a tick. */
  readonly processorMs: number;
}

/** A core runs for days: measured as compiled as it then is. */
const TICKS_BEFORE = 300;
const TICKS_A_TURN = 10;
/** Nearly all that may wait (10,000), so that the mirror itself pushes nothing out. */
const WAITING = 9_900;
const OPEN_PULLS = 30;

/** Mirrors at `hangingUrl`, none where it is empty. */
async function ticking(hangingUrl: string): Promise<void> {
  const house = await benchHouse({
    percent: 80,
    ac: true,
    ...(hangingUrl === '' ? {} : mirrorsAt(hangingUrl)),
  });
  const tick = async (): Promise<number> => {
    const startedAtMs = performance.now();
    await house.tick();
    return performance.now() - startedAtMs;
  };
  const turn = async (): Promise<TurnTimes> => {
    const wallMs: number[] = [];
    const from = process.cpuUsage();
    for (let again = 0; again < TICKS_A_TURN; again += 1) wallMs.push(await tick());
    const { user, system } = process.cpuUsage(from);
    return { wallMs, processorMs: (user + system) / 1000 / TICKS_A_TURN };
  };
  const seen = (): string => {
    const { manus } = house.rooms.sync.view().destinations;
    return manus === undefined
      ? 'no mirror'
      : `Manus ${manus.state} (${manus.problem}), ${manus.queuedCount} messages wait, last success ${manus.lastSuccessAt ?? 'never'}`;
  };
  for (let count = 0; count < TICKS_BEFORE; count += 1) await tick();
  process.on('message', (call: SyncCall) => {
    const answer = call === 'turn' ? turn() : Promise.resolve(seen());
    void answer.then((value) => process.send?.(value));
  });
  process.send?.('ready');
  await new Promise<void>((resolve) => process.once('disconnect', resolve));
  process.exit(0);
}

function mirrorsAt(hangingUrl: string): Partial<BenchLaptop> {
  const boards = Object.fromEntries(PROJECTS.map((id) => [id, taskOf(id)]));
  return {
    projectSettings: (id) => ({
      github: { repository: `ann/${id}`, apiUrl: hangingUrl, commitStatus: true },
    }),
    settings: { sync: { manus: { enabled: true, baseUrl: hangingUrl, pollSeconds: 30, boards } } },
    secrets: { 'manus-key': 'bench', 'github-token': 'bench' },
    before: fill,
  };
}

function fill(database: DatabaseSync): void {
  const outbox = createOutbox(database, systemClock);
  outbox.within(() => {
    for (let count = 0; count < WAITING; count += 1) {
      const task = taskOf(`t${String(count).padStart(5, '0')}`);
      outbox.put(titleItem({ task, title: `task ${count}: deployed` }, 'shop', 'the task is deployed'));
    }
    const heads = createHeadStore(outbox.store);
    for (const project of PROJECTS) {
      for (let number = 1; number <= OPEN_PULLS; number += 1) {
        heads.keep(`ann/${project}`, {
          key: `branch ${number}`,
          sha: number.toString(16).padStart(40, 'a'),
          title: 'x',
          changes: ['feature'],
          seenAtMs: systemClock.wallMs(),
          pull: null,
        });
      }
    }
  });
}

function taskOf(name: string): string {
  return name.padEnd(22, '0');
}

await ticking(process.argv[2] ?? '');
