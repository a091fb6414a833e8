import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { createCore } from '../../core/core.ts';
import { openRecord } from '../../core/history/open-record.ts';
import { createLoopPulse } from '../../core/metrics/loop-pulse.ts';
import { placesFrom } from '../../core/places.ts';
import { productFiles } from '../../core/product-files.ts';
import { createPublished } from '../../core/published.ts';
import { createRooms, type Rooms } from '../../core/rooms.ts';
import { createSecretFiles } from '../../core/secret-files.ts';
import { createSnapshotFiles } from '../../core/snapshot-file.ts';
import { createHeadStore } from '../../core/sync/github/heads.ts';
import { titleItem } from '../../core/sync/manus-acts.ts';
import { createOutbox } from '../../core/sync/outbox.ts';
import { systemClock } from '../../core/system-clock.ts';
import { writeLaptop, writeProject } from '../integration/running-daemon.ts';
import { ROOT } from './running-core.ts';

/** One side of the sync bench, in a process of its own: what a mirror does beside the ticks is counted too. */
export type SyncCall = 'turn' | 'seen';

/** What the ticks of one turn took. */
export interface TurnTimes {
  readonly wallMs: readonly number[];
  /** Of the whole process over the turn, whatever else it did meanwhile; milliseconds a tick. */
  readonly processorMs: number;
}

const PROJECTS = ['shop', 'model', 'site'] as const;
/** A core runs for days: measured as compiled as it then is. */
const TICKS_BEFORE = 300;
const TICKS_A_TURN = 10;
/** Nearly all that may wait (10,000), so that the mirror itself pushes nothing out. */
const WAITING = 9_900;
const OPEN_PULLS = 30;
const INTERVAL_MS = 3_600_000;

/** A whole core and its rooms, as a host puts them together; mirrors at `hangingUrl`, none where it is empty. */
async function ticking(hangingUrl: string): Promise<void> {
  const homeDir = mkdtempSync(join(tmpdir(), 'orch-sync-bench-'));
  process.once('exit', () => rmSync(homeDir, { recursive: true, force: true }));
  const sysfsDir = join(homeDir, 'sys');
  mkdirSync(sysfsDir);
  writeLaptop(sysfsDir, { percent: 80, ac: true });
  const env = { ORCH_HOME: homeDir, ORCH_SYSFS: sysfsDir, PATH: process.env['PATH'] };
  const places = placesFrom(env, process.platform, homeDir);
  writeFileSync(places.configPath, settings(homeDir, hangingUrl), { mode: 0o600 });
  const { record, database } = await openRecord(places.historyPath, systemClock.wallMs(), () =>
    systemClock.wallMs(),
  );
  if (database === null) throw new Error('no database');
  const isMirrored = hangingUrl !== '';
  const outbox = createOutbox(database, systemClock);
  if (isMirrored) outbox.within(() => fill(outbox));
  const onFault = (error: unknown): never => {
    throw error;
  };
  const house = {
    clock: systemClock,
    chance: () => 0.5,
    places,
    env,
    platform: process.platform,
    version: 'bench',
    files: productFiles(pathToFileURL(`${ROOT}/`)),
    record,
    onFault,
  };
  const snapshotFiles = createSnapshotFiles(places, systemClock);
  const published = createPublished((decision) => record.keepDecision(decision, 'gate'));
  const later: { rooms?: Rooms } = {};
  const core = await createCore({
    ...house,
    intervalMs: INTERVAL_MS,
    notes: () => [],
    complete: (judged) => later.rooms?.complete(judged) ?? { alerts: [], jobs: [], sync: {} },
    publish(snapshot) {
      published.take(snapshot);
      later.rooms?.take(snapshot);
    },
  });
  if (!('round' in core)) throw new Error(core.problems.map(({ text }) => text).join('; '));
  const rooms = createRooms({
    ...house,
    database,
    core,
    published,
    secrets: createSecretFiles(join(places.stateDir, 'secrets'), process.platform),
    pulse: createLoopPulse(systemClock),
    config: () => core.settings().config,
    announce: () => undefined,
    hasShell: () => false,
    intervalMs: INTERVAL_MS,
  });
  later.rooms = rooms;
  await core.round();
  rooms.start();

  const tick = async (): Promise<number> => {
    const startedAtMs = performance.now();
    const snapshot = await core.round();
    published.snapshotJson();
    await snapshotFiles.write(core.entries(), snapshot);
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
    const { manus } = rooms.sync.view().destinations;
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

function settings(homeDir: string, hangingUrl: string): string {
  const isMirrored = hangingUrl !== '';
  const projects = PROJECTS.map((id) => {
    const path = join(homeDir, id);
    writeProject(path, { integration: 80, wellbeing: 75, stability: 85, mode: 'FAST' });
    const github = isMirrored
      ? `\n    github: { repository: ann/${id}, apiUrl: "${hangingUrl}", commitStatus: true }`
      : '';
    return `  - id: ${id}\n    path: ${path}${github}\n`;
  });
  const lines = [`projects:\n${projects.join('')}`];
  if (isMirrored) {
    mkdirSync(join(homeDir, 'secrets'), { mode: 0o700 });
    for (const name of ['manus-key', 'github-token'])
      writeFileSync(join(homeDir, 'secrets', name), 'bench', { mode: 0o600 });
    const boards = PROJECTS.map((id) => `${id}: ${taskOf(id)}`).join(', ');
    lines.push(
      `sync:\n  manus: { enabled: true, baseUrl: "${hangingUrl}", pollSeconds: 30, boards: { ${boards} } }\n`,
    );
  }
  return lines.join('');
}

function fill(outbox: ReturnType<typeof createOutbox>): void {
  for (let count = 0; count < WAITING; count += 1) {
    const task = taskOf(`t${String(count).padStart(5, '0')}`);
    outbox.put(titleItem({ task, title: `task ${count}: deployed` }, 'shop', 'the task is deployed'));
  }
  const heads = createHeadStore(outbox.store);
  for (const project of PROJECTS) {
    for (let number = 1; number <= OPEN_PULLS; number += 1) {
      const sha = number.toString(16).padStart(40, 'a');
      const seenAtMs = systemClock.wallMs();
      const changes = ['feature' as const];
      heads.keep(`ann/${project}`, {
        key: `branch ${number}`,
        sha,
        title: 'x',
        changes,
        seenAtMs,
        pull: null,
      });
    }
  }
}

function taskOf(name: string): string {
  return name.padEnd(22, '0');
}

await ticking(process.argv[2] ?? '');
