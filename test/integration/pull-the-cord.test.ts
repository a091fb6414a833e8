import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Decision } from '../../shared/contract/decision.ts';
import { snapshotSchema, type Snapshot } from '../../shared/contract/state.ts';
import {
  makeHome,
  startDaemon,
  writeLaptop,
  writeProject,
  type Home,
  type RunningDaemon,
} from './running-daemon.ts';

/** From the kernel's files to the verdict that a hook sees, through the built product. */
let home: Home;
let daemon: RunningDaemon;

beforeAll(async () => {
  home = makeHome();
  writeLaptop(home.sysfsDir, { percent: 12, ac: true });
  const shop = join(home.dir, 'shop');
  writeProject(shop);
  expect((await home.orch('project', 'add', shop)).code).toBe(0);
  daemon = await startDaemon(home);
});
afterAll(async () => {
  await daemon.stop();
  home.remove();
});

test('plugged in at 12 %, a feature may go, and the state fits its schema', async () => {
  const { body } = await daemon.get('/v1/state');
  expect(snapshotSchema.parse(body).energy).toMatchObject({ level: 'FULL', onExternalPower: true });
  const gate = await home.orch('gate', 'shop', '--json');
  expect(gate.code).toBe(0);
  expect(JSON.parse(gate.stdout)).toMatchObject({ project: 'shop', change: 'feature', verdict: 'allow' });
});

test('with the cord pulled, features wait within 8 s; report and page follow within a second', async () => {
  const snapshots = await listen(daemon);
  writeLaptop(home.sysfsDir, { percent: 12, ac: false });
  const spentMs = await daemon.until(
    '/v1/decisions/shop?change=feature',
    (decision: Decision) => decision.verdict === 'block',
    8_000,
  );
  const changedAt = performance.now();
  await expect
    .poll(
      () =>
        (JSON.parse(readFileSync(join(home.dir, '.orchestrator_report.json'), 'utf8')) as Snapshot).energy
          .level,
    )
    .toBe('LOW');
  await expect.poll(() => snapshots.at(-1)?.energy.level).toBe('LOW');
  expect(performance.now() - changedAt).toBeLessThan(1_000);
  expect(spentMs).toBeGreaterThan(1_000);

  const gate = await home.orch('gate', 'shop');
  expect(gate.code).toBe(1);
  expect(gate.stdout).toMatch(/^block shop feature\n.*12.*\n.*To pass: /s);
  expect((await home.orch('gate', 'shop', '--change', 'fix')).code).toBe(0);
  expect((await home.orch('status', '--format', 'tmux')).stdout).toContain('LOW 12');
});

test('stopped, it leaves no endpoint behind, and a gate is skipped with one line', async () => {
  expect(await daemon.stop()).toBe(0);
  expect(existsSync(join(home.dir, 'endpoint.json'))).toBe(false);
  expect(existsSync(join(home.dir, 'api.sock'))).toBe(false);
  // The last report is seconds old and still stands in for the core.
  expect((await home.orch('gate', 'shop')).code).toBe(1);
  const other = await home.orch('gate', 'nowhere');
  expect(other).toMatchObject({ code: 0, stdout: '' });
  expect(other.stderr).toBe('orch: not running, gate skipped (recorded).\n');
  expect((await home.orch('gate', 'nowhere', '--strict')).code).toBe(3);

  daemon = await startDaemon(home);
  const { body } = await daemon.get('/v1/state');
  expect((body as Snapshot).notes).toEqual([
    { code: 'gates-skipped', text: '2 gates were skipped while the core was away (nowhere).' },
  ]);
});

/** Reads the event stream as the page does. */
async function listen({ endpoint }: RunningDaemon): Promise<Snapshot[]> {
  const response = await fetch(`${endpoint.url}/v1/events`, {
    headers: { authorization: `Bearer ${endpoint.token}` },
  });
  const seen: Snapshot[] = [];
  void (async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        if (data !== undefined) seen.push(JSON.parse(data) as Snapshot);
        text = text.slice(end + 2);
      }
    }
  })().catch(() => undefined);
  return seen;
}
