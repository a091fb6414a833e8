import { networkInterfaces } from 'node:os';
import { join } from 'node:path';

import type { NetworkStatus } from '../../shared/contract/vocabulary.ts';
import type { Clock } from '../clock.ts';
import { probe } from './network-probe.ts';
import type { ProbeResult } from './network-probe.ts';
import type { GetSmall } from './network-request.ts';
import { carriesTraffic, defaultRoutesV4, defaultRoutesV6 } from './network-route.ts';
import { createProcFile } from '../proc-file.ts';
import { createSysfsFiles, type SysfsAttribute } from './sysfs-files.ts';

/** The probe address is asked at most this often. */
const PROBE_EVERY_MS = 60_000;
/** An answer counts for three rounds; then the route alone decides. */
const PROBE_COUNTS_MS = 180_000;
/** Over a thousand routes: more than a machine that somebody sits at has. */
const ROUTES_BYTES = 256 * 1024;

/** Whether this machine reaches others, and how that is known. */
export interface NetworkReading {
  /** Null when nothing could be read. */
  readonly status: NetworkStatus | null;
  readonly why: string;
}

export interface NetworkOptions {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** `/proc` and `/sys`, or roots in their place; read on Linux only. */
  readonly procRoot: string;
  readonly sysRoot: string;
  /** Null: nothing is sent anywhere. */
  readonly probeUrl: string | null;
  /** Text the probe's answer must hold; null takes any that is no web page. */
  readonly probeText?: string | null;
  readonly get: GetSmall;
  /** Names of interfaces with an address that leads out, for platforms without readable routes. */
  readonly listInterfaces?: () => readonly string[];
}

export interface NetworkSensor {
  /** By files alone, with the last answer of the probe; a due probe is started and not waited for. */
  read(): Promise<NetworkReading>;
  /** Resolves when a probe under way has ended. */
  probed(): Promise<void>;
  close(): void;
}

/**
 * ONLINE, CAPTIVE or OFFLINE. Without a way out it is OFFLINE and nothing is sent; with one it is ONLINE until
 * the probe, if any, says otherwise. One failed probe after a good one changes nothing: the second in a row
 * counts.
 */
export function createNetworkSensor(options: NetworkOptions): NetworkSensor {
  const { clock, probeUrl, probeText = null } = options;
  const wayOut = options.platform === 'linux' ? linuxWayOut(options) : addressedWayOut(options);
  let askedAtMs: number | null = null;
  let pending: Promise<void> | null = null;
  let answered: (ProbeResult & { readonly atMs: number }) | null = null;
  let failedOnce = false;

  const ask = async (url: string) => {
    const result = await probe(options.get, url, probeText);
    const forgives = result.status === 'OFFLINE' && answered?.status === 'ONLINE' && !failedOnce;
    failedOnce = result.status === 'OFFLINE';
    if (!forgives) answered = { ...result, atMs: clock.monotonicMs() };
  };

  const askWhenDue = (url: string) => {
    const nowMs = clock.monotonicMs();
    if (pending !== null || (askedAtMs !== null && nowMs - askedAtMs < PROBE_EVERY_MS)) return;
    askedAtMs = nowMs;
    pending = ask(url).finally(() => (pending = null));
  };

  const reading = (): NetworkReading => {
    const route = wayOut.read();
    if (route.status !== 'ONLINE') {
      answered = null;
      failedOnce = false;
      return route;
    }
    if (probeUrl === null) return route;
    askWhenDue(probeUrl);
    if (answered === null || clock.monotonicMs() - answered.atMs > PROBE_COUNTS_MS) return route;
    return { status: answered.status, why: answered.why };
  };

  return {
    read() {
      return Promise.resolve(reading());
    },
    async probed() {
      await pending;
    },
    close: () => wayOut.close(),
  };
}

/** Whether there is a way out of this machine, as it is now. */
interface WayOut {
  read(): NetworkReading;
  close(): void;
}

function addressedWayOut({ listInterfaces = addressedInterfaces }: NetworkOptions): WayOut {
  return {
    read() {
      const names = listInterfaces();
      return names.length === 0
        ? { status: 'OFFLINE', why: 'no interface has an address that leads out' }
        : { status: 'ONLINE', why: `${names.join(', ')} has an address (whether it leads out is not known)` };
    },
    close: () => undefined,
  };
}

function linuxWayOut({ procRoot, sysRoot }: NetworkOptions): WayOut {
  const files = createSysfsFiles();
  const routesV4 = createProcFile(join(procRoot, 'net', 'route'), ROUTES_BYTES);
  const routesV6 = createProcFile(join(procRoot, 'net', 'ipv6_route'), ROUTES_BYTES);
  const operstates = new Map<string, SysfsAttribute>();

  const keepOnly = (names: ReadonlySet<string>): void => {
    for (const [name, operstate] of operstates) {
      if (names.has(name)) continue;
      operstate.close();
      operstates.delete(name);
    }
  };
  /** At once: the kernel has it in its own memory and asks no device. */
  const operstateOf = (name: string): string | null => {
    // The kernel's names hold no slash; a tree in the place of /sys must not be left all the same.
    if (!/^[^/]{1,15}$/.test(name) || name === '..' || name === '.') return null;
    const known = operstates.get(name) ?? files.attribute(join(sysRoot, 'class', 'net', name, 'operstate'));
    operstates.set(name, known);
    return known.text();
  };

  const carries = (name: string): boolean => carriesTraffic(operstateOf(name));
  const online = (name: string, names: ReadonlySet<string>): NetworkReading => {
    keepOnly(names);
    return { status: 'ONLINE', why: `default route over ${name}` };
  };

  return {
    read() {
      const v4 = routesV4.text();
      const names = new Set(defaultRoutesV4(v4 ?? ''));
      const carrier = [...names].find(carries);
      if (carrier !== undefined) return online(carrier, names);
      // Read only where the other protocol leads nowhere: the kernel makes its text anew each time.
      const v6 = routesV6.text();
      if (v4 === null && v6 === null) return { status: null, why: 'the routes cannot be read' };
      const namesV6 = defaultRoutesV6(v6 ?? '');
      for (const name of namesV6) names.add(name);
      const carrierV6 = namesV6.find(carries);
      if (carrierV6 !== undefined) return online(carrierV6, names);
      keepOnly(names);
      if (names.size === 0) return { status: 'OFFLINE', why: 'there is no default route' };
      return {
        status: 'OFFLINE',
        why: `${[...names].join(', ')} has the default route but carries no traffic`,
      };
    },
    close() {
      routesV4.close();
      routesV6.close();
      keepOnly(new Set());
    },
  };
}

function addressedInterfaces(): readonly string[] {
  return Object.entries(networkInterfaces())
    .filter(([, addresses]) =>
      (addresses ?? []).some(
        ({ internal, address }) => !internal && !address.startsWith('169.254.') && !/^fe80:/i.test(address),
      ),
    )
    .map(([name]) => name);
}
