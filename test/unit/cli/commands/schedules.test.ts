import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { schedules } from '../../../../cli/commands/schedules.ts';
import { localIsoText } from '../../../../cli/local-time.ts';
import { UsageError } from '../../../../cli/usage-error.ts';
import { scheduleListSchema, type Schedule } from '../../../../shared/contract/scaling.ts';
import { commandIo } from '../../../fakes/command-io.ts';

let home: string;
let core: Server | null;
let written: { out: string; err: string };
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'orch-s-'));
  core = null;
  written = { out: '', err: '' };
});
afterEach(() => {
  core?.close();
  rmSync(home, { recursive: true, force: true });
});

/** A core that answers this, at the place where the command looks for one. */
async function coreWith(list: readonly Schedule[]): Promise<void> {
  const { socketPath, endpointPath } = commandIo(home).io.places;
  const body = JSON.stringify(scheduleListSchema.parse(list));
  core = createServer((request, response) => {
    const isAsked = request.url === '/v1/schedules' && request.headers.authorization === `Bearer ${TOKEN}`;
    response.writeHead(isAsked ? 200 : 404, { 'content-length': isAsked ? Buffer.byteLength(body) : 0 });
    response.end(isAsked ? body : '');
  });
  mkdirSync(dirname(socketPath), { recursive: true });
  core.listen(socketPath);
  await once(core, 'listening');
  const endpoint = { url: 'http://127.0.0.1:1', socket: socketPath, token: TOKEN, pid: process.pid };
  writeFileSync(endpointPath, JSON.stringify({ ...endpoint, startedAt: AT, version: '1.0.0' }), {
    mode: 0o600,
  });
}

/** Once more where a busy machine kept the answer for longer than the command waits. */
async function run(...argv: string[]): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const tried = commandIo(home);
    written = tried.written;
    const code = await schedules(argv, tried.io);
    if (!/no answer|accept the connection/.test(written.err) || tries === 20) return code;
  }
}

const AT = '2026-01-05T10:00:00.000Z';
const TOKEN = 'a'.repeat(32);
const idle: Schedule = {
  project: 'model',
  schedule: '0 3 * * *',
  timeZone: null,
  command: ['python', 'train.py'],
  observeOnly: false,
  state: 'idle',
  nextWindowAt: '2026-01-06T03:00:00.000Z',
  window: null,
  wait: null,
  jobId: null,
  last: null,
};
const local = (iso: string): string => localIsoText(Date.parse(iso)).slice(0, 16).replace('T', ' ');
const next = `next ${local('2026-01-06T03:00:00.000Z')}`;

describe('orch schedules', () => {
  it('says so where there are none', async () => {
    await coreWith([]);
    expect(await run()).toBe(0);
    expect(written).toEqual({ out: 'No schedules.\n', err: '' });
    expect(await run('--json')).toBe(0);
    expect(JSON.parse(written.out)).toEqual({ schemaVersion: 1, schedules: [] });
  });

  it('tells each in one line: what is now and why, the next window, the last result', async () => {
    const window = { at: AT, isMissed: true };
    const wait = { reason: 'the machine is hot', until: 'it is cooler', untilAt: null };
    await coreWith([
      idle,
      { ...idle, project: 'waits', state: 'waiting', window, wait },
      { ...idle, project: 'runs', state: 'running', jobId: '01234567-89ab-4def-8123-456789abcdef' },
      {
        ...idle,
        project: 'over',
        nextWindowAt: null,
        last: {
          ...{ windowAt: AT, isMissed: false, result: 'failed', text: 'it ended\nwith 3', exitCode: 3 },
          ...{ jobId: null, startedAt: AT, endedAt: AT, ranSeconds: 4, before: null, after: null },
        },
      },
    ]);
    expect(await run()).toBe(0);
    expect(written.out.split('\n')).toEqual([
      `model  0 3 * * *  ${next}`,
      `waits  0 3 * * *  waits (missed window); the machine is hot, until it is cooler; ${next}`,
      `runs  0 3 * * *  runs as job 01234567; ${next}`,
      `over  0 3 * * *  no further window; last ${local(AT)}: it ended with 3`,
      '',
    ]);
    expect(await run('--json')).toBe(0);
    const { schedules: listed } = JSON.parse(written.out) as { schedules: Schedule[] };
    expect(listed.map(({ project, state }) => [project, state])).toEqual([
      ['model', 'idle'],
      ['waits', 'waiting'],
      ['runs', 'running'],
      ['over', 'idle'],
    ]);
  });

  it('without a core exits 3 and says what to do', async () => {
    expect(await run()).toBe(3);
    expect(written.out).toBe('');
    expect(written.err).toContain('not running. Start it with `orch daemon`');
  });

  it('takes no argument, and has help', async () => {
    await expect(run('model')).rejects.toThrow(UsageError);
    expect(await run('--help')).toBe(0);
    expect(written.out).toContain('orch schedules: when models are trained again');
  });
});
