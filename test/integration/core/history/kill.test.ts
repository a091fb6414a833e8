import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { openRecord } from '../../../../core/history/open-record.ts';
import { createSampleStore } from '../../../../core/history/sample-store.ts';
import { randomFrom } from '../../../fakes/seeded-random.ts';

const KILLS = 200;
/** Each line kills in a database of its own, one after another; the lines run beside each other. */
const LINES = 4;
const dir = mkdtempSync(join(tmpdir(), 'orch-kill-'));
const writerPath = join(dir, 'tick-writer.mjs');
// In one file it starts in a quarter of the time, two hundred times.
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: join(import.meta.dirname, 'tick-writer.ts'),
      outDir: dir,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'tick-writer.mjs' } },
    },
  });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Writes until killed, some milliseconds after its first word; the instants it acknowledged. */
function killedWriter(path: string, afterMs: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', writerPath, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (piece: Buffer) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
      said += piece.toString();
    });
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the writer ended by itself: ${said.slice(-200)}`));
      // A line without its end was not said.
      else resolve(said.split('\n').slice(0, -1).map(Number));
    });
  });
}

async function line(number: number): Promise<{ kills: number; acknowledged: number; inFlight: number }> {
  const path = join(dir, `history-${number}.db`);
  const random = randomFrom(number);
  const acknowledged = new Set<number>();
  let inFlight = 0;
  for (let kill = 0; kill < KILLS / LINES; kill += 1) {
    const said = await killedWriter(path, random() * 40);
    expect(said.length).toBeGreaterThan(0);
    for (const atMs of said) acknowledged.add(atMs);

    const { record, database, problem } = await openRecord(path, 0);
    expect(problem).toBeNull();
    if (database === null) throw new Error('no database');
    const store = createSampleStore(database);
    const kept = new Set(store.samples('percent', { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER / 2 }).atMs);
    expect([...acknowledged].filter((atMs) => !kept.has(atMs))).toEqual([]);
    // No more is there than what was said and the one being said; with it the next run goes on.
    const more = [...kept].filter((atMs) => !acknowledged.has(atMs));
    expect(more.length).toBeLessThanOrEqual(1);
    inFlight += more.length;
    for (const atMs of more) acknowledged.add(atMs);
    expect(Number(record.control('newest'))).toBeGreaterThanOrEqual(said.at(-1) ?? 0);
    record.close();
  }
  return { kills: KILLS / LINES, acknowledged: acknowledged.size, inFlight };
}

it(`keeps every acknowledged tick through ${KILLS} kills at random moments, and the file opens each time`, async () => {
  const lines = await Promise.all(Array.from({ length: LINES }, (_, number) => line(number + 1)));
  expect(lines.reduce((sum, { kills }) => sum + kills, 0)).toBe(KILLS);
  expect(readdirSync(dir).filter((name) => name.includes('.corrupt-'))).toEqual([]);
}, 180_000);
