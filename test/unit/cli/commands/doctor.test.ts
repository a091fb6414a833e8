import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { doctor } from '../../../../cli/commands/doctor.ts';
import { commandIo } from '../../../fakes/command-io.ts';

const dirs: string[] = [];
afterEach(() => dirs.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

/** A home of its own, sensors of an empty machine, no desktop. */
function setUp(config?: string) {
  const home = mkdtempSync(join(tmpdir(), 'orch-doctor-'));
  dirs.push(home);
  mkdirSync(join(home, 'sys/class/power_supply'), { recursive: true });
  if (config !== undefined) writeFileSync(join(home, 'config.yaml'), config, { mode: 0o600 });
  const env = { ORCH_HOME: home, ORCH_SYSFS: join(home, 'sys') };
  const { io, written } = commandIo(home, { env });
  return { written, run: (...argv: string[]) => doctor(argv, io) };
}

describe('orch doctor', () => {
  it('says what it found, a line a check, and what to do', async () => {
    const { run, written } = setUp();
    expect(await run()).toBe(0);
    expect(written.out).toMatch(/^ok {7}Power sensors: No power supplies/m);
    expect(written.out).toMatch(/^warning {2}Local endpoint: No core is running\.\n +> Start the app/m);
    expect(written.err).toBe('');
  });

  it('exits 1 when something is wrong, and names the line of the settings', async () => {
    const { run, written } = setUp('port: 7717\nintervalSeconds: soon\n');
    expect(await run()).toBe(1);
    expect(written.out).toMatch(/^PROBLEM {2}Settings: .*\n +config\.yaml:2:1 intervalSeconds/m);
  });

  it('speaks JSON with a schema version', async () => {
    const { run, written } = setUp();
    expect(await run('--json')).toBe(0);
    const report = JSON.parse(written.out) as { schemaVersion: number; checks: { id: string }[] };
    expect(report.schemaVersion).toBe(1);
    expect(report.checks.map((one) => one.id)).toContain('power-sensors');
    expect(report.checks.every((one) => 'status' in one && 'text' in one && 'next' in one)).toBe(true);
  });

  it('refuses what it does not know', async () => {
    const { run } = setUp();
    await expect(run('--fix')).rejects.toThrow(/--fix/);
    await expect(run('sensors')).rejects.toThrow(/no argument "sensors"/);
  });
});
