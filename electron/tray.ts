import type { Menu, MenuItemConstructorOptions, NativeImage, Rectangle, Tray } from 'electron';

import type { TrayAct, TrayMenuItem } from '../shared/view/tray-menu.ts';
import type { TrayIcon, TrayView } from '../shared/view/tray-view.ts';

export interface TrayParts {
  readonly platform: string;
  readonly make: (image: NativeImage) => Tray;
  readonly menus: Pick<typeof Menu, 'buildFromTemplate'>;
  /** The shipped picture for this icon on this machine's panel. */
  readonly picture: (icon: TrayIcon) => NativeImage;
  /** A line of the menu was chosen. */
  readonly onAct: (act: TrayAct) => void;
  /** A click on the icon itself. */
  readonly onClick: () => void;
}

export interface ShellTray {
  /** Nothing is seen before the first `renew`. */
  draw(view: TrayView): void;
  /** Whether there is an icon, shown or not. */
  isMade(): boolean;
  /** Makes the icon, or makes it anew: a tray host that came later has not heard of the old one. */
  renew(): void;
  /** Where the icon is; null without one. */
  bounds(): Rectangle | null;
  destroy(): void;
}

/** Draws a TrayView and nothing else: it decides no word and no picture. */
export function createShellTray({ platform, make, menus, picture, onAct, onClick }: TrayParts): ShellTray {
  let tray: Tray | null = null;
  let drawn: TrayView | null = null;
  let drawnMenu = '';

  const paint = (current: Tray, view: TrayView): void => {
    current.setImage(picture(view.icon));
    current.setToolTip(view.tooltip);
    const menuText = JSON.stringify(view.menu);
    if (menuText === drawnMenu) return;
    drawnMenu = menuText;
    const built = menus.buildFromTemplate(menuTemplate(view.menu, onAct));
    if (platform === 'darwin') {
      // A menu set on macOS would open on every click, and the window never.
      current.removeAllListeners('right-click');
      current.on('right-click', () => current.popUpContextMenu(built));
    } else current.setContextMenu(built);
  };

  return {
    draw(view) {
      drawn = view;
      if (tray !== null) paint(tray, view);
    },
    renew() {
      if (drawn === null) return;
      tray?.destroy();
      tray = make(picture(drawn.icon));
      tray.on('click', onClick);
      drawnMenu = '';
      paint(tray, drawn);
    },
    isMade: () => tray !== null,
    bounds: () => tray?.getBounds() ?? null,
    destroy() {
      tray?.destroy();
      tray = null;
    },
  };
}

/** The lines of a menu in Electron's words. */
export function menuTemplate(
  items: readonly TrayMenuItem[],
  onAct: (act: TrayAct) => void,
): MenuItemConstructorOptions[] {
  return items.map((item) => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'state':
        return { label: escaped(item.label), enabled: false };
      case 'submenu':
        return { label: escaped(item.label), submenu: menuTemplate(item.items, onAct) };
      case 'act':
        return {
          label: escaped(item.label),
          enabled: item.enabled,
          ...(item.checked === null ? {} : { type: 'checkbox', checked: item.checked }),
          click: () => onAct(item.act),
        };
    }
  });
}

/** A single `&` would be taken for an access key. */
function escaped(label: string): string {
  return label.replaceAll('&', '&&');
}
