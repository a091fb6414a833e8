import { describe, expect, it } from 'vitest';

import { createTrayPresence } from '../../../electron/tray-presence.ts';

function setUp() {
  const log: string[] = [];
  let heard: { onChange(isPresent: boolean): void; onUnlisted(): void } | null = null;
  const presence = createTrayPresence({
    tray: { renew: () => log.push('renew'), destroy: () => log.push('destroy') },
    watch(parts) {
      heard = parts;
      log.push('watch');
      return { stop: () => Promise.resolve(void log.push('unwatch')) };
    },
    onState: (state) => log.push(state),
  });
  return { presence, log, host: () => heard! };
}

describe('where the app is found', () => {
  it('is the tray where somebody shows it, else the window', () => {
    const { presence, log, host } = setUp();
    presence.use(true);
    host().onChange(true);
    host().onUnlisted();
    host().onChange(false);
    expect(log).toEqual(['watch', 'renew', 'shown', 'renew', 'renew', 'missing']);
  });

  it('is the window when the person wants no tray, and the tray again', () => {
    const { presence, log } = setUp();
    presence.use(true);
    presence.use(false);
    expect(log).toEqual(['watch', 'unwatch', 'destroy', 'off']);
    presence.use(true);
    void presence.stop();
    expect(log.slice(4)).toEqual(['watch', 'unwatch']);
  });
});
