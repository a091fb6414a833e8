import { createSyncRoom, type SyncRoom, type SyncRoomParts } from '../../core/sync/sync-room.ts';
import { configSchema, type Config } from '../../shared/contract/config.ts';
import type { Decision } from '../../shared/contract/decision.ts';
import type { ProjectState, Snapshot } from '../../shared/contract/state.ts';
import type { Verdict } from '../../shared/contract/vocabulary.ts';
import { onBattery, soundProject } from './alert-snapshots.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { manusService, type ManusService } from './manus-server.ts';
import { randomFrom } from './seeded-random.ts';
import { syncHouse, type SyncHouse } from './sync-house.ts';

type ManusGiven = Partial<Config['sync']['manus']>;

/** The sync room in front of a Manus that behaves as documented. */
export interface ManusHouse {
  readonly clock: FakeClock;
  readonly manus: ManusService;
  readonly house: SyncHouse;
  readonly faults: unknown[];
  room(): SyncRoom;
  set(given: ManusGiven): void;
  key: string | null;
  restart(): Promise<void>;
  remove(): void;
}

export async function manusHouse(
  given: ManusGiven,
  more: {
    readonly seed?: number;
    readonly projects?: readonly object[];
    /** In place of the parts that are made up here. */
    readonly parts?: Partial<SyncRoomParts>;
  } = {},
): Promise<ManusHouse> {
  const clock = fakeClock();
  const chance = randomFrom(more.seed ?? 7);
  const manus = manusService(clock, more.seed ?? 7);
  const house = await syncHouse(clock);
  // What a power cut would do is not what is looked at here; the file is as it would be otherwise.
  const hurry = (): void => house.database().exec('PRAGMA synchronous = OFF');
  hurry();
  const projects = more.projects ?? [{ id: 'shop', path: '/home/ann/shop' }];
  const parse = (manusGiven: ManusGiven): Config =>
    configSchema.parse({ projects, sync: { manus: { enabled: true, ...manusGiven } } });
  let config = parse(given);
  const faults: unknown[] = [];
  const build = (): SyncRoom =>
    createSyncRoom({
      clock,
      chance,
      env: { USER: 'ann' },
      record: house.record(),
      database: house.database(),
      config: () => config,
      onFault: (error) => faults.push(error),
      fetch: manus.fetch,
      readKey: () => Promise.resolve(self.key),
      newLinks: () => Promise.resolve(null),
      git: () => Promise.resolve({ ok: false, why: 'no git here' }),
      patches: { patchIdOf: () => Promise.resolve(null), onBranch: () => Promise.resolve(new Map()) },
      ...more.parts,
    });
  let room: SyncRoom;
  const self: ManusHouse = {
    clock,
    manus,
    house,
    faults,
    key: 'sk-test-key',
    room: () => room,
    set: (next) => {
      config = parse(next);
    },
    async restart() {
      const stopped = room.stop();
      await clock.advanceMs(5_000);
      await stopped;
      await house.restart();
      hurry();
      room = build();
      room.start();
    },
    remove() {
      void room.stop();
      house.remove();
    },
  };
  room = build();
  room.start();
  return self;
}

/** A snapshot in which one project stands at a charge and a verdict. */
export function standingAt(
  percent: number,
  verdict: Verdict = 'allow',
  over: Partial<ProjectState> = {},
): Snapshot {
  const decision = { verdict } as Decision;
  const project = soundProject({
    decisions: { feature: decision, fix: { verdict: 'allow' } as Decision },
    ...over,
  });
  return onBattery(percent, { projects: [project] });
}
