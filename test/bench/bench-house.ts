import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { createCore } from '../../core/core.ts';
import { openRecord } from '../../core/history/open-record.ts';
import { createLoopPulse } from '../../core/metrics/loop-pulse.ts';
import { placesFrom } from '../../core/places.ts';
import { productFiles } from '../../core/product-files.ts';
import { createPublished, type Published } from '../../core/published.ts';
import { createRooms, type Rooms } from '../../core/rooms.ts';
import { createSecretFiles, secretsDir } from '../../core/secret-files.ts';
import { createSnapshotFiles } from '../../core/snapshot-file.ts';
import { systemClock } from '../../core/system-clock.ts';
import { writeLaptop, writeProject } from '../integration/running-daemon.ts';
import { ROOT } from './running-core.ts';

export const PROJECTS = ['shop', 'model', 'site'] as const;
/** It never ticks by itself. */
const INTERVAL_MS = 3_600_000;

/** A laptop with three sound projects, and what is special about this one. */
export interface BenchLaptop {
  readonly percent: number;
  readonly ac: boolean;
  /** Settings of a project beside its id and path. */
  readonly projectSettings?: (id: string) => object;
  /** Settings beside the projects. */
  readonly settings?: object;
  readonly secrets?: Readonly<Record<string, string>>;
  /** What a core before this one left in the record. */
  readonly before?: (database: DatabaseSync) => void;
}

/** A whole core and its rooms, as a host puts them together, in this process. */
export interface BenchHouse {
  readonly rooms: Rooms;
  readonly published: Published;
  /** One whole round, its snapshot on disk included. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws when the settings are not taken, or there is no database. */
export async function benchHouse(laptop: BenchLaptop): Promise<BenchHouse> {
  const homeDir = mkdtempSync(join(tmpdir(), 'orch-bench-'));
  const removed = (): void => rmSync(homeDir, { recursive: true, force: true });
  process.once('exit', removed);
  const sysfsDir = join(homeDir, 'sys');
  mkdirSync(sysfsDir);
  writeLaptop(sysfsDir, laptop);
  const env = { ORCH_HOME: homeDir, ORCH_SYSFS: sysfsDir, PATH: process.env['PATH'] };
  const places = placesFrom(env, process.platform, homeDir);
  const projects = PROJECTS.map((id) => ({ id, path: join(homeDir, id), ...laptop.projectSettings?.(id) }));
  for (const { path } of projects) writeProject(path);
  writeFileSync(places.configPath, JSON.stringify({ projects, ...laptop.settings }), { mode: 0o600 });
  const keptDir = secretsDir(places.stateDir);
  mkdirSync(keptDir, { mode: 0o700 });
  for (const [name, value] of Object.entries(laptop.secrets ?? {}))
    writeFileSync(join(keptDir, name), value, { mode: 0o600 });

  const nowMs = (): number => systemClock.wallMs();
  const { record, database } = await openRecord(places.historyPath, nowMs(), nowMs);
  if (database === null) throw new Error('no database');
  laptop.before?.(database);
  const house = {
    clock: systemClock,
    chance: () => 0.5,
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
  const published = createPublished((decision) => record.keepDecision(decision, 'gate'));
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
    secrets: createSecretFiles(keptDir, process.platform),
    pulse: createLoopPulse(systemClock),
    config: () => core.settings().config,
    announce: () => undefined,
    hasShell: () => false,
  });
  later.rooms = rooms;
  await core.round();
  rooms.start();
  const snapshotFiles = createSnapshotFiles(places, systemClock);
  return {
    rooms,
    published,
    async tick() {
      const snapshot = await core.round();
      await snapshotFiles.write(core.entries(), snapshot);
    },
    async stop() {
      await rooms.stop();
      await core.stop();
      record.close();
      process.off('exit', removed);
      removed();
    },
  };
}
