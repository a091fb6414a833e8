import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { openRecord } from '../../core/history/open-record.ts';
import { randomFrom } from '../fakes/seeded-random.ts';

const CHILD = resolve(import.meta.dirname, '../fixtures/sync/killed-courier.ts');
const LANES = 4;
const KILLS_A_LANE = 25;
/** A hundred starts of one program: it is compiled once. */
const cacheDir = mkdtempSync(join(tmpdir(), 'orch-kill-cache-'));
const dirs: string[] = [cacheDir];
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

/** Runs until it ends, or for so long after it is ready; gives its exit code and what it complained of. */
function run(
  dir: string,
  mode: string,
  startedMs: number,
  liveMs: number | null,
): Promise<[number | null, string]> {
  return new Promise((done, failed) => {
    const env = {
      ...process.env,
      STARTED_MS: String(startedMs),
      NODE_NO_WARNINGS: '1',
      NODE_COMPILE_CACHE: cacheDir,
    };
    const child = spawn(process.execPath, [CHILD, dir, mode], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let complaints = '';
    child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
    child.stdout.once('data', () => {
      if (liveMs !== null) setTimeout(() => child.kill('SIGKILL'), liveMs);
    });
    child.on('error', failed);
    child.on('close', (code) => done([code, complaints]));
  });
}

it('killed at 100 random moments between record and send: nothing lost, nothing doubled', async () => {
  const warm = mkdtempSync(join(tmpdir(), 'orch-kill-warm-'));
  dirs.push(warm);
  expect(await run(warm, 'drain', Date.now(), null)).toEqual([0, '']);
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const dir = mkdtempSync(join(tmpdir(), 'orch-kill-'));
    dirs.push(dir);
    const random = randomFrom(lane + 1);
    const startedMs = Date.now();
    for (let kill = 0; kill < KILLS_A_LANE; kill += 1) {
      const [, complaints] = await run(dir, 'fill', startedMs, random() * 80);
      expect(complaints).toBe('');
    }
    expect(await run(dir, 'drain', startedMs, null)).toEqual([0, '']);

    const { record, database } = await openRecord(join(dir, 'history.db'), 0);
    const facts = record.incidents({ sinceMs: 0 }).map(({ id }) => id);
    const stuck = database?.prepare("SELECT count(*) AS n FROM outbox WHERE state <> 'sent'").get()?.['n'];
    record.close();
    const told = readFileSync(join(dir, 'ledger'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' '));
    const bodies = (prefix: string): string[] =>
      told.filter(([key]) => key?.startsWith(prefix) === true).map(([, , body]) => body ?? '');

    const inOrder = facts.map(Number).sort((one, other) => one - other);
    expect(facts.length).toBeGreaterThan(10);
    expect(stuck).toBe(0);
    // What must not arrive twice arrived once.
    expect(
      bodies('once-')
        .map(Number)
        .sort((one, other) => one - other),
    ).toEqual(inOrder);
    // What may, arrived in order, and again only under its own id, right after itself.
    const events = bodies('event').map(Number);
    expect(events.filter((event, index) => event !== events[index - 1])).toEqual(inOrder);
    expect(events.length - inOrder.length).toBeLessThanOrEqual(KILLS_A_LANE);
    expect(Number(bodies('state').at(-1))).toBe(inOrder.at(-1));
    return { kills: KILLS_A_LANE, facts: facts.length };
  });
  const all = await Promise.all(lanes);
  expect(all.reduce((sum, { kills }) => sum + kills, 0)).toBe(100);
}, 120_000);
