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
import { systemClock } from '../../core/system-clock.ts';
import { jobRequestSchema } from '../../shared/contract/job.ts';
import { writeLaptop, writeProject } from '../integration/running-daemon.ts';
import { type BenchResult, measured, median } from './bench-result.ts';
import { ROOT } from './running-core.ts';

const JOBS = 1000;
const ROUNDS = 900;
const CALM_SHARE = 3;
const WARM_UPS = 300;
/** Nobody comes after the same one more often than another. */
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [2, 0, 1],
  [1, 2, 0],
  [2, 1, 0],
] as const;

/**
 * A whole tick with a thousand jobs in line against one without any, in processor time, which a busy machine changes
 * less than the clock on the wall. Three houses take turns, each time in another order; the third is like the second,
 * and shows how far apart two equal ones come out.
 */
export async function run(): Promise<BenchResult> {
  const houses = [await ticking(JOBS), await ticking(0), await ticking(0)];
  const ticks: Tick[][] = houses.map(() => []);
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    for (const index of ORDERS[round % ORDERS.length] ?? []) {
      const tick = await houses[index]?.tick();
      if (round >= WARM_UPS && tick !== undefined) ticks[index]?.push(tick);
    }
  }
  const [full = [], empty = [], again = []] = ticks.map((all) => all.map(({ cpuMs }) => cpuMs));
  const walls = ticks.map((all) => median(all.map(({ wallMs }) => wallMs)).toFixed(2));
  const notes = [
    `the two houses without a job: ${(calm(again) / calm(empty)).toFixed(3)}`,
    `medians: ${[full, empty, again].map((all) => median(all).toFixed(2)).join(', ')} ms; on the wall's clock ${walls.join(', ')} ms`,
    ...houses.slice(0, 2).map((house) => house.seen()),
  ];
  for (const house of houses) await house.stop();
  const label = (jobs: string): string => `processor time of a calm tick, ${jobs}`;
  return measured(
    'jobs',
    { label: label(`${JOBS} jobs in line`), median: calm(full), unit: 'ms', runs: ROUNDS / CALM_SHARE },
    {
      label: label('no job'),
      median: calm([...empty, ...again]),
      unit: 'ms',
      runs: (2 * ROUNDS) / CALM_SHARE,
    },
    { must: 'at most', ratio: 1.05 },
    notes,
  );
}

/** The median of the cheapest third: the others were disturbed by whatever else the machine does. */
function calm(times: readonly number[]): number {
  const cheapest = [...times].sort((one, other) => one - other).slice(0, times.length / CALM_SHARE);
  return median(cheapest);
}

interface Tick {
  readonly cpuMs: number;
  readonly wallMs: number;
}

interface Ticking {
  /** What one whole round took, its snapshot on disk included. */
  tick(): Promise<Tick>;
  seen(): string;
  stop(): Promise<void>;
}

const PROJECTS = ['shop', 'model', 'site'] as const;
const INTERVAL_MS = 3_600_000;

/** A whole core and its rooms, as a host puts them together. */
async function ticking(jobCount: number): Promise<Ticking> {
  const homeDir = mkdtempSync(join(tmpdir(), 'orch-jobs-'));
  const sysfsDir = join(homeDir, 'sys');
  mkdirSync(sysfsDir);
  writeLaptop(sysfsDir, { percent: 50, ac: false });
  const projects = PROJECTS.map((id) => ({ id, path: join(homeDir, id) }));
  for (const { path } of projects)
    writeProject(path, { integration: 80, wellbeing: 75, stability: 85, mode: 'FAST' });
  const env = { ORCH_HOME: homeDir, ORCH_SYSFS: sysfsDir, PATH: process.env['PATH'] };
  const places = placesFrom(env, process.platform, homeDir);
  writeFileSync(places.configPath, JSON.stringify({ projects }), { mode: 0o600 });
  const { record, database } = await openRecord(places.historyPath, systemClock.wallMs(), () =>
    systemClock.wallMs(),
  );
  const house = {
    clock: systemClock,
    chance: Math.random,
    places,
    env,
    platform: process.platform,
    version: 'bench',
    files: productFiles(pathToFileURL(`${ROOT}/`)),
    record,
    intervalMs: INTERVAL_MS,
    onFault(error: unknown): never {
      throw error;
    },
  };
  const snapshotFiles = createSnapshotFiles(places, systemClock);
  const published = createPublished(() => undefined);
  const later: { rooms?: Rooms } = {};
  const core = await createCore({
    ...house,
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
    secrets: createSecretFiles(join(homeDir, 'secrets'), process.platform),
    pulse: createLoopPulse(systemClock),
    config: () => core.settings().config,
    announce: () => undefined,
    hasShell: () => false,
  });
  later.rooms = rooms;
  await core.round();
  rooms.start();
  const { desk } = rooms.jobs;
  for (let count = 0; count < jobCount; count += 1) {
    desk.add(
      jobRequestSchema.parse({
        command: ['train', `${count}`],
        project: PROJECTS[count % PROJECTS.length],
        // Half of them wait for the wall, half for a forecast, and no two for the same length.
        when: count % 2 === 0 ? 'FULL' : 'MEDIUM',
        forMinutes: 1 + count,
      }),
    );
  }
  return {
    async tick() {
      const startedAtMs = performance.now();
      const before = process.cpuUsage();
      const snapshot = await core.round();
      published.snapshotJson();
      await snapshotFiles.write(core.entries(), snapshot);
      const { user, system } = process.cpuUsage(before);
      return { cpuMs: (user + system) / 1000, wallMs: performance.now() - startedAtMs };
    },
    seen() {
      const { energy, jobs, jobCounts } = published.snapshot();
      return `${energy.level}, ${jobCounts?.queued ?? 0} jobs in line, ${jobs.length} of them in the snapshot`;
    },
    async stop() {
      await rooms.stop();
      await core.stop();
      record.close();
      rmSync(homeDir, { recursive: true, force: true });
    },
  };
}
