import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';

import { startHost, type HostResult } from '../../core/host.ts';
import { placesFrom } from '../../core/places.ts';
import { productFiles } from '../../core/product-files.ts';
import { createDemoRepository, type DemoRepository } from '../../scripts/demo/demo-repository.ts';
import { hasPart } from '../../scripts/system-parts.ts';
import type { Decision } from '../../shared/contract/decision.ts';
import type { Deployment, Incident } from '../../shared/contract/record.ts';
import type { Action } from '../../shared/contract/remediation.ts';
import { skippingClock } from '../fakes/skipping-clock.ts';
import { eventually } from './nut-server.ts';
import { startPrometheus, type PrometheusServer } from './prometheus-server.ts';
import { makeHome, writeLaptop } from './running-daemon.ts';
import { startSampleService, type SampleService } from './sample-service.ts';

const INTERVAL_MS = 30_000;
const errors = (window: string): string => `sum(increase(shop_requests_total{code="500"}[${window}]))`;
const events = (window: string): string => `sum(increase(shop_requests_total[${window}]))`;

const home = makeHome();
const clock = skippingClock();
let shop: DemoRepository;
let prometheus: PrometheusServer;
let service: SampleService;
let host: Extract<HostResult, { kind: 'hosting' }>;
let rounds = 0;

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what the caller expects back
const ask = async <T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> => {
  const file = host.endpoint?.file;
  const response = await fetch(`${file?.url ?? ''}${path}`, {
    method,
    headers: { authorization: `Bearer ${file?.token ?? ''}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
};
const actions = async (): Promise<Action[]> => (await ask<Action[]>('GET', '/v1/actions')).body;
const newest = async (): Promise<Action | undefined> => (await actions())[0];
const deploy = async (message: string, status: string): Promise<string> => {
  const commit = shop.commit(message, { 'status.txt': `${status}\n`, [`${message.length}.txt`]: message });
  const { body } = await ask<Deployment>('POST', '/v1/deployments', { project: 'shop', commit });
  await ask('PATCH', `/v1/deployments/${body.id}`, { result: 'ok' });
  return commit;
};
/** One interval of the loop passes, with the round that it brings and the one that its answers bring. */
const interval = async (): Promise<void> => {
  const before = rounds;
  clock.skipMs(INTERVAL_MS);
  await eventually('two rounds', () => Promise.resolve(rounds >= before + 3), 10_000);
};
/** How many intervals pass until it holds. */
const intervalsUntil = async (holds: () => Promise<boolean>, most: number): Promise<number> => {
  for (let count = 0; count <= most; count += 1) {
    if (await holds()) return count;
    await interval();
  }
  throw new Error(`not within ${most} intervals: ${JSON.stringify(await actions())}`);
};
const remoteSubjects = (): string[] =>
  execFileSync('git', ['-C', shop.dir, 'ls-remote', 'origin'], { encoding: 'utf8' }) === ''
    ? []
    : execFileSync('git', ['-C', join(home.dir, 'projects/remotes/shop.git'), 'log', '--format=%s', 'main'], {
        encoding: 'utf8',
      })
        .trim()
        .split('\n');
const reverts = (): number => remoteSubjects().filter((subject) => subject.startsWith('Revert')).length;

describe.skipIf(!hasPart('prometheus'))('a bad deployment, seen by a real Prometheus', () => {
  beforeAll(async () => {
    shop = createDemoRepository(join(home.dir, 'projects'), 'shop');
    shop.commit('feat: a shop', { 'status.txt': 'ok\n' });
    service = await startSampleService(join(shop.deployedDir, 'status.txt'));
    prometheus = await startPrometheus(join(home.dir, 'no-token'));
    prometheus.scrape('example', service.address);
    writeLaptop(home.sysfsDir, { percent: 80, ac: true });
    writeFileSync(
      join(home.dir, 'config.yaml'),
      stringify({
        port: 0,
        projects: [
          {
            id: 'shop',
            path: shop.dir,
            rollback: { kind: 'git-revert', mode: 'automatic', verifyMinutes: 2 },
            evidence: {
              prometheus: {
                url: prometheus.url,
                errorsQuery: errors('$window'),
                eventsQuery: events('$window'),
                objectivePercent: 99,
              },
            },
          },
        ],
      }),
      { mode: 0o600 },
    );
    await eventually(
      'an hour with events',
      async () => ((await prometheus.valueOf(events('1h'))) ?? 0) >= 100,
      20_000,
    );
    const started = await startHost({
      clock,
      chance: () => 0.5,
      places: placesFrom(home.env, process.platform, home.dir),
      env: home.env,
      platform: process.platform,
      version: '0.0.0',
      files: productFiles(pathToFileURL(`${join(import.meta.dirname, '../..')}/`)),
      wantedPort: null,
      hasApi: true,
      isOnce: false,
      intervalMs: 150,
      onSnapshot: () => void (rounds += 1),
      onFault: (error) => {
        throw error;
      },
    });
    if (started.kind !== 'hosting') throw new Error(started.kind);
    host = started;
  }, 60_000);

  afterAll(async () => {
    await host.stop();
    service.close();
    await prometheus.stop();
    home.remove();
  });

  it('leaves a good deployment alone', async () => {
    await deploy('feat: gift cards', 'ok');
    for (let count = 0; count < 3; count += 1) await interval();
    expect(await actions()).toEqual([]);
  });

  it('is rolled back within two intervals, by one revert, and the commit is refused from then on', async () => {
    const bad = await deploy('feat: faster checkout', 'checkout fails');
    const rate = async (): Promise<number> =>
      ((await prometheus.valueOf(errors('1h'))) ?? 0) / ((await prometheus.valueOf(events('1h'))) ?? 1);
    await eventually('14.4 % of the hour failing', async () => (await rate()) >= 0.15, 20_000);

    expect(await intervalsUntil(async () => (await newest()) !== undefined, 2)).toBeLessThanOrEqual(2);
    await eventually('a revert that is pushed', async () => (await newest())?.state === 'verifying', 20_000);

    expect(await newest()).toMatchObject({
      kind: 'rollback',
      project: 'shop',
      subject: bad,
      can: ['undo', 'retry'],
    });
    expect(remoteSubjects().slice(0, 2)).toEqual(['Revert "feat: faster checkout"', 'feat: faster checkout']);
    const [deployment] = (await ask<Deployment[]>('GET', '/v1/deployments?project=shop')).body;
    expect(deployment).toMatchObject({ commit: bad, result: 'rolled-back' });
    const [incident] = (await ask<Incident[]>('GET', '/v1/incidents?project=shop')).body;
    expect(incident).toMatchObject({ severity: 'major', closedAt: null });

    const refused = await ask<{ error: { code: string; message: string } }>('POST', '/v1/deployments', {
      project: 'shop',
      commit: bad,
    });
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('in quarantine');
    const gate = async (): Promise<Decision> =>
      (await ask<Decision>('GET', '/v1/decisions/shop?change=feature')).body;
    // From the next round on, which the rollback has asked for.
    await eventually('a gate that blocks', async () => (await gate()).verdict === 'block');
    expect((await gate()).reasons.map(({ code }) => code)).toContain('commit-quarantined');
    expect((await ask<Decision>('GET', '/v1/decisions/shop?change=revert')).body.verdict).toBe('allow');
    for (let count = 0; count < 3; count += 1) await interval();
    expect(reverts()).toBe(1);
  }, 60_000);

  it('rolls the second back, and asks before the third', async () => {
    const second = await deploy('feat: even faster checkout', 'fails again');
    await intervalsUntil(async () => (await newest())?.subject === second, 8);
    await eventually('the second revert', async () => (await newest())?.state === 'verifying', 20_000);
    expect(reverts()).toBe(2);

    const third = await deploy('feat: the fastest checkout of all', 'fails once more');
    await intervalsUntil(async () => (await newest())?.subject === third, 8);
    const asks = await newest();
    expect(asks).toMatchObject({ state: 'asking', can: ['approve', 'decline'] });
    expect(asks?.text).toContain('2 rollbacks in the last 24 h');
    await interval();
    expect(reverts()).toBe(2);
    const { alerts } = (await ask<{ alerts: { code: string }[] }>('GET', '/v1/state')).body;
    expect(alerts.map(({ code }) => code)).toContain('rollback-asks');

    expect((await ask('POST', `/v1/actions/${asks?.id ?? ''}/approve`, {})).status).toBe(200);
    await eventually('the third revert', async () => (await newest())?.state === 'verifying', 20_000);
    expect(reverts()).toBe(3);
    expect((await ask('POST', `/v1/actions/${asks?.id ?? ''}/approve`, {})).status).toBe(409);
  }, 60_000);

  it('says that it did not help, and leaves the incident open', async () => {
    const { id } = (await newest()) ?? { id: '' };
    await intervalsUntil(async () => (await newest())?.state !== 'verifying', 40);
    expect(await newest()).toMatchObject({ id, state: 'not-helped' });
    const open = (await ask<Incident[]>('GET', '/v1/incidents?project=shop')).body;
    expect(open.filter(({ closedAt }) => closedAt === null).length).toBeGreaterThanOrEqual(1);
    const acts = (await ask<{ act: string }[]>('GET', '/v1/audit?project=shop&limit=200')).body;
    const told = acts.map(({ act }) => act);
    for (const act of ['rollback-running', 'rollback-git-begin', 'rollback-git-end', 'rollback-verifying'])
      expect(told).toContain(act);
  }, 60_000);

  it('is taken back when a person says so: the commit stands again, and is held no more', async () => {
    const { id, subject } = (await newest()) ?? { id: '', subject: '' };
    const remote = (...argv: string[]): string =>
      execFileSync('git', ['-C', join(home.dir, 'projects/remotes/shop.git'), ...argv], { encoding: 'utf8' });
    const before = remoteSubjects().length;
    expect((await ask('POST', `/v1/actions/${id}/undo`, {})).status).toBe(200);
    await eventually('the undo', async () => (await newest())?.state === 'undone', 20_000);
    expect(remoteSubjects()).toHaveLength(before + 1);
    expect(remote('diff', '--stat', subject, 'main')).toBe('');
    expect((await ask('POST', `/v1/actions/${id}/undo`, {})).status).toBe(409);
    const redeployed = await ask('POST', '/v1/deployments', { project: 'shop', commit: subject });
    expect(redeployed.status).not.toBe(409);
  }, 60_000);
});
