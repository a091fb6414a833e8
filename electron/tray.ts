import type { Menu, MenuItemConstructorOptions, NativeImage, Rectangle, Tray } from 'electron';

import type { TrayIcon, TrayMenuItem, TrayView } from '../shared/view/tray-view.ts';

export interface TrayActions {
  /** At a project, or at the whole. */
  readonly openDashboard: (project: string | null) => void;
  readonly openCompact: () => void;
  readonly hostCore: () => void;
  readonly quit: () => void;
}

export interface TrayParts {
  readonly platform: string;
  readonly make: (image: NativeImage) => Tray;
  readonly menus: Pick<typeof Menu, 'buildFromTemplate'>;
  /** The shipped picture for this icon on this machine's panel. */
  readonly picture: (icon: TrayIcon) => NativeImage;
  readonly actions: TrayActions;
}

export interface ShellTray {
  /** Nothing is seen before the first `renew`. */
  draw(view: TrayView): void;
  /** Makes the icon, or makes it anew: a tray host that came later has not heard of the old one. */
  renew(): void;
  /** Where the icon is; null without one. */
  bounds(): Rectangle | null;
  destroy(): void;
}

/** Draws a TrayView and nothing else: it decides no word and no picture. */
export function createShellTray({ platform, make, menus, picture, actions }: TrayParts): ShellTray {
  let tray: Tray | null = null;
  let drawn: TrayView | null = null;
  let drawnMenu = '';

  const paint = (current: Tray, view: TrayView): void => {
    current.setImage(picture(view.icon));
    current.setToolTip(view.tooltip);
    const menuText = JSON.stringify(view.menu);
    if (menuText === drawnMenu) return;
    drawnMenu = menuText;
    const built = menus.buildFromTemplate(view.menu.map((item) => menuTemplate(item, actions)));
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
      tray.on('click', actions.openCompact);
      drawnMenu = '';
      paint(tray, drawn);
    },
    bounds: () => tray?.getBounds() ?? null,
    destroy() {
      tray?.destroy();
      tray = null;
    },
  };
}

/** One line of the menu in Electron's words. */
export function menuTemplate(item: TrayMenuItem, actions: TrayActions): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'state':
      return { label: escaped(item.label), enabled: false };
    case 'project':
      return {
        label: escaped(item.label),
        enabled: item.enabled,
        click: () => actions.openDashboard(item.project),
      };
    case 'open':
      return { label: item.label, click: () => actions.openDashboard(null) };
    case 'host':
      return { label: item.label, click: actions.hostCore };
    case 'quit':
      return { label: item.label, click: actions.quit };
  }
}

/** A single `&` would be taken for an access key. */
function escaped(label: string): string {
  return label.replaceAll('&', '&&');
}
