import { EventEmitter } from 'node:events';

import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';

import { createShellTray, menuTemplate } from '../../../electron/tray.ts';
import type { TrayIcon, TrayView } from '../../../shared/view/tray-view.ts';

function setUp(platform = 'linux') {
  const log: string[] = [];
  const say = (what: string) => (): void => void log.push(what);
  const actions = {
    openDashboard: (project: string | null) => log.push(`open ${project ?? 'all'}`),
    openCompact: say('compact'),
    hostCore: say('host'),
    quit: say('quit'),
  };
  let icon = new EventEmitter();
  const tray = createShellTray({
    platform,
    actions,
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
  return { tray, log, actions, icon: () => icon };
}

const view = (level: 'LOW' | 'FULL', label: string): TrayView => ({
  icon: { level, permission: 'allowed', halt: false },
  tooltip: label,
  menu: [{ kind: 'state', label }],
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

  it('opens the small window on a click', () => {
    const { tray, log, icon } = setUp();
    tray.draw(view('LOW', 'a'));
    tray.renew();
    icon().emit('click');
    expect(log.at(-1)).toBe('compact');
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

describe('a menu line', () => {
  const click = (item: Parameters<typeof menuTemplate>[0]): string | undefined => {
    const { actions, log } = setUp();
    (menuTemplate(item, actions).click as (() => void) | undefined)?.();
    return log[0];
  };
  it.each([
    [{ kind: 'project', label: 'shop', project: 'shop', enabled: true }, 'open shop'],
    [{ kind: 'open', label: 'Open dashboard' }, 'open all'],
    [{ kind: 'host', label: 'Start it here' }, 'host'],
    [{ kind: 'quit', label: 'Quit' }, 'quit'],
    [{ kind: 'state', label: 'LOW' }, undefined],
  ] as const)('%j', (item, effect) => {
    expect(click(item)).toBe(effect);
  });

  it('shows an ampersand as one', () => {
    const { actions } = setUp();
    const item = { kind: 'project', label: 'R&D', project: 'r-d', enabled: false } as const;
    expect(menuTemplate(item, actions)).toMatchObject({ label: 'R&&D', enabled: false });
  });
});
