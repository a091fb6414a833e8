import { networkInterfaces } from 'node:os';
import { join } from 'node:path';

import type { NetworkStatus } from '../../shared/contract/vocabulary.ts';
import type { Clock } from '../clock.ts';
import { probe } from './network-probe.ts';
import type { ProbeResult } from './network-probe.ts';
import type { GetSmall } from './network-request.ts';
import { carriesTraffic, defaultRoutesV4, defaultRoutesV6 } from './network-route.ts';
import { procText } from './proc-text.ts';
import { createSysfsFiles, type SysfsFiles } from './sysfs-files.ts';

/** The probe address is asked at most this often. */
const PROBE_EVERY_MS = 60_000;
/** An answer counts for three rounds; then the route alone decides. */
const PROBE_COUNTS_MS = 180_000;

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
}

/**
 * ONLINE, CAPTIVE or OFFLINE. Without a way out it is OFFLINE and nothing is sent; with one it is ONLINE until
 * the probe, if any, says otherwise. One failed probe after a good one changes nothing: the second in a row
 * counts.
 */
export function createNetworkSensor(options: NetworkOptions): NetworkSensor {
  const { clock, probeUrl, probeText = null } = options;
  const files = createSysfsFiles();
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
    const route = wayOut(options, files);
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
  };
}

function wayOut(options: NetworkOptions, files: SysfsFiles): NetworkReading {
  if (options.platform !== 'linux') {
    const names = (options.listInterfaces ?? addressedInterfaces)();
    return names.length === 0
      ? { status: 'OFFLINE', why: 'no interface has an address that leads out' }
      : { status: 'ONLINE', why: `${names.join(', ')} has an address (whether it leads out is not known)` };
  }
  const v4 = procText(join(options.procRoot, 'net', 'route'));
  const v6 = procText(join(options.procRoot, 'net', 'ipv6_route'));
  if (v4 === null && v6 === null) return { status: null, why: 'the routes cannot be read' };
  const names = new Set([...defaultRoutesV4(v4 ?? ''), ...defaultRoutesV6(v6 ?? '')]);
  if (names.size === 0) return { status: 'OFFLINE', why: 'there is no default route' };
  for (const name of names) {
    if (carriesTraffic(operstateOf(files, options.sysRoot, name))) {
      return { status: 'ONLINE', why: `default route over ${name}` };
    }
  }
  return { status: 'OFFLINE', why: `${[...names].join(', ')} has the default route but carries no traffic` };
}

/** At once: the kernel has it in its own memory and asks no device. */
function operstateOf(files: SysfsFiles, sysRoot: string, name: string): string | null {
  // The kernel's names hold no slash; a tree in the place of /sys must not be left all the same.
  return /^[^/]{1,15}$/.test(name) && name !== '..' && name !== '.'
    ? files.text(join(sysRoot, 'class', 'net', name, 'operstate'))
    : null;
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
