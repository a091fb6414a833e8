import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Decision } from '../../shared/contract/decision.ts';
import { shortestMs } from '../fakes/shortest-time.ts';
import {
  makeHome,
  SOUND_REPORT,
  startDaemon,
  writeProject,
  type Home,
  type RunningDaemon,
} from './running-daemon.ts';

/** What is slower than this is broken. */
const LIMIT_MS = 20_000;

/** A person's controls through the built CLI, and what a gate says after each. */
let home: Home;
let daemon: RunningDaemon;

beforeAll(async () => {
  home = makeHome();
  writeProject(join(home.dir, 'shop'));
  await home.orch('project', 'add', join(home.dir, 'shop'));
  daemon = await startDaemon(home);
});
afterAll(async () => {
  await daemon.stop();
  home.remove();
});
const featureIs = (verdict: string): Promise<number> =>
  daemon.until(
    '/v1/decisions/shop?change=feature',
    (decision: Decision) => decision.verdict === verdict,
    LIMIT_MS,
  );

test('a HALT names who and why, lets only reverts pass, survives a restart, and is lifted by hand', async () => {
  expect((await home.orch('halt', 'shop', '--reason', 'the database is being moved')).code).toBe(0);
  await featureIs('block');
  const gate = await home.orch('gate', 'shop', '--change', 'fix');
  expect(gate.code).toBe(1);
  expect(gate.stdout).toContain('the database is being moved');
  expect((await home.orch('gate', 'shop', '--change', 'revert')).code).toBe(0);

  await daemon.stop('SIGKILL');
  daemon = await startDaemon(home);
  expect((await home.orch('gate', 'shop')).code).toBe(1);
  expect((await home.orch('clear', 'shop')).code).toBe(0);
  await featureIs('allow');
});

test('a HALT written into the report blocks within a second', async () => {
  const tookMs = await shortestMs(1_000, async () => {
    writeProject(join(home.dir, 'shop'), { ...SOUND_REPORT, stability: 30, mode: 'HALT' });
    const blockedMs = await featureIs('block');
    expect((await home.orch('clear', 'shop')).code).toBe(0);
    writeProject(join(home.dir, 'shop'));
    await featureIs('allow');
    return blockedMs;
  });
  expect(tookMs).toBeLessThan(1_000);
});

test('a waiver needs a reason, lets its one kind pass, and is kept', async () => {
  await home.orch('halt', 'shop', '--reason', 'broken build');
  expect((await home.orch('waive', 'shop', '--change', 'fix')).code).toBe(2);
  expect((await home.orch('waive', 'shop', '--change', 'fix', '--reason', 'x', '--for', '5h')).code).toBe(2);
  expect((await home.orch('waive', 'shop', '--change', 'fix', '--reason', 'mends the build')).code).toBe(0);
  await daemon.until(
    '/v1/decisions/shop?change=fix',
    (decision: Decision) => decision.verdict === 'allow',
    LIMIT_MS,
  );
  expect((await home.orch('gate', 'shop')).code).toBe(1);
  await home.orch('clear', 'shop');
  expect((await home.orch('audit')).stdout).toMatch(/halt-cleared.*\n.*waive .*mends the build/);
});

test('low well-being asks for review and never stops a fix; the number stays out of files others read', async () => {
  expect((await home.orch('wellbeing', '55', '--tag', 'sick')).stdout).toContain('15 (set to 55, sick)');
  await featureIs('throttle');
  expect((await home.orch('gate', 'shop')).code).toBe(4);
  expect((await home.orch('gate', 'shop', '--change', 'fix')).code).toBe(0);
  await expect.poll(() => daemon.stderr()).not.toContain('wellbeing');
  const { readFileSync } = await import('node:fs');
  expect(readFileSync(join(home.dir, '.orchestrator_report.json'), 'utf8')).not.toMatch(/well-?being/i);
  await home.orch('wellbeing', '80');
  await featureIs('allow');
});

test('deployments and incidents are recorded and found again; a decision tells why', async () => {
  expect((await home.orch('deploy', 'start', 'shop', '--commit', 'abcdef1234')).code).toBe(0);
  expect((await home.orch('deploy', 'finish', 'shop', '--commit', 'abcdef1234', '--failed')).code).toBe(0);
  expect((await home.orch('deploy', 'finish', 'shop', '--commit', 'abcdef1234', '--ok')).code).toBe(2);
  const opened = await home.orch('incident', 'open', 'shop', '--title', 'checkout is down', '--json');
  const { id } = JSON.parse(opened.stdout) as { id: string };
  expect((await home.orch('incident', 'close', id)).stdout).toContain('closed');

  const decision = JSON.parse((await home.orch('gate', 'shop', '--json')).stdout) as Decision;
  const why = await home.orch('why', decision.id);
  expect(why.code).toBe(0);
  expect(why.stdout).toContain(decision.inputsHash);
  expect((await home.orch('why', 'no-such-decision')).code).toBe(2);
});

test('a settings file with an error keeps the last good settings and says so, line and key', async () => {
  const { readFileSync, writeFileSync } = await import('node:fs');
  const path = join(home.dir, 'config.yaml');
  const good = readFileSync(path, 'utf8');
  writeFileSync(path, good.replace('business', 'bussiness'));
  const check = await home.orch('config', 'check');
  expect(check.code).toBe(2);
  expect(check.stderr).toContain(
    'projects[0].profile: "bussiness" is not one of business, ml, infrastructure',
  );
  await daemon.until(
    '/v1/state',
    (state: { notes: { code: string; text: string }[] }) =>
      state.notes.some(
        ({ code, text }) => code === 'config-error' && text.includes('Keeping the last good settings'),
      ),
    2_000,
  );
  expect((await home.orch('gate', 'shop', '--change', 'fix')).code).toBe(0);
  writeFileSync(path, good);
  await daemon.until('/v1/state', (state: { notes: object[] }) => state.notes.length === 0, 2_000);
});

test('a second daemon of the same home finds the first and ends', async () => {
  const second = await home.orch('daemon');
  expect(second.code).toBe(0);
  expect(second.stderr).toContain(`pid ${daemon.endpoint.pid}`);
  expect((await daemon.get('/v1/health')).status).toBe(200);
});
