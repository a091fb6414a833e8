import type { AppUpdater } from 'electron-updater';

import type { Clock } from '../core/clock.ts';
import type { UpdatesConfig } from '../shared/contract/updates-config.ts';

/** What is used of electron-updater. */
export type Updater = Pick<
  AppUpdater,
  | 'allowDowngrade'
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'checkForUpdates'
  | 'disableWebInstaller'
  | 'logger'
  | 'setFeedURL'
>;

export interface UpdatesParts {
  readonly isPackaged: boolean;
  readonly platform: string;
  /** The AppImage this runs from; null when it is none. */
  readonly appImagePath: string | null;
  readonly clock: Clock;
  /** Null while no core tells. */
  readonly readSettings: () => Promise<UpdatesConfig | null>;
  readonly load: () => Promise<Updater>;
  readonly onProblem: (text: string) => void;
}

/** Starting is busy enough. */
const FIRST_LOOK_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * Looks for newer versions where the settings name a place to look, downloads one in the background and puts it in
 * place when the shell is quit. Off without such a place, from sources, and where a package manager keeps the files:
 * then electron-updater is not even loaded. Settings count from the next look on, an hour later at most.
 */
export function createUpdates(parts: UpdatesParts): { start(): void; stop(): void } {
  const { clock } = parts;
  let cancel: (() => void) | null = null;
  let lookedAtMs: number | null = null;

  const look = async (): Promise<void> => {
    const settings = await parts.readSettings();
    if (settings === null || settings.feedUrl === null) return;
    const nowMs = clock.monotonicMs();
    if (lookedAtMs !== null && nowMs - lookedAtMs < settings.checkEveryHours * HOUR_MS) return;
    lookedAtMs = nowMs;
    const updater = await parts.load();
    updater.logger = null;
    updater.allowDowngrade = false;
    updater.autoDownload = true;
    updater.autoInstallOnAppQuit = true;
    updater.disableWebInstaller = true;
    updater.setFeedURL({ provider: 'generic', url: settings.feedUrl });
    const found = await updater.checkForUpdates();
    await found?.downloadPromise;
  };
  const lookIn = (delayMs: number): void => {
    cancel = clock.after(delayMs, () => {
      lookIn(HOUR_MS);
      look().catch((error: unknown) =>
        parts.onProblem(`Looking for a newer version failed. ${words(error)}`),
      );
    });
  };

  return {
    start() {
      if (canUpdateItself(parts)) lookIn(FIRST_LOOK_MS);
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}

/** On Linux only an AppImage belongs to the person; what dpkg put there is updated by apt. */
function canUpdateItself({ isPackaged, platform, appImagePath }: UpdatesParts): boolean {
  return isPackaged && (platform !== 'linux' || appImagePath !== null);
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
