import type { Rectangle } from 'electron';
import Store from 'electron-store';

import type { DesktopSettings } from '../shared/view/tray-input.ts';
import type { WindowKind } from './window-options.ts';

/** Login is the desktop's own list: it is asked, never remembered. */
type KeptSettings = Omit<DesktopSettings, 'startAtLogin'>;

interface Stored extends KeptSettings {
  windowBounds: Partial<Record<WindowKind, Rectangle>>;
  hasStarted: boolean;
}

/** What the shell itself remembers; everything about projects and power is the core's config. */
export interface Preferences {
  readonly windowBounds: {
    read(kind: WindowKind): Rectangle | null;
    write(kind: WindowKind, bounds: Rectangle): void;
  };
  settings(): KeptSettings;
  set(change: Partial<KeptSettings>): void;
  /** True once: at the very first start on this home. */
  takeFirstStart(): boolean;
}

const bounds = {
  type: 'object',
  required: ['x', 'y', 'width', 'height'],
  properties: {
    x: { type: 'integer' },
    y: { type: 'integer' },
    width: { type: 'integer', minimum: 200, maximum: 20_000 },
    height: { type: 'integer', minimum: 200, maximum: 20_000 },
  },
} as const;

/** `shell.json` in the shell's own folder. A damaged file is begun anew: nothing in it is worth a failed start. */
export function createPreferences(): Preferences {
  const store = new Store<Stored>({
    name: 'shell',
    clearInvalidConfig: true,
    defaults: { windowBounds: {}, openAtStart: false, startWindow: 'wide', tray: true, hasStarted: false },
    schema: {
      windowBounds: {
        type: 'object',
        properties: { compact: bounds, wide: bounds },
        additionalProperties: false,
      },
      openAtStart: { type: 'boolean' },
      startWindow: { enum: ['compact', 'wide'] },
      tray: { type: 'boolean' },
      hasStarted: { type: 'boolean' },
    },
  });
  return {
    windowBounds: {
      read: (kind) => store.get('windowBounds')[kind] ?? null,
      write: (kind, value) => store.set('windowBounds', { ...store.get('windowBounds'), [kind]: value }),
    },
    settings: () => ({
      openAtStart: store.get('openAtStart'),
      startWindow: store.get('startWindow'),
      tray: store.get('tray'),
    }),
    set(change) {
      store.set(change);
    },
    takeFirstStart() {
      const isFirst = !store.get('hasStarted');
      if (isFirst) store.set('hasStarted', true);
      return isFirst;
    },
  };
}
