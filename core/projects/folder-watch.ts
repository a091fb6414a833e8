import { watch, type FSWatcher } from 'node:fs';

export interface FolderWatch {
  /** Watches the folder at `path`, known by its device and inode; re-arms when another stands there. */
  arm(path: string, identity: string): void;
  disarm(): void;
}

/**
 * Tells of changes to one file of a folder. Only a hint: where the system cannot watch (limits, network disks),
 * polling finds the change later, and the next `arm` tries again.
 */
export function createFolderWatch(fileName: string, onHint: () => void): FolderWatch {
  let watcher: FSWatcher | null = null;
  let armed: string | null = null;
  const disarm = (): void => {
    watcher?.close();
    watcher = null;
    armed = null;
  };
  return {
    arm(path, identity) {
      const wanted = `${path} ${identity}`;
      if (armed === wanted) return;
      disarm();
      try {
        watcher = watch(path, { persistent: false }, (_, name) => {
          if (name === null || name === fileName) onHint();
        });
        watcher.on('error', disarm);
        armed = wanted;
      } catch {
        disarm();
      }
    },
    disarm,
  };
}
