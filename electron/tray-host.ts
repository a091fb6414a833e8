import type { Clock } from '../core/clock.ts';

import type { SessionBus } from './session-bus.ts';

/** Who shows tray icons on Linux desktops; without an owner of this name a tray is made and shows nowhere. */
export const WATCHER_NAME = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';
/** A session that is starting up brings its panel a little later (behaviour 26). */
const PATIENCE_MS = 3_000;

type HostBus = Pick<SessionBus, 'hasOwner' | 'watchOwner' | 'call' | 'close'>;

export interface TrayHostParts {
  readonly platform: string;
  /** Throws when there is no session bus. */
  readonly connectBus: () => Promise<HostBus>;
  readonly clock: Clock;
  /** The process that the icon belongs to. */
  readonly pid: number;
  /** First call within about 3 s of the start, then at each change. */
  readonly onChange: (isPresent: boolean) => void;
  /** The host does not list our icon: it is to be made anew. */
  readonly onUnlisted: () => void;
}

export interface TrayHostWatch {
  /** Nothing is told from here on; resolves once nothing more can come. */
  stop(): Promise<void>;
}

/**
 * Watches whether this desktop shows tray icons at all, and ours among them. macOS and Windows always do. On Linux
 * "yes" is said at once, "no" only after 3 s without a host: a panel that restarts is back by then. An icon that is
 * not listed 3 s after its host came is made anew once; after 3 more there is no tray.
 */
export function watchTrayHost(parts: TrayHostParts): TrayHostWatch {
  const { platform, clock, onChange } = parts;
  let known: boolean | null = null;
  let bus: HostBus | null = null;
  let cancelPatience = (): void => undefined;
  let isStopped = false;

  const tell = (isPresent: boolean): void => {
    if (known === isPresent || isStopped) return;
    known = isPresent;
    onChange(isPresent);
  };
  const wait = (act: () => void): void => {
    cancelPatience();
    cancelPatience = clock.after(PATIENCE_MS, act);
  };
  const checkListed = async (isLast: boolean): Promise<void> => {
    if (bus === null || isStopped || (await isListed(bus, parts.pid))) return;
    if (isLast) {
      tell(false);
      return;
    }
    parts.onUnlisted();
    wait(() => void checkListed(true));
  };
  const see = (hasOwner: boolean): void => {
    cancelPatience();
    if (!hasOwner) {
      wait(() => tell(false));
      return;
    }
    tell(true);
    if (platform === 'linux') wait(() => void checkListed(false));
  };
  const look = async (): Promise<void> => {
    bus = await parts.connectBus();
    await bus.watchOwner(WATCHER_NAME, see);
    if (await bus.hasOwner(WATCHER_NAME)) see(true);
  };

  see(platform !== 'linux');
  // Without a bus there is no tray either: the 3 s run out and say so.
  const looked = platform === 'linux' ? look().catch(() => undefined) : Promise.resolve();
  return {
    async stop() {
      isStopped = true;
      cancelPatience();
      await bus?.close();
      // One that was still connecting.
      await looked;
      await bus?.close();
    },
  };
}

/**
 * Whether the host's list has an icon of our process. Hosts list a name on the bus, a path behind it, or both. A host
 * that does not answer is believed to show it: no window is opened on a guess.
 */
async function isListed(bus: HostBus, pid: number): Promise<boolean> {
  try {
    const [items] = await bus.call({
      destination: WATCHER_NAME,
      path: WATCHER_PATH,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      args: [WATCHER_NAME, 'RegisteredStatusNotifierItems'],
    });
    if (!Array.isArray(items)) return true;
    for (const item of items.map(String)) {
      const name = item.split('/')[0] ?? '';
      if (name !== '' && (name.includes(`-${pid}-`) || (await pidOf(bus, name)) === pid)) return true;
    }
    return false;
  } catch {
    return true;
  }
}

async function pidOf(bus: HostBus, name: string): Promise<number | null> {
  const [pid] = await bus
    .call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'GetConnectionUnixProcessID',
      args: [name],
    })
    .catch(() => []);
  return typeof pid === 'number' ? pid : null;
}
