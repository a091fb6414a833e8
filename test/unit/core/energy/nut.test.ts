import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';

import { nutLink, readNutOnce } from '../../../../core/energy/nut.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import { startFakeNutServer } from '../../../fakes/fake-nut-server.ts';
import type { FakeNutScript, FakeNutServer } from '../../../fakes/fake-nut-server.ts';

const servers: FakeNutServer[] = [];
const serve = async (script: FakeNutScript) => {
  const server = await startFakeNutServer(script);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const clock = systemClock;
const onLine = {
  'ups.status': 'OL CHRG',
  'battery.charge': '91',
  'battery.runtime': '59940',
  'ups.load': '0',
};

describe('a well-behaved server', () => {
  it('gives a reading for each UPS, named after it and its place', async () => {
    const server = await serve({ ups: { rack: onLine, desk: { 'ups.status': 'OB LB DISCHRG' } } });
    const readings = await readNutOnce(server.address, { clock });
    expect(readings).toMatchObject([
      {
        name: `rack@${server.address}`,
        source: 'nut',
        status: 'OL CHRG',
        onBattery: false,
        chargePercent: 91,
        runtimeSeconds: 59940,
        loadPercent: 0,
        problem: null,
        feedsThisMachine: false,
      },
      { name: `desk@${server.address}`, onBattery: true, lowBattery: true, chargePercent: null },
    ]);
    expect(Date.parse(readings[0]?.readAt ?? '')).toBeGreaterThan(0);
  });

  it('is asked for nothing but lists', async () => {
    const server = await serve({ ups: { rack: onLine } });
    await readNutOnce(server.address, { clock });
    expect(server.received).toEqual(['STARTTLS', 'LIST UPS', 'LIST VAR rack']);
  });

  it('takes its only UPS for the feeding one, and among several the named one', async () => {
    const one = await serve({ ups: { rack: onLine } });
    expect((await readNutOnce(one.address, { clock }))[0]?.feedsThisMachine).toBe(true);
    const two = await serve({ ups: { rack: onLine, desk: onLine } });
    const named = await readNutOnce(two.address, { clock, feedingUps: `desk@${two.address}` });
    expect(named.map((reading) => reading.feedsThisMachine)).toEqual([false, true]);
  });

  it('tells of each UPS by itself when one of them is lost', async () => {
    const server = await serve({
      ups: {
        rack: onLine,
        stale: { err: 'DATA-STALE' },
        dead: { err: 'DRIVER-NOT-CONNECTED' },
        secret: { err: 'ACCESS-DENIED' },
        odd: { err: 'SOMETHING-NEW extra' },
      },
    });
    const readings = await readNutOnce(server.address, { clock });
    expect(readings.map(({ problem, commLost }) => [problem, commLost])).toEqual([
      [null, false],
      ['data stale: the driver hears nothing from the UPS (DATA-STALE)', true],
      ['the driver of this UPS does not run (DRIVER-NOT-CONNECTED)', true],
      ['the server refuses this user, password or host (ACCESS-DENIED)', false],
      ['the server answered with an error (SOMETHING-NEW)', false],
    ]);
    expect(readings[1]).toMatchObject({ onBattery: null, chargePercent: null, readAt: null });
  });

  it('that has just begun says nothing about its UPS yet', async () => {
    const server = await serve({ ups: { rack: { 'ups.status': 'WAIT' } } });
    const [reading] = await readNutOnce(server.address, { clock });
    expect(reading).toMatchObject({ commLost: true, onBattery: null });
    expect(reading?.problem).toContain('WAIT');
  });

  it('may send a name with a quote in it, which hides no other value', async () => {
    const list = 'BEGIN LIST VAR rack\nVAR rack 1" "77"\nVAR rack ups.status "OB"\nEND LIST VAR rack\n';
    const server = await serve({
      ups: { rack: onLine, desk: onLine },
      instead: (line) => (line === 'LIST VAR rack' ? list : undefined),
    });
    const readings = await readNutOnce(server.address, { clock });
    expect(readings.map(({ onBattery, problem }) => [onBattery, problem])).toEqual([
      [true, null],
      [false, null],
    ]);
  });

  it('may send names and values outside ASCII', async () => {
    const server = await serve({ ups: {}, instead: (line) => nonAscii[line] });
    const [reading] = await readNutOnce(server.address, { clock });
    expect(reading).toMatchObject({ name: `b\ufffdro\u00e9@${server.address}`, onBattery: false });
    expect(reading?.status).toBe('OL \ufffd[31m');
  });
});

const nonAscii: Readonly<Record<string, string>> = {
  'LIST UPS': 'BEGIN LIST UPS\nUPS b\xfcro\xc3\xa9 "B\xfcro"\nEND LIST UPS\n',
  'LIST VAR b\xfcro\xc3\xa9':
    'BEGIN LIST VAR b\xfcro\xc3\xa9\nVAR b\xfcro\xc3\xa9 ups.status "OL \x1b[31m"\nEND LIST VAR b\xfcro\xc3\xa9\n',
};

describe('a server that breaks the rules', () => {
  const begin = 'BEGIN LIST VAR rack\n';
  const many = (count: number, line: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => line(n)).join('');

  it.each<[string, string, string, string]>([
    ['an open quote', 'LIST VAR rack', `${begin}VAR rack ups.status "OL\n`, 'a quote is not closed'],
    [
      'a line of 100 KB',
      'LIST VAR rack',
      `${begin}VAR rack x "${'a'.repeat(100_000)}"\n`,
      'more than 4096 bytes',
    ],
    ['100 KB without a line end', 'LIST UPS', 'a'.repeat(100_000), 'more than 4096 bytes'],
    ['a web server', 'STARTTLS', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'answered "HTTP/1.1" to STARTTLS'],
    ['binary noise', 'LIST UPS', '\x00\x01\xff\xfe\n', 'answered "????" to LIST'],
    [
      'too many values',
      'LIST VAR rack',
      begin + many(2001, (n) => `VAR rack v${n} "1"\n`),
      'more than 2000 entries',
    ],
    [
      'too many UPSes',
      'LIST UPS',
      `BEGIN LIST UPS\n${many(257, (n) => `UPS u${n} ""\n`)}`,
      'more than 256 entries',
    ],
    [
      'the values of another UPS',
      'LIST VAR rack',
      `${begin}VAR desk ups.status "OB"\nEND LIST VAR rack\n`,
      'no value of it',
    ],
    ['a list of another UPS', 'LIST VAR rack', 'BEGIN LIST VAR desk\nEND LIST VAR desk\n', 'to LIST'],
    [
      'a value without text',
      'LIST VAR rack',
      `${begin}VAR rack ups.status\nEND LIST VAR rack\n`,
      'no value of it',
    ],
    ['a list of nonsense', 'LIST UPS', 'BEGIN LIST UPS\nFOO bar\nEND LIST UPS\n', 'no UPS'],
    ['answers nobody asked for', 'STARTTLS', 'ERR UNKNOWN-COMMAND\nOK\n', 'without being asked'],
    ['a refusal of everything', 'LIST UPS', 'ERR ACCESS-DENIED\n', 'refuses this user, password or host'],
  ])('%s is an exact problem at once, and the line is cut', async (_, when, text, problem) => {
    const server = await serve({
      ups: { rack: onLine },
      instead: (line) => (line === when ? text : undefined),
    });
    const startedMs = performance.now();
    const readings = await readNutOnce(server.address, { clock });
    expect(performance.now() - startedMs).toBeLessThan(1500);
    expect(readings).toHaveLength(1);
    expect(readings[0]).toMatchObject({
      name: `nut@${server.address}`,
      status: '',
      onBattery: null,
      chargePercent: null,
      readAt: null,
      feedsThisMachine: true,
    });
    expect(readings[0]?.problem).toContain(problem);
  });

  it.each<[string, FakeNutScript['instead']]>([
    ['silence from the start', () => null],
    ['silence after the list', (line) => (line.startsWith('LIST VAR') ? null : undefined)],
    ['half a line', (line) => (line === 'LIST UPS' ? 'BEGIN LIST UPS\nUPS ra' : undefined)],
    ['half a list', (line) => (line === 'LIST VAR rack' ? `${begin}VAR rack ups.status "OB"\n` : undefined)],
  ])('%s ends at the deadline with the cause', async (_, instead) => {
    const server = await serve({ ups: { rack: onLine }, instead: instead! });
    const startedMs = performance.now();
    const [reading] = await readNutOnce(server.address, { clock, timeoutMs: 400 });
    expect(performance.now() - startedMs).toBeLessThan(1500);
    expect(reading).toMatchObject({ onBattery: null });
    expect(reading?.problem).toMatch(/127\.0\.0\.1:\d+ did not answer within 0\.\d+ s/);
  });

  it('one byte each 100 ms does not keep the conversation alive', async () => {
    const server = await serve({
      ups: {},
      instead: (line, socket) => {
        if (line !== 'LIST UPS') return undefined;
        const timer = setInterval(() => socket.write('B'), 100);
        socket.on('close', () => clearInterval(timer));
        return null;
      },
    });
    const [reading] = await readNutOnce(server.address, { clock, timeoutMs: 500 });
    expect(reading?.problem).toContain('did not answer');
  });

  it('a connection cut in mid-list is told as that', async () => {
    const server = await serve({
      ups: { rack: onLine },
      instead: (line, socket) => {
        if (line !== 'LIST VAR rack') return undefined;
        socket.end(`${begin}VAR rack ups.status "OB"\n`);
        return null;
      },
    });
    const [reading] = await readNutOnce(server.address, { clock });
    expect(reading?.problem).toBe(`${server.address} closed the connection`);
  });

  it('a driver that dies in mid-list loses that UPS only', async () => {
    const server = await serve({
      ups: { rack: onLine, desk: onLine },
      instead: (line) => (line === 'LIST VAR rack' ? `${begin}ERR DRIVER-NOT-CONNECTED\n` : undefined),
    });
    const readings = await readNutOnce(server.address, { clock });
    expect(readings.map((reading) => reading.commLost)).toEqual([true, false]);
  });

  it('nobody listening is told as that', async () => {
    const server = await startFakeNutServer({ ups: {} });
    await server.close();
    const [reading] = await readNutOnce(server.address, { clock });
    expect(reading?.problem).toBe(`nothing listens at ${server.address}: ECONNREFUSED`);
  });

  it('a server without a UPS is told as that', async () => {
    const server = await serve({ ups: {} });
    expect((await readNutOnce(server.address, { clock }))[0]?.problem).toBe(
      `${server.address} serves no UPS`,
    );
  });

  it('an address that is none is the caller’s mistake', () => {
    for (const text of ['', 'a b', 'host:', 'host:0', 'host:70000', 'x@y', 'http://host']) {
      expect(() => nutLink(text, clock), text).toThrow('is no address');
    }
  });
});
