import type { TrayHostParts, TrayHostWatch } from './tray-host.ts';
import type { ShellTray } from './tray.ts';

/** Where the person finds the app: in the tray, or in the window because there is no tray or none is wanted. */
export type TrayState = 'shown' | 'missing' | 'off';

export interface TrayPresence {
  /** As the person wants it; at once. */
  use(isWanted: boolean): void;
  /** Resolves once nothing more can come. */
  stop(): Promise<void>;
}

export interface TrayPresenceParts {
  readonly tray: Pick<ShellTray, 'renew' | 'destroy'>;
  /** Begins to watch who shows tray icons. */
  readonly watch: (parts: Pick<TrayHostParts, 'onChange' | 'onUnlisted'>) => TrayHostWatch;
  /** At each change. */
  readonly onState: (state: TrayState) => void;
}

/** Keeps the icon where somebody shows it, and says when nobody does. */
export function createTrayPresence({ tray, watch, onState }: TrayPresenceParts): TrayPresence {
  let host: TrayHostWatch | null = null;
  const stop = async (): Promise<void> => {
    const last = host;
    host = null;
    await last?.stop();
  };
  return {
    use(isWanted) {
      void stop();
      if (isWanted) {
        host = watch({
          onChange(isPresent) {
            tray.renew();
            onState(isPresent ? 'shown' : 'missing');
          },
          onUnlisted: () => tray.renew(),
        });
        return;
      }
      tray.destroy();
      onState('off');
    },
    stop,
  };
}
