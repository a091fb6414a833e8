import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';

import { apcupsdLink, readApcupsdOnce } from '../../../../core/energy/apcupsd.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import { statusRecords, startFakeApcupsdServer } from '../../../fakes/fake-apcupsd-server.ts';
import type { FakeApcupsdScript } from '../../../fakes/fake-apcupsd-server.ts';
import type { FakeTcpServer } from '../../../fakes/fake-tcp-server.ts';
import { recordedDir } from '../../../fixtures/recorded.ts';

const servers: FakeTcpServer[] = [];
const serve = async (script: FakeApcupsdScript) => {
  const server = await startFakeApcupsdServer(script);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const clock = systemClock;
const onLine = [
  'APC      : 001,036,0876',
  'UPSNAME  : den',
  'STATUS   : ONLINE ',
  'LOADPCT  : 17.5 Percent',
  'BCHARGE  : 98.0 Percent',
  'TIMELEFT : 60.0 Minutes',
  'STATFLAG : 0x05000008',
  'END APC  : 2026-01-05 10:00:00 +0000',
].join('\n');
const lost = 'STATUS   : COMMLOST\nBCHARGE  : 100.0 Percent\nSTATFLAG : 0x05000100';

describe('an apcupsd', () => {
  it('gives one reading, named after its place', async () => {
    const server = await serve({ status: onLine });
    expect(await readApcupsdOnce(server.address, { clock })).toMatchObject([
      {
        name: `apcupsd@${server.address}`,
        source: 'apcupsd',
        status: 'ONLINE',
        onBattery: false,
        chargePercent: 98,
        runtimeSeconds: 3600,
        loadPercent: 17.5,
        feedsThisMachine: true,
        problem: null,
      },
    ]);
  });

  it('may send its records in any pieces', async () => {
    for (const chunkBytes of [1, 3, 7]) {
      const server = await serve({ status: onLine, chunkBytes });
      expect((await readApcupsdOnce(server.address, { clock }))[0]?.runtimeSeconds).toBe(3600);
    }
  });

  it('keeps the conversation over several questions, and the name when UPSNAME goes', async () => {
    const script: FakeApcupsdScript = { status: onLine };
    const server = await serve(script);
    const session = await apcupsdLink(server.address, clock).open(2000);
    expect(await session.read(2000)).toMatchObject([{ name: `apcupsd@${server.address}`, problem: null }]);
    script.status = lost;
    expect(await session.read(2000)).toMatchObject([
      { name: `apcupsd@${server.address}`, commLost: true, facts: { onBattery: null } },
    ]);
    session.close();
    expect(server.connections()).toBe(1);
  });

  it('that has lost its UPS says so, and does not say where the power comes from', async () => {
    const server = await serve({ status: lost });
    const [reading] = await readApcupsdOnce(server.address, { clock });
    expect(reading).toMatchObject({ name: `apcupsd@${server.address}`, commLost: true, onBattery: null });
    expect(reading?.problem).toContain('COMMLOST');
  });
});

describe('something that is no apcupsd, or a broken one', () => {
  it.each<[string, FakeApcupsdScript['status'], string]>([
    ['a web server', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'sent a record of 18516 bytes'],
    ['an error message', 'Invalid command', 'answered "Invalid command", which is no status'],
    ['an empty answer', Buffer.alloc(2), 'answered "", which is no status'],
    ['a record of 5,000 bytes', `STATUS   : ${'x'.repeat(5000)}`, 'sent a record of 5012 bytes'],
    ['501 records', 'STATUS   : ONLINE\n'.repeat(501), 'more than 500 records'],
  ])('%s', async (_, status, problem) => {
    const server = await serve({ status });
    const [reading] = await readApcupsdOnce(server.address, { clock });
    expect(reading).toMatchObject({ name: `apcupsd@${server.address}`, onBattery: null, readAt: null });
    expect(reading?.problem).toContain(problem);
  });

  it.each<[string, FakeApcupsdScript['status']]>([
    ['silence', null],
    ['half a record', statusRecords(onLine).subarray(0, 40)],
    ['no end mark', statusRecords(onLine).subarray(0, -2)],
  ])('%s ends at the deadline', async (_, status) => {
    const server = await serve({ status });
    const startedMs = performance.now();
    const [reading] = await readApcupsdOnce(server.address, { clock, timeoutMs: 400 });
    expect(performance.now() - startedMs).toBeLessThan(1500);
    expect(reading?.problem).toContain('did not answer within');
  });

  it('nobody listening', async () => {
    const server = await startFakeApcupsdServer({ status: onLine });
    await server.close();
    const [reading] = await readApcupsdOnce(server.address, { clock });
    expect(reading?.problem).toBe(`nothing listens at ${server.address}: ECONNREFUSED`);
  });

  it('texts outside ASCII and control characters do no harm', async () => {
    const server = await serve({ status: 'UPSNAME  : B\u00fcro\nSTATUS   : ONBATT\u001b[31m ONBATT' });
    const [reading] = await readApcupsdOnce(server.address, { clock });
    expect(reading).toMatchObject({ status: 'ONBATT\ufffd[31m ONBATT', onBattery: true });
  });
});

const recorded = recordedDir('apcaccess');
const texts = recorded === null ? [] : readdirSync(recorded).filter((name) => name.endsWith('.txt'));

describe.skipIf(recorded === null)(
  'recorded status texts over the wire (needs ../shared/fixtures/apcaccess)',
  () => {
    const expected = JSON.parse(
      recorded === null ? '{}' : readFileSync(join(recorded, 'EXPECTED.json'), 'utf8'),
    ) as Record<string, { comm_lost: boolean; source: string | null; charge_percent: number | null }>;

    it.each(texts)('%s', async (name) => {
      const server = await serve({
        status: readFileSync(join(recorded ?? '', name), 'utf8'),
        chunkBytes: 100,
      });
      const want = expected[name]!;
      expect((await readApcupsdOnce(server.address, { clock }))[0]).toMatchObject({
        onBattery: want.source === null ? null : want.source === 'battery',
        commLost: want.comm_lost,
        chargePercent: want.charge_percent,
      });
    });
  },
);
