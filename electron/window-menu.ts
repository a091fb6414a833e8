import type { Menu } from 'electron';

import type { TrayAct, TrayMenuItem } from '../shared/view/tray-menu.ts';
import { menuTemplate } from './tray.ts';
import { WINDOW_TITLE } from './window-options.ts';

/** The menu of the window itself: the tray's, for desktops without one, and what editing text takes. */
export function createWindowMenu(
  menus: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>,
  onAct: (act: TrayAct) => void,
): { draw(items: readonly TrayMenuItem[]): void } {
  let drawn = '';
  return {
    draw(items) {
      const text = JSON.stringify(items);
      if (text === drawn) return;
      drawn = text;
      menus.setApplicationMenu(
        menus.buildFromTemplate([
          { label: WINDOW_TITLE, submenu: menuTemplate(items, onAct) },
          { role: 'editMenu' },
          {
            label: 'View',
            submenu: [{ role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }, { role: 'close' }],
          },
        ]),
      );
    },
  };
}
