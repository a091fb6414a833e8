import { join } from 'node:path';

import type { NativeImage } from 'electron';

import type { TrayPlatform } from '../shared/view/tray-icon.ts';
import { trayIconFilename, trayPanel } from '../shared/view/tray-icon.ts';
import type { TrayIcon } from '../shared/view/tray-view.ts';

export interface TrayPictureParts {
  readonly platform: string;
  /** The folder `resources/icons/tray`. */
  readonly picturesDir: string;
  readonly read: (path: string) => NativeImage;
  /** XDG_CURRENT_DESKTOP, empty where there is none. */
  readonly desktop: string;
  readonly prefersDark: () => boolean;
  readonly displayScale: () => number;
}

/** Finds the shipped picture for an icon on this machine's panel. */
export function createTrayPicture(parts: TrayPictureParts): (icon: TrayIcon) => NativeImage {
  const platform: TrayPlatform =
    parts.platform === 'darwin' || parts.platform === 'win32' ? parts.platform : 'linux';
  return (icon) => {
    const panel = trayPanel(parts.desktop, parts.prefersDark());
    const image = parts.read(
      join(parts.picturesDir, trayIconFilename(icon, platform, panel, parts.displayScale())),
    );
    if (platform === 'darwin') image.setTemplateImage(true);
    return image;
  };
}
