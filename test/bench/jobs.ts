import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { createCore } from '../../core/core.ts';
import { openRecord } from '../../core/history/open-record.ts';
import { placesFrom } from '../../core/places.ts';
import { productFiles } from '../../core/product-files.ts';
import { createPublished } from '../../core/published.ts';
import { createJobsRoom, type JobsRoom } from '../../core/remediation/jobs-room.ts';
import { writeSnapshotFiles } from '../../core/snapshot-file.ts';
import { systemClock } from '../../core/system-clock.ts';
import { jobRequestSchema } from '../../shared/contract/job.ts';
import { writeLaptop } from '../integration/running-daemon.ts';
import { type BenchResult, measured, median } from './bench-result.ts';
import { ROOT } from './running-core.ts';

const JOBS = 1000;
const ROUNDS = 300;
const WARM_UPS = 300;

/** A whole tick with a thousand jobs in line, each of which has to be asked about, against one without any. */
export async function run(): Promise<BenchResult> {
  const [full, empty] = [await ticking(JOBS), await ticking(0)];
  const times = { full: [] as number[], empty: [] as number[] };
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    const [fullMs, emptyMs] = [await full.tick(), await empty.tick()];
    if (round < 0) continue;
    times.full.push(fullMs);
    times.empty.push(emptyMs);
  }
  const notes = [full.seen(), empty.seen()];
  await full.stop();
  await empty.stop();
  return measured(
    'jobs',
    { label: `a tick, ${JOBS} jobs in line`, median: median(times.full), unit: 'ms', runs: ROUNDS },
    { label: 'a tick, no job', median: median(times.empty), unit: 'ms', runs: ROUNDS },
    { must: 'at most', ratio: 1.3 },
    notes,
  );
}

interface Ticking {
  /** Milliseconds one whole round took, its snapshot on disk included. */
  tick(): Promise<number>;
  seen(): string;
  stop(): Promise<void>;
}

async function ticking(jobCount: number): Promise<Ticking> {
  const homeDir = mkdtempSync(join(tmpdir(), 'orch-jobs-'));
  const sysfsDir = join(homeDir, 'sys');
  mkdirSync(sysfsDir);
  writeLaptop(sysfsDir, { percent: 50, ac: false });
  const env = { ORCH_HOME: homeDir, ORCH_SYSFS: sysfsDir, PATH: process.env['PATH'] };
  const places = placesFrom(env, process.platform, homeDir);
  writeFileSync(places.configPath, 'version: 1\n', { mode: 0o600 });
  const { record, database } = await openRecord(places.historyPath, systemClock.wallMs(), () =>
    systemClock.wallMs(),
  );
  const onFault = (error: unknown): never => {
    throw error;
  };
  const house = {
    clock: systemClock,
    chance: Math.random,
    places,
    env,
    platform: process.platform,
    version: 'bench',
    files: productFiles(pathToFileURL(`${ROOT}/`)),
    record,
    onFault,
  };
  const published = createPublished(() => undefined);
  let room: JobsRoom | null = null;
  const core = await createCore({
    ...house,
    intervalMs: null,
    notes: () => [],
    complete: (judged) => ({ alerts: [], jobs: room?.consider(judged) ?? [], sync: {} }),
    publish: (snapshot) => published.take(snapshot),
  });
  if (!('round' in core)) throw new Error(core.problems.map(({ text }) => text).join('; '));
  room = createJobsRoom({
    ...house,
    database,
    core,
    config: () => core.settings().config,
    announce: () => undefined,
  });
  await core.round();
  room.start();
  for (let count = 0; count < jobCount; count += 1) {
    room.desk.add(
      jobRequestSchema.parse({
        command: ['train', `${count}`],
        when: 'FULL',
        forMinutes: 10 * (1 + (count % 24)),
      }),
    );
  }
  return {
    async tick() {
      const startedAtMs = performance.now();
      const snapshot = await core.round();
      published.snapshotJson();
      await writeSnapshotFiles(places, core.entries(), snapshot);
      return performance.now() - startedAtMs;
    },
    seen() {
      const { energy, jobs } = published.snapshot();
      return `${energy.level}, ${room.desk.list().length} jobs, ${jobs.length} of them in the snapshot`;
    },
    async stop() {
      void room.stop();
      await core.stop();
      record.close();
      rmSync(homeDir, { recursive: true, force: true });
    },
  };
}
