import type { TrayHostParts } from './tray-host.ts';
import type { ShellTray } from './tray.ts';

/** Where the person finds the app: in the tray, or in the window because there is no tray or none is wanted. */
export type TrayState = 'shown' | 'missing' | 'off';

export interface TrayPresence {
  /** As the person wants it; at once. */
  use(isWanted: boolean): void;
  stop(): void;
}

export interface TrayPresenceParts {
  readonly tray: Pick<ShellTray, 'renew' | 'destroy'>;
  /** Begins to watch who shows tray icons. */
  readonly watch: (parts: Pick<TrayHostParts, 'onChange' | 'onUnlisted'>) => { stop(): void };
  /** At each change. */
  readonly onState: (state: TrayState) => void;
}

/** Keeps the icon where somebody shows it, and says when nobody does. */
export function createTrayPresence({ tray, watch, onState }: TrayPresenceParts): TrayPresence {
  let host: { stop(): void } | null = null;
  const stop = (): void => {
    host?.stop();
    host = null;
  };
  return {
    use(isWanted) {
      stop();
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
