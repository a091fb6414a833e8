import type { Clock } from '../core/clock.ts';

import type { SessionBus } from './session-bus.ts';

/** Who shows tray icons on Linux desktops; without an owner of this name a tray is made and shows nowhere. */
export const WATCHER_NAME = 'org.kde.StatusNotifierWatcher';
/** A session that is starting up brings its panel a little later (behaviour 26). */
const PATIENCE_MS = 3_000;

export interface TrayHostParts {
  readonly platform: string;
  /** Throws when there is no session bus. */
  readonly connectBus: () => Promise<Pick<SessionBus, 'hasOwner' | 'watchOwner' | 'close'>>;
  readonly clock: Clock;
  /** First call within about 3 s of the start, then at each change. */
  readonly onChange: (isPresent: boolean) => void;
}

/**
 * Watches whether this desktop shows tray icons at all. macOS and Windows always do. On Linux "yes" is said at
 * once, "no" only after 3 s without a host: a panel that restarts is back by then.
 */
export function watchTrayHost({ platform, connectBus, clock, onChange }: TrayHostParts): { stop(): void } {
  let known: boolean | null = null;
  let cancelPatience = (): void => undefined;
  let closeBus = (): void => undefined;

  const tell = (isPresent: boolean): void => {
    cancelPatience();
    if (known === isPresent) return;
    known = isPresent;
    onChange(isPresent);
  };
  const see = (hasOwner: boolean): void => {
    cancelPatience();
    if (hasOwner) tell(true);
    else cancelPatience = clock.after(PATIENCE_MS, () => tell(false));
  };
  const look = async (): Promise<void> => {
    const bus = await connectBus();
    closeBus = () => bus.close();
    await bus.watchOwner(WATCHER_NAME, see);
    if (await bus.hasOwner(WATCHER_NAME)) see(true);
  };

  see(platform !== 'linux');
  // Without a bus there is no tray either: the 3 s run out and say so.
  if (platform === 'linux') look().catch(() => undefined);
  return {
    stop() {
      cancelPatience();
      closeBus();
    },
  };
}
