import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { cpuTimesFromStat, memoryFromMeminfo } from '../../../../core/energy/load-proc.ts';
import type { CpuTimes } from '../../../../core/energy/load-proc.ts';
import { createLoadSensor, machineLoadReaders } from '../../../../core/energy/load.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

interface Look {
  readonly cpu?: CpuTimes | null;
  readonly memory?: number | null;
  readonly gpu?: number | null;
}

/** A sensor whose machine shows `looks` one after the other, 20 s apart. */
const sensing = async (...looks: readonly Look[]) => {
  const clock = fakeClock();
  let now: Look = {};
  const sensor = createLoadSensor(clock, {
    readCpuTimes: () => Promise.resolve(now.cpu ?? null),
    readMemoryPercent: () => Promise.resolve(now.memory ?? null),
    readGpuPercent: () => Promise.resolve(now.gpu ?? null),
    close: () => undefined,
  });
  const seen = [];
  for (const look of looks) {
    now = look;
    seen.push(await sensor.sample());
    await clock.advanceMs(20_000);
  }
  return seen;
};
const cpu = (busy: number, total: number): Look => ({ cpu: { busy, total } });

describe('the CPU', () => {
  it('is unknown at the first look and an average over the minute after', async () => {
    const seen = await sensing(cpu(0, 0), cpu(2000, 2000), cpu(2000, 4000), cpu(2000, 6000), cpu(2000, 8000));
    expect(seen.map((load) => load.cpuPercent)).toEqual([null, 100, 50, expect.closeTo(33.33), 0]);
  });

  it('starts anew when a counter runs backwards', async () => {
    const seen = await sensing(cpu(5000, 9000), cpu(100, 1000), cpu(600, 2000));
    expect(seen.map((load) => load.cpuPercent)).toEqual([null, null, 50]);
  });

  it('is unknown when it cannot be read, and known again after', async () => {
    const seen = await sensing(cpu(0, 0), { cpu: null }, cpu(1000, 4000));
    expect(seen.map((load) => load.cpuPercent)).toEqual([null, null, 25]);
  });

  it('is unknown when no time was counted', async () => {
    const seen = await sensing(cpu(10, 100), cpu(10, 100));
    expect(seen[1]?.cpuPercent).toBeNull();
  });

  it('is averaged since the look before when looks are further apart than a minute', async () => {
    const clock = fakeClock();
    let times = { busy: 0, total: 0 };
    const sensor = createLoadSensor(clock, {
      readCpuTimes: () => Promise.resolve(times),
      readMemoryPercent: () => Promise.resolve(null),
      readGpuPercent: () => Promise.resolve(null),
      close: () => undefined,
    });
    const seen: (number | null)[] = [];
    for (const next of [times, { busy: 900, total: 1000 }, { busy: 1000, total: 2000 }]) {
      times = next;
      seen.push((await sensor.sample()).cpuPercent);
      await clock.advanceMs(600_000);
    }
    expect(seen).toEqual([null, 90, 10]);
  });
});

describe('memory and graphics', () => {
  it('are unknown, never zero, where they cannot be read', async () => {
    expect(await sensing({})).toEqual([{ cpuPercent: null, memoryPercent: null, gpuPercent: null }]);
  });

  it('are memory as it is now and graphics averaged over the minute', async () => {
    const seen = await sensing({ memory: 40, gpu: 0 }, { memory: 60, gpu: 90 }, { memory: 50, gpu: null });
    expect(seen.map((load) => load.memoryPercent)).toEqual([40, 60, 50]);
    expect(seen.map((load) => load.gpuPercent)).toEqual([0, 45, null]);
  });
});

describe('/proc/stat', () => {
  it('counts waiting for disks as idle and time stolen by the host as busy', () => {
    const text = 'cpu  100 10 40 800 50 0 0 30 70 5\ncpu0 1 2 3 4\n';
    expect(cpuTimesFromStat(text)).toEqual({ busy: 180, total: 1030 });
  });

  it.each([null, '', 'cpu  a b c d\n', 'cpu  0 0 0 0\n', 'cpu  1 2\n', 'intr 1 2 3\n', 'cpu  -5 1 1 1\n'])(
    '%j tells nothing',
    (text) => expect(cpuTimesFromStat(text)).toBeNull(),
  );
});

describe('/proc/meminfo', () => {
  it('counts what is not available to a new program', () => {
    const text = 'MemTotal:       16000000 kB\nMemFree:          500000 kB\nMemAvailable:    4000000 kB\n';
    expect(memoryFromMeminfo(text)).toBe(75);
  });

  it.each([
    null,
    '',
    'MemTotal: 100 kB\n',
    'MemTotal: 0 kB\nMemAvailable: 0 kB\n',
    'MemTotal: 1 kB\nMemAvailable: 9 kB\n',
  ])('%j tells nothing', (text) => expect(memoryFromMeminfo(text)).toBeNull());
});

describe('the machine’s own files', () => {
  let root = '';
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const tree = (files: Readonly<Record<string, string>>) => {
    root = mkdtempSync(join(tmpdir(), 'load-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return machineLoadReaders({
      platform: 'linux',
      procRoot: join(root, 'proc'),
      sysRoot: join(root, 'sys'),
    });
  };

  it('give the busiest graphics card, connectors left out', async () => {
    const readers = tree({
      'sys/class/drm/card0/device/gpu_busy_percent': '12\n',
      'sys/class/drm/card1/device/gpu_busy_percent': '87\n',
      'sys/class/drm/card2/device/vendor': '0x10de\n',
      'sys/class/drm/card1-HDMI-A-1/device/gpu_busy_percent': '99\n',
    });
    expect(await readers.readGpuPercent()).toBe(87);
  });

  it.each(['', 'N/A', '255', '-1', '1e1'])('do not believe a graphics load of %j', async (text) => {
    expect(await tree({ 'sys/class/drm/card0/device/gpu_busy_percent': text }).readGpuPercent()).toBeNull();
  });

  it('are unknown where nothing is there', async () => {
    const readers = tree({});
    expect([
      await readers.readCpuTimes(),
      await readers.readMemoryPercent(),
      await readers.readGpuPercent(),
    ]).toEqual([null, null, null]);
  });

  it('of this very machine can be read', async () => {
    const { platform } = process;
    const sensor = createLoadSensor(
      systemClock,
      machineLoadReaders({ platform, procRoot: '/proc', sysRoot: '/sys' }),
    );
    const { memoryPercent } = await sensor.sample();
    expect(memoryPercent).toBeGreaterThan(0);
    expect(memoryPercent).toBeLessThanOrEqual(100);
  });
});
