import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it } from 'vitest';

import { createLinuxPowerReader } from '../../core/energy/power-reader.ts';
import { createSensorThread } from '../../core/energy/sensor-thread.ts';
import type { SensorThread } from '../../core/energy/sensor-thread.ts';
import { systemClock } from '../../core/system-clock.ts';
import { energyConfigSchema } from '../../shared/contract/config.ts';
import { AC_ON, pack } from '../fixtures/sysfs/machines.ts';
import { laySysfs } from '../fixtures/sysfs/tree.ts';

const realWorker = new URL('../../core/energy/sensor-worker.ts', import.meta.url);
const stub = (name: string) => new URL(`../fixtures/sensor-workers/${name}.mjs`, import.meta.url);

const open: SensorThread[] = [];
const unblock: string[] = [];

function thread(workerUrl: URL, sysfsDir: string, stuck: (() => boolean)[] = []): SensorThread {
  const made = createSensorThread({
    sysfsDir,
    choice: { alwaysOnMains: false, ignoreSupplies: [] },
    workerUrl,
    clock: systemClock,
    onStuck: (isStuck) => stuck.push(isStuck),
  });
  open.push(made);
  return made;
}

/** A folder with a FIFO; opening it blocks in the kernel until the test lets go. */
function fifoDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'blocked-'));
  execFileSync('mkfifo', [join(dir, 'fifo')]);
  unblock.push(join(dir, 'fifo'));
  return dir;
}

function letGo(fifo: string): void {
  closeSync(openSync(fifo, 'r+'));
}

afterEach(async () => {
  unblock.splice(0).forEach(letGo);
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('the sensor thread', () => {
  it('answers look after look', async () => {
    const root = laySysfs({
      power_supply: { AC: AC_ON, BAT0: pack(50, { status: 'Charging' }) },
      thermal: { thermal_zone0: { type: 'x86_pkg_temp', temp: 55_000 } },
    });
    const sensors = thread(realWorker, root);
    for (let n = 0; n < 3; n += 1) {
      const read = await sensors.look();
      expect(read.supplies.map((s) => [s.name, s.online, s.percent])).toEqual([
        ['AC', true, null],
        ['BAT0', null, 50],
      ]);
      expect(read.thermal).toMatchObject({ coolingStatus: 'NORMAL', hottestC: 55 });
    }
  });

  it('gives two who ask at once the same look', async () => {
    const sensors = thread(realWorker, laySysfs({ power_supply: { BAT0: pack(50) } }));
    const [a, b] = await Promise.all([sensors.look(), sensors.look()]);
    expect(a).toBe(b);
  });

  it('is not held up by eight FIFOs in place of sensors', async () => {
    const root = laySysfs({ power_supply: { BAT0: pack(50) }, thermal: {} });
    for (let n = 0; n < 8; n += 1) {
      execFileSync('mkdir', [join(root, `class/thermal/thermal_zone${n}`)]);
      execFileSync('mkfifo', [join(root, `class/thermal/thermal_zone${n}/temp`)]);
    }
    const read = await thread(realWorker, root).look();
    expect(read.supplies[0]).toMatchObject({ percent: 50 });
    expect(read.thermal.sensors.map((s) => s.valueC)).toEqual(Array.from({ length: 8 }, () => null));
  });

  it('fails on a root that is no sysfs', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'empty-'));
    await expect(thread(realWorker, empty).look()).rejects.toThrow(/is .* a sysfs/);
  });

  it('leaves a hanging driver behind, replaces the thread, and leaves that folder out', async () => {
    const stuck: (() => boolean)[] = [];
    const sensors = thread(stub('blocked'), fifoDir(), stuck);
    const startedMs = performance.now();
    await expect(sensors.look()).rejects.toThrow(/did not answer within 1 s at thermal\/thermal_zone3/);
    expect(performance.now() - startedMs).toBeLessThan(2_500);
    expect((await sensors.look()).problems).toEqual(['thermal/thermal_zone3']);
    expect((await sensors.look()).problems).toEqual(['thermal/thermal_zone3']);
    expect(stuck.map((is) => is())).toEqual([true]);
  });

  it('reads the folder again once its driver has let go', async () => {
    const stuck: (() => boolean)[] = [];
    const sensors = thread(stub('blocked'), fifoDir(), stuck);
    await expect(sensors.look()).rejects.toThrow(/did not answer/);
    await sensors.look();
    letGo(unblock[0]!);
    await expect.poll(() => stuck[0]?.(), { timeout: 5_000 }).toBe(false);
    await expect(sensors.look()).rejects.toThrow(/did not answer/);
  });

  it.each(['silent', 'busy'])('ends a thread that is %s and starts another', async (name) => {
    const stuck: (() => boolean)[] = [];
    const sensors = thread(stub(name), '/', stuck);
    await expect(sensors.look()).rejects.toThrow(/did not answer/);
    await expect.poll(() => stuck[0]?.(), { timeout: 5_000 }).toBe(false);
    await expect(sensors.look()).rejects.toThrow(/did not answer/);
    expect(stuck).toHaveLength(2);
  });

  it('survives a thread that dies', async () => {
    const sensors = thread(stub('crashing'), '/');
    await expect(sensors.look()).rejects.toThrow('out of order');
    await expect(sensors.look()).rejects.toThrow('out of order');
  });

  it('answers nobody after it was closed', async () => {
    const sensors = thread(realWorker, laySysfs({}));
    await sensors.close();
    await expect(sensors.look()).rejects.toThrow(/closed/);
  });
});

describe('a process with a thread inside a hanging driver', () => {
  it.each(['by itself', 'process.exit'])('ends %s, with its own exit code', async (how) => {
    const script = fileURLToPath(stub('leave-while-blocked'));
    const child = spawn(process.execPath, [script, fifoDir(), how], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(said).toMatch(/did not answer within/);
    expect(code).toBe(3);
  });
});

describe('the power reader', () => {
  it('stamps a look, hands through the UPSes and never answers with zeros', async () => {
    const root = laySysfs({ power_supply: { BAT0: pack(50) } });
    const options = { energy: energyConfigSchema.parse({}), clock: systemClock, upsReadings: () => [] };
    const good = createLinuxPowerReader({ ...options, sysfsDir: root, workerUrl: realWorker });
    const reading = await good.read();
    expect(reading.supplies[0]?.readAt).toBe(reading.readAt);
    expect(Math.abs(Date.parse(reading.readAt) - Date.now())).toBeLessThan(10_000);
    await good.close();
    const hung = createLinuxPowerReader({ ...options, sysfsDir: root, workerUrl: stub('silent') });
    await expect(hung.read()).rejects.toThrow(/did not answer/);
    await hung.close();
  });
});
