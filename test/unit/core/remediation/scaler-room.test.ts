import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import type { RunRequest, RunResult } from '../../../../core/remediation/runner.ts';
import {
  createScalerRoom,
  isScalingRefusal,
  type ScalerRoom,
} from '../../../../core/remediation/scaler-room.ts';
import type { RoomContext } from '../../../../core/room.ts';
import { configSchema, type Config } from '../../../../shared/contract/config.ts';
import { scalingSchema } from '../../../../shared/contract/scaling.ts';
import { projectStateSchema } from '../../../../shared/contract/state.ts';
import type { EnergyLevel, OperatingMode } from '../../../../shared/contract/vocabulary.ts';
import { bareSnapshot } from '../../../fakes/bare-snapshot.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { factsAt, fakeJobs } from '../../../fakes/fake-jobs.ts';
import { kubernetesServer } from '../../../fakes/kubernetes-server.ts';

const dir = mkdtempSync(join(tmpdir(), 'orch-scaler-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const command = { kind: 'command', command: { run: ['set-it'] } };

/** A house with one project of 1 to 5 instances; the runner notes what it is asked. */
class House {
  readonly clock = fakeClock();
  readonly record = createMemoryRecord();
  readonly jobs = fakeJobs();
  readonly config: Config;
  readonly runs: RunRequest[] = [];
  readonly faults: string[] = [];
  level: EnergyLevel = 'FULL';
  mode: OperatingMode = 'FULL_SPEED';
  isOk = true;
  /** Keeps the command from ending. */
  hold: Promise<void> = Promise.resolve();
  room: ScalerRoom;

  constructor(scaling: object, more: object = {}) {
    this.config = configSchema.parse({
      projects: [{ id: 'web', path: '/web', scaling: { max: 5, ...scaling } }],
      ...more,
    });
    this.room = this.started();
  }
  restart(): void {
    void this.room.stop();
    this.room = this.started();
  }
  private started(): ScalerRoom {
    const room = createScalerRoom({
      clock: this.clock,
      chance: () => 0,
      env: {},
      record: this.record,
      core: {
        entries: () => this.config.projects.map((project) => ({ project })),
        request: () => undefined,
      } as unknown as RoomContext['core'],
      config: () => this.config,
      runner: {
        run: async (request: RunRequest) => {
          this.runs.push(request);
          await this.hold;
          return { isOk: this.isOk, text: this.isOk ? 'ended well' : 'ended with 1' } as RunResult;
        },
      } as unknown as RoomContext['runner'],
      jobs: this.jobs.desk,
      distrust: () => null,
      onFault: (error) => this.faults.push((error as Error).message),
    });
    room.start();
    return room;
  }
  tick(): void {
    const bare = bareSnapshot(this.level);
    this.room.take({
      ...bare,
      machine: { ...bare.machine, cpuPercent: 10 },
      jobs: this.jobs.desk.list(),
      projects: [
        projectStateSchema.parse({
          ...{ id: 'web', path: '/web', profile: 'ml', scores: {}, mode: 'NORMAL', operatingMode: this.mode },
          ...{ confidence: 1, freshness: 'fresh', problem: null, decisions: {} },
          ...{ showInTray: true, defaultChange: 'feature' },
        }),
      ],
    });
  }
  async pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += 30) {
      this.tick();
      await this.clock.advanceMs(30_000);
    }
    this.tick();
  }
  low(): void {
    this.level = 'LOW';
    this.mode = 'DISABLED';
  }
  number(): number | string {
    const answer = this.room.one('web');
    return isScalingRefusal(answer) ? answer.refused : answer.desiredReplicas;
  }
  audits(): string[] {
    return this.record
      .audits({ limit: 200 })
      .map(({ act }) => act)
      .reverse();
  }
}

describe('GET /v1/scaling/{project}', () => {
  it('says the number, why, since when and until when', async () => {
    const house = new House({});
    await house.pass(60);
    expect(scalingSchema.parse(house.room.one('web'))).toMatchObject({
      desiredReplicas: 5,
      reason: 'FULL, FULL_SPEED, load 10 %: 100 % of the way from 1 to 5',
      decidedAt: '2026-01-05T10:00:00.000Z',
      validUntil: '2026-01-05T10:02:30.000Z',
    });
  });
  it('has no number before the first snapshot, for an old one, and while the power is not known', async () => {
    const house = new House({});
    expect(house.number()).toBe('unavailable');
    await house.pass(60);
    await house.clock.advanceMs(90_000);
    expect(house.number()).toBe(5);
    await house.clock.advanceMs(1);
    expect(house.number()).toBe('unavailable');
    house.tick();
    expect(house.number()).toBe(5);
    house.clock.sleepMs(3_600_000);
    expect(house.number()).toBe('unavailable');
    house.level = 'UNKNOWN';
    house.tick();
    expect(house.number()).toBe('unavailable');
    expect(house.room.list()).toMatchObject([{ desiredReplicas: 5, level: 'UNKNOWN' }]);
  });
  it('knows no project without scaling', () => {
    expect(new House({}).room.one('other')).toMatchObject({ refused: 'not-found' });
  });
  it('is 0 only where the settings want that', async () => {
    const house = new House({ min: 0 });
    house.low();
    await house.pass(30);
    expect(house.number()).toBe(0);
  });
  it('is opened by a token of its own, which outlives a restart', async () => {
    const tokenFile = join(dir, 'token');
    const house = new House({}, { scaler: { tokenFile } });
    house.tick();
    const accepts = (text: string): boolean => house.room.acceptsReader(`Bearer ${text}`);
    await expect.poll(() => accepts(readFileSync(tokenFile, 'utf8').trim()), { timeout: 20_000 }).toBe(true);
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
    expect(accepts('something-else')).toBe(false);
    house.restart();
    house.tick();
    await expect.poll(() => accepts(readFileSync(tokenFile, 'utf8').trim()), { timeout: 20_000 }).toBe(true);
  });
  it('is opened by a token file as soon as that was mended', async () => {
    const tokenFile = join(dir, 'open-token');
    writeFileSync(tokenFile, `${'t'.repeat(20)}\n`, { mode: 0o644 });
    const house = new House({}, { scaler: { tokenFile } });
    const ticks = (what: () => boolean): Promise<void> =>
      expect.poll(() => (house.tick(), what()), { timeout: 20_000 }).toBe(true);
    await ticks(() => house.room.notes().some(({ text }) => text.endsWith('chmod 600 it')));
    chmodSync(tokenFile, 0o600);
    await ticks(() => house.room.acceptsReader(`Bearer ${'t'.repeat(20)}`));
    await ticks(() => house.room.notes().length === 0);
    expect(house.faults).toHaveLength(1);
  });
});

describe('a number over a restart', () => {
  it('stays, and so does what is left of the cool-down', async () => {
    const house = new House({});
    await house.pass(30);
    house.low();
    house.restart();
    await house.pass(240);
    expect(house.number()).toBe(5);
    await house.pass(60);
    expect(house.number()).toBe(1);
  });
  it('gives way at once to other settings', async () => {
    const house = new House({});
    await house.pass(30);
    const [project] = house.config.projects;
    if (project?.scaling) project.scaling.max = 3;
    await house.pass(30);
    expect(house.number()).toBe(3);
  });
});

describe('a command that sets it', () => {
  it('runs nothing in a dry run, and records each number once', async () => {
    const house = new House({ executor: command });
    await house.pass(300);
    house.low();
    await house.pass(600);
    expect(house.runs).toEqual([]);
    expect(house.audits()).toEqual(['scale-observed', 'scale-observed']);
  });
  it('is told the number, the one before and why, once a change', async () => {
    const house = new House({ executor: command, mode: 'live' });
    await house.pass(300);
    house.low();
    await house.pass(600);
    expect(house.runs.map(({ facts }) => facts)).toMatchObject([
      { ORCH_PROJECT: 'web', ORCH_DESIRED: '5', ORCH_BEFORE: '' },
      { ORCH_DESIRED: '1', ORCH_BEFORE: '5', ORCH_CAUSE: expect.stringContaining('LOW') as string },
    ]);
    expect(house.audits()).toEqual(['scale-begin', 'scale-end', 'scale-begin', 'scale-end']);
  });
  it('is followed by one of other settings, never beside it', async () => {
    const house = new House({ executor: command, mode: 'live' });
    let end = (): void => undefined;
    house.hold = new Promise((resolve) => (end = resolve));
    await house.pass(60);
    const [project] = house.config.projects;
    if (project?.scaling) project.scaling.max = 3;
    await house.pass(60);
    expect(house.runs).toHaveLength(1);
    end();
    await house.pass(60);
    expect(house.runs.map(({ facts }) => facts?.['ORCH_DESIRED'])).toEqual(['5', '3']);
    expect(house.room.one('web')).toMatchObject({ setReplicas: 3, problem: null });
  });
  it('that fails is tried again, later each time, and told once', async () => {
    const house = new House({ executor: command, mode: 'live' });
    house.isOk = false;
    await house.pass(4 * 3600);
    expect(house.runs.length).toBeGreaterThan(6);
    expect(house.runs.length).toBeLessThan(18);
    expect(house.audits()).toEqual(['scale-begin', 'scale-failed']);
    expect(house.room.notes()).toEqual([
      { code: 'scaling', text: 'Instances of web were not set: ended with 1.' },
    ]);
    house.isOk = true;
    await house.pass(1800);
    expect(house.room.notes()).toEqual([]);
    expect(house.room.one('web')).toMatchObject({ setReplicas: 5, problem: null });
  });
});

describe('jobs of the project', () => {
  it('keep their instances until they end', async () => {
    const house = new House({ executor: command, mode: 'live' });
    house.jobs.power(factsAt('FULL'));
    for (const name of ['a', 'b', 'c']) house.jobs.add(name, { project: 'web' });
    house.jobs.add('of-another', { project: 'other' });
    await house.pass(300);
    house.low();
    await house.pass(600);
    expect([house.number(), house.runs.at(-1)?.facts?.['ORCH_DESIRED']]).toEqual([3, '3']);
    for (const name of ['a', 'b', 'c']) house.jobs.ends(name);
    await house.pass(600);
    expect([house.number(), house.runs.at(-1)?.facts?.['ORCH_DESIRED']]).toEqual([1, '1']);
  });
});

describe('a deployment in Kubernetes', () => {
  it('is set, keeps those of running jobs, and a cluster that refuses is not stormed', async () => {
    const cluster = await kubernetesServer();
    const executor = {
      ...{ kind: 'kubernetes', namespace: 'shop', deployment: 'web' },
      kubeconfig: cluster.kubeconfig,
    };
    const house = new House({ executor, mode: 'live' });
    const settled = async (what: (house: House) => boolean): Promise<void> =>
      expect.poll(() => what(house), { timeout: 20_000, interval: 20 }).toBe(true);
    try {
      house.tick();
      await settled(() => house.audits().includes('scale-end'));
      expect(cluster.replicas).toBe(5);
      cluster.status = 403;
      house.low();
      await house.pass(360);
      await settled(() => house.audits().includes('scale-failed'));
      expect(house.room.notes()[0]?.text).toBe(
        'Instances of web were not set: the credentials may not scale shop/web (403); they need get and update on deployments/scale.',
      );
      const asked = cluster.asked.length;
      house.tick();
      house.tick();
      expect(cluster.asked.length).toBe(asked);
      // A job that began meanwhile keeps its instance, whatever was decided before.
      house.jobs.power(factsAt('FULL'));
      house.jobs.add('late', { project: 'web' });
      house.jobs.add('later', { project: 'web' });
      cluster.status = null;
      await house.pass(60);
      await settled(() => cluster.replicas === 2);
    } finally {
      await house.room.stop();
      await cluster.close();
      rmSync(cluster.dir, { recursive: true, force: true });
    }
  });
});
