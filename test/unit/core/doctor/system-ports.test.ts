import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseConfig } from '../../../../core/config-file.ts';
import { systemPorts } from '../../../../core/doctor/system-ports.ts';
import { placesFrom } from '../../../../core/places.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import type { AddressInfo } from 'node:net';

const dir = mkdtempSync(join(tmpdir(), 'orch-doctor-'));
const sysfs = join(dir, 'sys');

const ports = systemPorts({
  facts: { platform: 'linux', env: { ORCH_SYSFS: sysfs }, config: parseConfig('') },
  places: placesFrom({ ORCH_HOME: dir }, 'linux', dir),
  clock: systemClock,
  workerUrl: new URL('../../../../core/energy/sensor-worker.ts', import.meta.url),
});

beforeAll(() => {
  const battery = join(sysfs, 'class/power_supply/CMB0');
  mkdirSync(battery, { recursive: true });
  const values = { type: 'Battery', status: 'Discharging', present: '1', capacity: '41', uevent: '' };
  for (const [name, value] of Object.entries(values)) writeFileSync(join(battery, name), `${value}\n`);
  writeFileSync(
    join(battery, 'uevent'),
    Object.entries(values)
      .map(([name, value]) => `POWER_SUPPLY_${name.toUpperCase()}=${value}`)
      .join('\n'),
  );
  writeFileSync(join(dir, 'text'), 'hello');
  chmodSync(join(dir, 'text'), 0o640);
  symlinkSync(join(dir, 'text'), join(dir, 'link'));
  execFileSync('mkfifo', [join(dir, 'pipe')]);
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('the machine as the doctor sees it', () => {
  it('tells files, folders, links and pipes apart and waits for none', async () => {
    const { files } = ports;
    expect(await files.about(join(dir, 'text'))).toEqual({ kind: 'file', mode: 0o640, isOurs: true });
    expect((await files.about(dir))?.kind).toBe('folder');
    expect((await files.about(join(dir, 'link')))?.kind).toBe('link');
    expect((await files.about(join(dir, 'pipe')))?.kind).toBe('other');
    expect(await files.about(join(dir, 'absent'))).toBeNull();
    expect(await files.readText(join(dir, 'text'))).toBe('hello');
    expect(await files.readText(join(dir, 'pipe'))).toBeNull();
    expect(await files.readText(join(dir, 'text/under'))).toBeNull();
    expect(await files.mayWrite(dir)).toBe(true);
    expect(await files.freeBytes(dir)).toBeGreaterThan(0);
  });

  it('reads the sensors once for all checks', async () => {
    const [first, second] = await Promise.all([ports.power(), ports.power()]);
    expect(first).toBe(second);
    expect(first.reading?.supplies).toMatchObject([{ name: 'CMB0', percent: 41, counted: true }]);
  });

  it('runs programs without a shell and not for long', async () => {
    expect(await ports.run('printf', ['%s', '$HOME;'])).toEqual({ kind: 'ended', code: 0, out: '$HOME;' });
    expect(await ports.run('false', [])).toMatchObject({ kind: 'ended', code: 1 });
    expect(await ports.run('no-such-program-here', [])).toEqual({ kind: 'not-installed' });
    expect(await ports.run('sleep', ['30'])).toEqual({ kind: 'too-slow' });
  });

  it('asks an address and is not held up by one that hangs', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/good') response.end('{"status":"ok"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await ports.ask(`http://127.0.0.1:${port}/good`)).toEqual({
      kind: 'answers',
      status: 200,
      body: '{"status":"ok"}',
    });
    expect(await ports.ask(`http://127.0.0.1:${port}/hangs`)).toMatchObject({ kind: 'silent' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await ports.ask(`http://127.0.0.1:${port}/good`)).toMatchObject({ kind: 'silent' });
  });

  it('knows living processes', () => {
    expect(ports.isAlive(process.pid)).toBe(true);
    expect(ports.isAlive(2 ** 22 + 1)).toBe(false);
  });
});
