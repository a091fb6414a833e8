import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

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
