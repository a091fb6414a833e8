import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { run } from '../../../../cli/commands/run.ts';
import { commandIo } from '../../../fakes/command-io.ts';

it('runs the command to its end where nothing can be noted beside it, and says so', async () => {
  const home = mkdtempSync(join(tmpdir(), 'orch-run-'));
  const { io, written } = commandIo(home, { env: { PATH: process.env['PATH'] } });
  try {
    writeFileSync(io.places.jobsDir, 'in the way of a folder');
    expect(await run(['--', 'sh', '-c', 'exit 7'], io)).toBe(7);
    expect(written.err).toContain(`nothing can be noted in ${io.places.jobsDir}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

it.concurrent.each([
  ['an error', 500, '{}', 'answers with an error (500)'],
  ['another page', 200, '<html>', 'answers with something that is no job'],
  ['another JSON', 200, '[]', 'answers with something that is no job'],
])(
  'says once what it waits for while the core answers with %s, and when it goes on',
  async (...told) => {
    const [, status, body, words] = told;
    const home = mkdtempSync(join(tmpdir(), 'orch-run-'));
    const { io, written } = commandIo(home, { env: { PATH: process.env['PATH'] } });
    let [asked, isMended] = [0, false];
    const core = createServer((request, response) => {
      asked += 1;
      const job = { id: 'one', state: request.method === 'GET' ? 'starting' : 'running' };
      const [code, text] = isMended ? [200, JSON.stringify({ job, isNiced: false })] : [status, body];
      response.writeHead(code, { 'content-length': Buffer.byteLength(text) }).end(text);
    });
    try {
      await new Promise<void>((resolve) => core.listen(io.places.socketPath, resolve));
      const endpoint = {
        url: 'http://127.0.0.1:1',
        socket: io.places.socketPath,
        token: 't',
        pid: process.pid,
      };
      writeFileSync(
        io.places.endpointPath,
        JSON.stringify({ ...endpoint, startedAt: '2026-01-05T10:00:00.000Z', version: '1.0.0' }),
      );
      const ended = run(['--', 'true'], io);
      await vi.waitFor(() => expect(asked).toBeGreaterThan(2), { timeout: 20_000 });
      isMended = true;
      expect(await ended).toBe(0);
      expect(written.err).toBe(
        `orch: the core ${words}; waits until it answers for the job. ` +
          'To run without it: Ctrl-C, then the command alone.\norch: the core answers again.\n',
      );
    } finally {
      core.close();
      rmSync(home, { recursive: true, force: true });
    }
  },
  40_000,
);
