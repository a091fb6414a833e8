import { describe, expect, it } from 'vitest';

import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import { createRetrainRoom, type RetrainRoom } from '../../../../core/remediation/retrain-room.ts';
import type { RoomContext } from '../../../../core/room.ts';
import { configSchema, type Config } from '../../../../shared/contract/config.ts';
import type { Schedule } from '../../../../shared/contract/scaling.ts';
import { projectStateSchema, type Snapshot } from '../../../../shared/contract/state.ts';
import type { EnergyLevel, Freshness } from '../../../../shared/contract/vocabulary.ts';
import { bareSnapshot } from '../../../fakes/bare-snapshot.ts';
import type { FakeClock } from '../../../fakes/fake-clock.ts';
import { factsAt, fakeJobs, type FakeJobs } from '../../../fakes/fake-jobs.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A house whose clock, power, heat and scores the test sets; a tick every 30 s. */
class House {
  readonly jobs: FakeJobs;
  readonly clock: FakeClock;
  readonly record = createMemoryRecord();
  readonly config: Config;
  level: EnergyLevel = 'FULL';
  freshness: Freshness = 'fresh';
  hottestC: number | null = 50;
  reservePercent: number | null = null;
  chance = 0.5;
  accuracy = 70;
  distrust: string | null = null;
  room: RetrainRoom;

  constructor(retrains: Record<string, object>, jobsSettings: object = {}) {
    this.jobs = fakeJobs(jobsSettings);
    this.clock = this.jobs.clock;
    this.config = configSchema.parse({
      projects: Object.entries(retrains).map(([id, retrain]) => ({
        id,
        path: `/${id}`,
        retrain: { schedule: '0 12 * * *', timeZone: 'UTC', command: [id], ...retrain },
      })),
    });
    this.room = this.started();
  }
  /** As a core that starts anew, with the same record and jobs. */
  restart(): void {
    void this.room.stop();
    this.room = this.started();
  }
  private started(): RetrainRoom {
    const entries = this.config.projects.map((project) => ({
      project,
      watch: { evidence: () => ({ report: null }), refresh: () => Promise.resolve() },
      gatherer: {
        measured: () => ({
          measurements: {
            accuracy: {
              value: this.accuracy,
              atMs: this.clock.wallMs(),
              source: 'model.json',
              detail: null,
              problem: null,
              stated: { value: this.accuracy / 100, baseline: null, atMs: this.clock.wallMs() },
            },
          },
          problems: [],
        }),
        gather: () => {
          this.accuracy = 91;
          return Promise.resolve();
        },
      },
    }));
    const room = createRetrainRoom({
      clock: this.clock,
      chance: () => this.chance,
      record: this.record,
      core: { entries: () => entries, request: () => undefined } as unknown as RoomContext['core'],
      config: () => this.config,
      jobs: this.jobs.desk,
      distrust: () => this.distrust,
      onFault(error) {
        throw error;
      },
    });
    room.start();
    return room;
  }
  tick(): void {
    this.jobs.power(factsAt(this.level));
    const bare = bareSnapshot(this.level);
    const snapshot: Snapshot = {
      ...bare,
      energy: {
        ...bare.energy,
        reservePercent: this.reservePercent,
        thermal: { ...bare.energy.thermal, hottestC: this.hottestC, coolingStatus: 'NORMAL' },
      },
      projects: this.config.projects.map(({ id, path }) =>
        projectStateSchema.parse({
          ...{ id, path, profile: 'ml', scores: {}, mode: 'NORMAL', operatingMode: 'FULL_SPEED' },
          ...{ confidence: 1, freshness: this.freshness, problem: null, decisions: {} },
          ...{ showInTray: true, defaultChange: 'feature' },
        }),
      ),
    };
    this.room.take(snapshot);
  }
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 30_000) {
      this.tick();
      await this.clock.advanceMs(30_000);
    }
    this.tick();
    await this.clock.advanceMs(0);
  }
  starts(): number {
    return this.acts('start');
  }
  acts(what: string): number {
    return this.jobs.acts.filter((act) => act.startsWith(what)).length;
  }
  only(): Schedule {
    const [schedule] = this.room.list();
    if (schedule === undefined) throw new Error('no schedule');
    return schedule;
  }
  audits(): string[] {
    return this.record
      .audits({ limit: 100 })
      .map(({ act }) => act)
      .reverse();
  }
}

describe('a window that opens with power', () => {
  it('starts one managed job, keeps its result and reads the model again', async () => {
    const house = new House({ trainer: {} });
    await house.pass(HOUR_MS);
    expect(house.only()).toMatchObject({ state: 'idle', nextWindowAt: '2026-01-05T12:00:00.000Z' });
    await house.pass(HOUR_MS + MINUTE_MS);
    expect(house.starts()).toBe(1);
    expect(house.only()).toMatchObject({ state: 'running', window: { isMissed: false }, wait: null });
    await house.pass(10 * MINUTE_MS);
    house.jobs.ends('trainer', 0);
    await house.pass(MINUTE_MS);
    expect(house.only()).toMatchObject({
      state: 'idle',
      nextWindowAt: '2026-01-06T12:00:00.000Z',
      last: { result: 'ok', exitCode: 0, before: { accuracy: 0.7 }, after: { accuracy: 0.91 } },
    });
    await house.pass(20 * HOUR_MS);
    expect(house.starts()).toBe(1);
    expect(house.audits()).toEqual(['retrain-begin', 'retrain-end']);
  });
  it('takes the battery at MEDIUM too, and pauses with it', async () => {
    const house = new House({ trainer: {} });
    house.level = 'MEDIUM';
    await house.pass(2 * HOUR_MS + MINUTE_MS);
    expect(house.starts()).toBe(1);
    house.level = 'LOW';
    await house.pass(3 * MINUTE_MS);
    expect(house.acts('checkpoint')).toBe(1);
    expect(house.only()).toMatchObject({
      state: 'running',
      wait: { until: expect.stringContaining('plugged') as string },
    });
    house.level = 'FULL';
    await house.pass(MINUTE_MS);
    expect(house.acts('continue')).toBe(1);
  });
  it.each([
    [
      'fresh scores',
      (house: House): void => void (house.freshness = 'stale'),
      (house: House): void => void (house.freshness = 'fresh'),
    ],
    [
      'a cool machine',
      (house: House): void => void (house.hottestC = 70),
      (house: House): void => void (house.hottestC = 55),
    ],
  ])('waits for %s', async (_what, spoil, mend) => {
    const house = new House({ trainer: { coolBelowC: 60 } });
    spoil(house);
    await house.pass(4 * HOUR_MS);
    expect(house.starts()).toBe(0);
    expect(house.only()).toMatchObject({ state: 'waiting', window: { isMissed: false } });
    mend(house);
    await house.pass(MINUTE_MS);
    expect(house.starts()).toBe(1);
  });
  it('tells a failure, and tries again with the next window only', async () => {
    const house = new House({ trainer: {} });
    await house.pass(2 * HOUR_MS + MINUTE_MS);
    house.jobs.ends('trainer', 3);
    await house.pass(20 * HOUR_MS);
    expect(house.only().last).toMatchObject({ result: 'failed', text: 'it ended with 3' });
    expect(house.starts()).toBe(1);
    await house.pass(5 * HOUR_MS);
    expect(house.starts()).toBe(2);
  });
  it('ends what runs for too long', async () => {
    const house = new House({ trainer: { timeLimitMinutes: 30 } });
    await house.pass(2 * HOUR_MS + 32 * MINUTE_MS);
    expect(house.acts('end')).toBe(1);
    await house.pass(2 * MINUTE_MS);
    expect(house.only().last).toMatchObject({ result: 'timeout' });
  });
  it('in observe-only starts nothing and records it, once', async () => {
    const house = new House({ trainer: { observeOnly: true } });
    await house.pass(4 * HOUR_MS);
    expect(house.starts()).toBe(0);
    expect(house.audits()).toEqual(['retrain-observed']);
    expect(house.only().last).toMatchObject({ result: 'observed' });
  });
  it('says what the jobs refuse, without a storm', async () => {
    const house = new House({ trainer: {} }, { acceptCommands: false });
    await house.pass(4 * HOUR_MS);
    expect(house.only()).toMatchObject({
      state: 'waiting',
      wait: { reason: expect.stringContaining('jobs.acceptCommands') as string },
    });
    expect(house.audits()).toEqual(['retrain-begin', 'retrain-refused']);
  });
});

describe('settings that others may write to', () => {
  it('start nothing until they are trusted', async () => {
    const house = new House({ trainer: {} });
    house.distrust = 'untrusted source';
    await house.pass(3 * HOUR_MS);
    expect(house.starts()).toBe(0);
    expect(house.only()).toMatchObject({ state: 'waiting', wait: { reason: 'untrusted source' } });
    house.distrust = null;
    await house.pass(11 * MINUTE_MS);
    expect(house.starts()).toBe(1);
  });
});

describe('a window that was missed', () => {
  const netPowerMinutes = async (house: House): Promise<number> => {
    for (let minutes = 0; minutes < 60; minutes += 0.5) {
      house.tick();
      if (house.starts() > 0) return minutes;
      await house.clock.advanceMs(30_000);
    }
    return Infinity;
  };

  it.each([
    [0, 10],
    [0.5, 15],
    [0.99, 20],
  ])('for want of power runs once, after net power alone (chance %d: %d min)', async (chance, minutes) => {
    const house = new House({ trainer: {} });
    house.chance = chance;
    house.level = 'LOW';
    await house.pass(3 * HOUR_MS);
    house.level = 'HIGH';
    await house.pass(3 * HOUR_MS);
    expect(house.starts()).toBe(0);
    expect(house.only()).toMatchObject({ state: 'waiting', window: { isMissed: true } });
    house.level = 'FULL';
    expect(await netPowerMinutes(house)).toBeCloseTo(minutes, 0);
    house.jobs.ends('trainer');
    await house.pass(12 * HOUR_MS);
    expect(house.starts()).toBe(1);
    expect(house.only().last).toMatchObject({ result: 'ok', isMissed: true });
  });
  it('counts net power from anew when the plug is pulled, and after sleep', async () => {
    const house = new House({ trainer: {} });
    house.level = 'LOW';
    await house.pass(3 * HOUR_MS);
    for (let times = 0; times < 4; times += 1) {
      house.level = 'FULL';
      await house.pass(9 * MINUTE_MS);
      if (times % 2 === 0) house.level = 'HIGH';
      else house.clock.sleepMs(10 * MINUTE_MS);
      await house.pass(MINUTE_MS);
    }
    expect(house.starts()).toBe(0);
  });
  it('asleep over several windows runs once', async () => {
    const house = new House({ trainer: { schedule: '0 * * * *' } });
    await house.pass(30 * MINUTE_MS);
    house.clock.sleepMs(8 * HOUR_MS);
    expect(await netPowerMinutes(house)).toBe(15);
    expect(house.only().window).toEqual({ at: '2026-01-05T18:00:00.000Z', isMissed: true });
  });
  it('off over it runs once, whatever the restarts', async () => {
    const house = new House({ trainer: {} });
    await house.pass(HOUR_MS);
    house.clock.sleepMs(5 * HOUR_MS);
    for (let times = 0; times < 5; times += 1) {
      house.restart();
      await house.pass(20 * MINUTE_MS);
    }
    expect(house.starts()).toBe(1);
    house.jobs.ends('trainer');
    house.restart();
    await house.pass(2 * HOUR_MS);
    expect(house.starts()).toBe(1);
    expect(house.only().last).toMatchObject({ result: 'ok', isMissed: true });
  });
  it('waits without a number while the power cannot be read', async () => {
    const house = new House({ trainer: {} });
    house.level = 'UNKNOWN';
    await house.pass(2 * HOUR_MS + 10 * MINUTE_MS);
    expect(house.only()).toMatchObject({ state: 'waiting', window: { isMissed: false } });
    house.level = 'FULL';
    await house.pass(MINUTE_MS);
    expect(house.starts()).toBe(1);
  });
});

describe('never twice for one window', () => {
  it('when the clock is set back over it, and forward again', async () => {
    const house = new House({ trainer: {} });
    await house.pass(2 * HOUR_MS + MINUTE_MS);
    house.jobs.ends('trainer');
    await house.pass(MINUTE_MS);
    house.clock.jumpWallMs(-2 * HOUR_MS);
    await house.pass(3 * HOUR_MS);
    house.clock.jumpWallMs(-HOUR_MS);
    await house.pass(2 * HOUR_MS);
    expect(house.starts()).toBe(1);
  });
  it('when a wrong clock runs into it, and is set right', async () => {
    const house = new House({ trainer: {} });
    await house.pass(10 * MINUTE_MS);
    house.clock.jumpWallMs(4 * HOUR_MS);
    await house.pass(5 * MINUTE_MS);
    expect(house.only().window).toMatchObject({ isMissed: true });
    house.clock.jumpWallMs(-4 * HOUR_MS);
    await house.pass(MINUTE_MS);
    expect(house.only()).toMatchObject({ state: 'idle', nextWindowAt: '2026-01-05T12:00:00.000Z' });
    await house.pass(3 * HOUR_MS);
    expect(house.starts()).toBe(1);
    expect(house.only().window).toMatchObject({ isMissed: false });
  });
  it('when the core ends between writing it down and starting it', async () => {
    const house = new House({ trainer: {} });
    await house.pass(2 * HOUR_MS - MINUTE_MS);
    const { desk } = house.jobs;
    const real = { ...desk };
    // The disk knows the run, the jobs never heard of it.
    desk.add = () => {
      throw new Error('killed');
    };
    const failed = house.pass(2 * MINUTE_MS);
    await expect(failed).rejects.toThrow('killed');
    desk.add = (request) => real.add(request);
    house.restart();
    await house.pass(30 * MINUTE_MS);
    expect(house.starts()).toBe(1);
  });
  it('when the jobs have forgotten it', async () => {
    const house = new House({ trainer: {} });
    await house.pass(2 * HOUR_MS + MINUTE_MS);
    const real = { ...house.jobs.desk };
    house.jobs.desk.one = () => ({ refused: 'not-found', text: 'No such job.' });
    house.restart();
    await house.pass(HOUR_MS);
    expect(house.only().last).toMatchObject({ result: 'lost' });
    house.jobs.desk.one = (id) => real.one(id);
    await house.pass(HOUR_MS);
    expect(house.starts()).toBe(1);
  });
});

describe('several projects', () => {
  it('are retrained one at a time, in the order their windows opened', async () => {
    const house = new House({
      b: { schedule: '5 12 * * *' },
      a: { schedule: '0 12 * * *' },
      c: { schedule: '0 12 * * *' },
    });
    await house.pass(2 * HOUR_MS + 10 * MINUTE_MS);
    expect(house.jobs.acts.filter((act) => act.startsWith('start'))).toEqual(['start a']);
    expect(house.room.list().map(({ state, wait }) => [state, wait?.reason ?? null])).toEqual([
      ['waiting', 'a is being retrained'],
      ['running', null],
      ['waiting', 'a is being retrained'],
    ]);
    house.jobs.ends('a');
    await house.pass(MINUTE_MS);
    house.jobs.ends('c');
    await house.pass(MINUTE_MS);
    expect(house.jobs.acts.filter((act) => act.startsWith('start'))).toEqual([
      'start a',
      'start c',
      'start b',
    ]);
  });
});
