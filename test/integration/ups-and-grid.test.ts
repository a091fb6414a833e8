import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, describe, expect, test } from 'vitest';

import type { Decision } from '../../shared/contract/decision.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { NUT_IS_HERE, startNutServer } from './nut-server.ts';
import {
  makeHome,
  startDaemon,
  writeLaptop,
  writeProject,
  type Home,
  type RunningDaemon,
} from './running-daemon.ts';

/** What stands behind the wall reaches the verdict: a UPS daemon, and a grid that projects run on. */
let home: Home | null = null;
let daemon: RunningDaemon | null = null;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  await daemon?.stop();
  home?.remove();
  for (const close of closing.splice(0)) await close();
});

const ups = (status: string, charge: number, runtimeS: number): string =>
  `ups.status: ${status}\nbattery.charge: ${charge}\nbattery.runtime: ${runtimeS}\nups.load: 30\n`;

describe.skipIf(!NUT_IS_HERE)('a desktop behind a real UPS daemon (needs Debian package nut-server)', () => {
  test('a power cut caps the level by the UPS, and its return lifts it', async () => {
    const nut = await startNutServer({ desk: ups('OL', 100, 2400) });
    closing.push(() => nut.stop());
    home = makeHome();
    writeProject(join(home.dir, 'shop'));
    await home.orch('project', 'add', join(home.dir, 'shop'));
    appendFileSync(join(home.dir, 'config.yaml'), `energy:\n  nut: ${nut.address}\n`);
    daemon = await startDaemon(home);
    await daemon.until('/v1/state', ({ energy }: Snapshot) => energy.ups[0]?.onBattery === false, 20_000);
    const { body } = await daemon.get('/v1/state');
    expect((body as Snapshot).energy).toMatchObject({
      level: 'FULL',
      ups: [{ feedsThisMachine: true, status: 'OL' }],
    });

    nut.show('desk', ups('OB DISCHRG', 80, 700));
    await daemon.until('/v1/state', ({ energy }: Snapshot) => energy.level === 'LOW', 40_000);
    const gate = await home.orch('gate', 'shop', '--json');
    expect(JSON.parse(gate.stdout)).toMatchObject({ verdict: 'block', level: 'LOW' });
    const infra = await daemon.get('/v1/decisions/infrastructure?change=infra');
    expect(infra.body).toMatchObject({ verdict: 'block', operatingMode: 'DEGRADED' });

    nut.show('desk', ups('OB LB DISCHRG', 20, 100));
    await daemon.until('/v1/state', ({ energy }: Snapshot) => energy.level === 'CRITICAL', 40_000);
    nut.show('desk', ups('OL CHRG', 25, 400));
    await daemon.until('/v1/decisions/shop', ({ verdict }: Decision) => verdict === 'allow', 40_000);
  }, 180_000);
});

test('a strained grid lowers the project that runs on it, and no other', async () => {
  const server: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ now: { intensity: 640 } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  home = makeHome();
  writeLaptop(home.sysfsDir, { percent: 90, ac: true });
  for (const id of ['cloud', 'here']) writeProject(join(home.dir, id));
  const url = `http://127.0.0.1:${port}/`;
  home.configure({
    energy: { grid: { source: 'json', label: 'DE grid', valuePath: 'now.intensity', lowAt: 500, url } },
    projects: [
      { id: 'cloud', path: join(home.dir, 'cloud'), runsOnGrid: true },
      { id: 'here', path: join(home.dir, 'here') },
    ],
  });
  expect((await home.orch('config', 'check')).stderr).toBe('');
  daemon = await startDaemon(home, '--interval', '1');
  await daemon.until('/v1/decisions/cloud', ({ verdict }: Decision) => verdict === 'block', 10_000);
  const { body } = await daemon.get('/v1/decisions/cloud');
  expect((body as Decision).bindingReason).toContain('DE grid');
  expect((await daemon.get('/v1/decisions/here')).body).toMatchObject({ verdict: 'allow', level: 'FULL' });
});
