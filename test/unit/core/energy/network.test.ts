import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { judgeProbe } from '../../../../core/energy/network-probe.ts';
import { RequestProblem } from '../../../../core/energy/network-request.ts';
import type { SmallAnswer, SmallRequest } from '../../../../core/energy/network-request.ts';
import { createNetworkSensor } from '../../../../core/energy/network.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';
const v4 = (name: string, destination = '00000000', flags = '0003', mask = '00000000', metric = '100') =>
  `${name}\t${destination}\t0101A8C0\t${flags}\t0\t0\t${metric}\t${mask}\t0\t0\t0\n`;
const ZEROS = '0'.repeat(32);
const v6 = (name: string, flags = '00450003', destination = ZEROS, length = '00') =>
  `${destination} ${length} ${ZEROS} 00 fe80000000000000021122fffe334455 00000400 00000001 00000000 ${flags} ${name}\n`;

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Place {
  readonly route?: string;
  readonly route6?: string;
  readonly operstate?: Readonly<Record<string, string>>;
}
const place = ({ route, route6, operstate = {} }: Place) => {
  root = mkdtempSync(join(tmpdir(), 'network-'));
  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  if (route !== undefined) put('proc/net/route', route);
  if (route6 !== undefined) put('proc/net/ipv6_route', route6);
  for (const [name, state] of Object.entries(operstate)) put(`sys/class/net/${name}/operstate`, state);
  return { procRoot: join(root, 'proc'), sysRoot: join(root, 'sys') };
};

/** A sensor over `files` whose probe gives what `outcome` holds at that time. */
const sensing = (files: Place, probeUrl: string | null = null) => {
  const clock = fakeClock();
  const asked: SmallRequest[] = [];
  const state: { outcome: SmallAnswer | RequestProblem } = { outcome: new RequestProblem('not set') };
  const sensor = createNetworkSensor({
    clock,
    platform: 'linux',
    ...place(files),
    probeUrl,
    get: (request) => {
      asked.push(request);
      return state.outcome instanceof RequestProblem
        ? Promise.reject(state.outcome)
        : Promise.resolve(state.outcome);
    },
  });
  const readAfterProbe = async () => {
    await sensor.read();
    await sensor.probed();
    return sensor.read();
  };
  return { clock, asked, state, sensor, readAfterProbe };
};

const answer = (statusCode: number, body = '', contentType?: string): SmallAnswer => ({
  statusCode,
  headers: contentType === undefined ? {} : { 'content-type': contentType },
  body,
  isWhole: true,
});

describe('by route', () => {
  it.each<[string, Place, string | null]>([
    [
      'a default route over a live interface',
      { route: HEAD + v4('wlan0'), operstate: { wlan0: 'up\n' } },
      'ONLINE',
    ],
    [
      'a tunnel that says "unknown"',
      { route: HEAD + v4('tun0'), operstate: { tun0: 'unknown\n' } },
      'ONLINE',
    ],
    ['an interface without a state', { route: HEAD + v4('ppp0') }, 'ONLINE'],
    ['a pulled cable', { route: HEAD + v4('eth0'), operstate: { eth0: 'down\n' } }, 'OFFLINE'],
    [
      'a pulled cable and a phone',
      { route: HEAD + v4('eth0') + v4('usb0'), operstate: { eth0: 'down', usb0: 'up' } },
      'ONLINE',
    ],
    [
      'a route to the neighbours alone',
      { route: HEAD + v4('eth0', '0001A8C0', '0001', '00FFFFFF') },
      'OFFLINE',
    ],
    ['a default route that refuses', { route: HEAD + v4('eth0', '00000000', '0203') }, 'OFFLINE'],
    ['a default route that is down', { route: HEAD + v4('eth0', '00000000', '0002') }, 'OFFLINE'],
    ['no routes', { route: HEAD }, 'OFFLINE'],
    ['version 6 alone', { route: HEAD, route6: v6('eth0'), operstate: { eth0: 'up' } }, 'ONLINE'],
    [
      'version 6 to nowhere',
      { route: HEAD, route6: v6('lo', '00200200') + v6('eth0', '00200200') },
      'OFFLINE',
    ],
    ['version 6 on the link', { route6: v6('eth0', '00000001', `fe80${'0'.repeat(28)}`, '40') }, 'OFFLINE'],
    ['nothing to read', {}, null],
    ['rubbish', { route: '\u0000\u0001 a b\nc', route6: 'x y z' }, 'OFFLINE'],
  ])('%s', async (_, files, status) => {
    expect((await sensing(files).sensor.read()).status).toBe(status);
  });

  it('says which way', async () => {
    const { sensor } = sensing({
      route: HEAD + v4('wlan0') + v4('eth0', undefined, undefined, undefined, '50'),
    });
    expect((await sensor.read()).why).toBe('default route over eth0');
  });

  it('is a weaker rule elsewhere, and says so', async () => {
    const sensor = (names: readonly string[]) =>
      createNetworkSensor({
        clock: fakeClock(),
        platform: 'darwin',
        procRoot: '',
        sysRoot: '',
        probeUrl: null,
        get: () => Promise.reject(new RequestProblem('unused')),
        listInterfaces: () => names,
      });
    expect(await sensor(['en0']).read()).toEqual({
      status: 'ONLINE',
      why: 'en0 has an address (whether it leads out is not known)',
    });
    expect((await sensor([]).read()).status).toBe('OFFLINE');
  });
});

describe('with a probe', () => {
  const online: Place = { route: HEAD + v4('wlan0') };
  const url = 'http://probe.example/';

  it.each<[string, SmallAnswer | RequestProblem, string]>([
    ['204', answer(204), 'ONLINE'],
    ['an empty 200', answer(200, '', 'text/html'), 'ONLINE'],
    ['a plain text', answer(200, 'success\n', 'text/plain'), 'ONLINE'],
    ['a redirect', answer(302), 'CAPTIVE'],
    ['a page', answer(200, 'Welcome to our hotel', 'text/html; charset=utf-8'), 'CAPTIVE'],
    ['a page without a type', answer(200, '\n<!DOCTYPE html><p>Sign in'), 'CAPTIVE'],
    ['511', answer(511), 'CAPTIVE'],
    ['an error of the server that was asked', answer(503, 'busy'), 'ONLINE'],
    [
      'a certificate of someone else',
      new RequestProblem('probe.example does not prove its name', true),
      'CAPTIVE',
    ],
    ['no answer', new RequestProblem('probe.example did not answer within 5 s'), 'OFFLINE'],
  ])('%s', async (_, outcome, status) => {
    const { state, readAfterProbe } = sensing(online, url);
    state.outcome = outcome;
    expect((await readAfterProbe()).status).toBe(status);
  });

  it('may expect a text', () => {
    expect(judgeProbe(answer(200, '<html>Success</html>', 'text/html'), 'Success').status).toBe('ONLINE');
    expect(judgeProbe(answer(200, 'Sign in', 'text/plain'), 'Success').status).toBe('CAPTIVE');
    expect(judgeProbe(answer(204), 'Success').status).toBe('CAPTIVE');
  });

  it('is asked once a minute at most and never waited for', async () => {
    const { clock, asked, state, sensor } = sensing(online, url);
    state.outcome = answer(302);
    expect((await sensor.read()).status).toBe('ONLINE');
    await sensor.probed();
    for (let n = 0; n < 12; n += 1) {
      await clock.advanceMs(10_000);
      await sensor.read();
      await sensor.probed();
    }
    expect(asked).toHaveLength(3);
    expect(asked[0]).toMatchObject({ url, timeoutMs: 5000 });
  });

  it('sends nothing without a way out or without an address', async () => {
    const offline = sensing({ route: HEAD }, url);
    await offline.readAfterProbe();
    const off = sensing(online, null);
    await off.readAfterProbe();
    expect([...offline.asked, ...off.asked]).toEqual([]);
  });

  it('needs two failures in a row after a good answer', async () => {
    const { clock, state, readAfterProbe } = sensing(online, url);
    const statuses: (string | null)[] = [];
    for (const outcome of [
      answer(204),
      new RequestProblem('x'),
      answer(204),
      new RequestProblem('x'),
      new RequestProblem('x'),
    ]) {
      state.outcome = outcome;
      statuses.push((await readAfterProbe()).status);
      await clock.advanceMs(60_000);
    }
    expect(statuses).toEqual(['ONLINE', 'ONLINE', 'ONLINE', 'ONLINE', 'OFFLINE']);
  });
});
