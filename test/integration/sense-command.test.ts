import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { sense } from '../../cli/commands/sense.ts';
import { senseReportSchema } from '../../shared/contract/energy.ts';
import { commandIo } from '../fakes/command-io.ts';
import { AC_OFF, AC_ON, pack } from '../fixtures/sysfs/machines.ts';
import type { SysfsTree } from '../fixtures/sysfs/tree.ts';
import { laySysfs } from '../fixtures/sysfs/tree.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command with a home of its own; `config` is the text of its config.yaml. */
async function run(argv: string[], env: Record<string, string> = {}, config = ''): Promise<Ran> {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  if (config !== '') writeFileSync(join(home, 'config.yaml'), config);
  const { io, written } = commandIo(home, {
    env,
    nowMs: () => Date.now(),
  });
  const code = await sense(argv, io);
  return { code, ...written };
}

const laptop: SysfsTree = {
  power_supply: {
    AC: AC_OFF,
    BAT0: pack(17),
    hidpp_battery_0: { type: 'Battery', scope: 'Device', capacity: 3, status: 'Discharging' },
  },
  thermal: { thermal_zone0: { type: 'x86_pkg_temp', temp: 55_000 } },
};

describe('orch sense', () => {
  it('says what it read, in the shape others rely on', async () => {
    const { code, out } = await run(['--sysfs', laySysfs(laptop), '--json']);
    expect(code).toBe(0);
    const report = senseReportSchema.parse(JSON.parse(out));
    expect(report).toMatchObject({
      level: 'LOW',
      levelValue: 1,
      why: 'battery 17 %, draining 9.1 W',
      onExternalPower: false,
      percent: 17,
      netPowerW: -9.1,
      state: 'discharging',
      batteryPresent: true,
      ups: [],
      thermal: { coolingStatus: 'NORMAL', hottestC: 55, zone: 'x86_pkg_temp', headroomC: 45 },
    });
    expect(report.supplies.find((s) => s.name === 'hidpp_battery_0')).toMatchObject({ counted: false });
  });

  it('says it to people', async () => {
    const { out } = await run([], { ORCH_SYSFS: laySysfs(laptop) });
    expect(out).toContain('LOW  battery 17 %, draining 9.1 W');
    expect(out).toMatch(/hidpp_battery_0 +battery +no .*powers a device/);
    expect(out).toMatch(/cooling NORMAL, 45\.0 °C below the limit of x86_pkg_temp/);
  });

  it('takes the flag before the environment', async () => {
    const env = { ORCH_SYSFS: laySysfs({}) };
    expect((await run(['--sysfs', laySysfs(laptop)], env)).out).toContain('LOW');
    expect((await run([], env)).out).toContain('FULL  mains, no battery');
  });

  it('keeps to the settings', async () => {
    const root = laySysfs({ power_supply: { AC: AC_ON, BAT0: pack(30), BAT1: pack(10) } });
    const ignored = await run(['--sysfs', root, '--json'], {}, 'energy: {ignoreSupplies: [BAT1]}\n');
    expect(JSON.parse(ignored.out)).toMatchObject({ percent: 30 });
    const always = await run(['--sysfs', root], {}, 'energy: {alwaysOnMains: true}\n');
    expect(always.out).toContain('FULL  always on mains');
  });

  it('goes on when the settings cannot be read', async () => {
    const { code, out, err } = await run(['--sysfs', laySysfs(laptop)], {}, 'energy: {nutt: x}\n');
    expect(code).toBe(0);
    expect(out).toContain('LOW');
    expect(err).toMatch(/nutt/);
  });

  it('ends with 3 and what it read when the level is not known', async () => {
    const root = laySysfs({ power_supply: { AC: AC_OFF, BAT0: pack(0) } });
    const { code, out } = await run(['--sysfs', root, '--json']);
    expect(code).toBe(3);
    const report = senseReportSchema.parse(JSON.parse(out));
    expect(report).toMatchObject({ level: 'UNKNOWN', levelValue: null, percent: null });
    expect(report.supplies).toHaveLength(2);
  });

  it('ends with 3 on a folder that is no sysfs', async () => {
    const { code, out } = await run(['--sysfs', tmpdir(), '--json']);
    expect(code).toBe(3);
    expect(senseReportSchema.parse(JSON.parse(out)).why).toMatch(/not readable/);
  });

  it('does not know a desktop whose UPS daemon is not there', async () => {
    const { code, out } = await run(['--sysfs', laySysfs({}), '--nut', '127.0.0.1:1', '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ level: 'UNKNOWN', ups: [{ source: 'nut', commLost: false }] });
  });

  it.each([
    [['--sysfs', '/no/such/folder'], /--sysfs/],
    [['--nut', 'no address:'], /--nut/],
    [['--what'], /--what/],
    [['laptop'], /laptop/],
  ])('refuses %j', async (argv, message) => {
    await expect(run(argv)).rejects.toThrow(message);
  });

  it('lets no control sequence of a name reach the terminal', async () => {
    const root = laySysfs({ power_supply: { 'BAT\u001b[31m': pack(50) } });
    expect((await run(['--sysfs', root])).out).not.toContain('\u001b');
  });

  it('explains itself', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('--apcupsd HOST:PORT');
  });
});
