import { EventEmitter } from 'node:events';

import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';

import { createShellTray, menuTemplate } from '../../../electron/tray.ts';
import type { TrayAct, TrayMenuItem } from '../../../shared/view/tray-menu.ts';
import type { TrayIcon, TrayView } from '../../../shared/view/tray-view.ts';

function setUp(platform = 'linux') {
  const log: string[] = [];
  const say = (what: string) => (): void => void log.push(what);
  let icon = new EventEmitter();
  const tray = createShellTray({
    platform,
    onAct: (act) => log.push(act.kind),
    onClick: say('clicked'),
    picture: ({ level }: TrayIcon) => level as never,
    menus: { buildFromTemplate: (template: MenuItemConstructorOptions[]) => template as never },
    make(image) {
      log.push(`made ${image as unknown as string}`);
      icon = Object.assign(new EventEmitter(), {
        setImage: (next: unknown) => log.push(`image ${String(next)}`),
        setToolTip: (text: string) => log.push(`tooltip ${text}`),
        setContextMenu: (menu: unknown[]) => log.push(`menu of ${menu.length}`),
        popUpContextMenu: say('popped up'),
        destroy: say('gone'),
      });
      return icon as never;
    },
  });
  return { tray, log, icon: () => icon };
}

const view = (level: 'LOW' | 'FULL', label: string): TrayView => ({
  icon: { level, permission: 'allowed', halt: false },
  tooltip: label,
  menu: [{ kind: 'state', label }],
  redrawInMs: null,
});

describe('the tray icon', () => {
  it('draws what it is given, once somebody shows tray icons', () => {
    const { tray, log } = setUp();
    tray.draw(view('LOW', 'a'));
    expect(log).toEqual([]);
    tray.renew();
    expect(log).toEqual(['made LOW', 'image LOW', 'tooltip a', 'menu of 1']);
  });

  it('leaves an unchanged menu alone, so that an open one stays open', () => {
    const { tray, log } = setUp();
    tray.draw(view('LOW', 'a'));
    tray.renew();
    log.length = 0;
    tray.draw(view('FULL', 'a'));
    expect(log).toEqual(['image FULL', 'tooltip a']);
    tray.draw(view('FULL', 'b'));
    expect(log).toContain('menu of 1');
  });

  it('is made anew for a panel that came later', () => {
    const { tray, log } = setUp();
    tray.draw(view('LOW', 'a'));
    tray.renew();
    log.length = 0;
    tray.renew();
    expect(log).toEqual(['gone', 'made LOW', 'image LOW', 'tooltip a', 'menu of 1']);
  });

  it('hears a click', () => {
    const { tray, log, icon } = setUp();
    tray.draw(view('LOW', 'a'));
    tray.renew();
    icon().emit('click');
    expect(log.at(-1)).toBe('clicked');
  });

  it('keeps the click free on macOS and shows the menu on the other button', () => {
    const { tray, log, icon } = setUp('darwin');
    tray.draw(view('LOW', 'a'));
    tray.renew();
    expect(log).not.toContain('menu of 1');
    icon().emit('right-click');
    expect(log.at(-1)).toBe('popped up');
  });
});

describe('a menu', () => {
  const host = { kind: 'host' } as const;
  const line = { kind: 'act', label: 'Start', act: host, enabled: true, checked: null } as const;
  const built = (item: TrayMenuItem) => {
    const acts: TrayAct[] = [];
    const [template] = menuTemplate([item], (act) => acts.push(act));
    return { template, acts };
  };

  it('does what its line says', () => {
    const { template, acts } = built(line);
    (template?.click as () => void)();
    expect(acts).toEqual([host]);
    expect(template?.type).toBeUndefined();
  });

  it('shows what is on', () => {
    expect(built({ ...line, checked: true }).template).toMatchObject({ type: 'checkbox', checked: true });
    expect(built({ ...line, checked: false, enabled: false }).template).toMatchObject({
      checked: false,
      enabled: false,
    });
  });

  it('has menus inside', () => {
    const { template, acts } = built({ kind: 'submenu', label: 'More', items: [line] });
    const [inner] = template?.submenu as MenuItemConstructorOptions[];
    (inner?.click as () => void)();
    expect(acts).toEqual([host]);
  });

  it('shows words that cannot be chosen, an ampersand as one', () => {
    expect(built({ kind: 'state', label: 'R&D' }).template).toEqual({ label: 'R&&D', enabled: false });
  });
});
