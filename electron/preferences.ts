import type { Rectangle } from 'electron';
import Store from 'electron-store';

import type { WindowKind } from './window-options.ts';

interface Stored {
  windowBounds: Partial<Record<WindowKind, Rectangle>>;
}

/** What the shell itself remembers; everything about projects and power is the core's config. */
export interface Preferences {
  readonly windowBounds: {
    read(kind: WindowKind): Rectangle | null;
    write(kind: WindowKind, bounds: Rectangle): void;
  };
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
    defaults: { windowBounds: {} },
    schema: {
      windowBounds: {
        type: 'object',
        properties: { compact: bounds, wide: bounds },
        additionalProperties: false,
      },
    },
  });
  return {
    windowBounds: {
      read: (kind) => store.get('windowBounds')[kind] ?? null,
      write: (kind, value) => store.set('windowBounds', { ...store.get('windowBounds'), [kind]: value }),
    },
  };
}
