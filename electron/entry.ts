import { homedir } from 'node:os';

import { app } from 'electron';

import { readEndpointFile } from '../core/endpoint-file.ts';
import { placesFrom } from '../core/places.ts';
import { systemClock } from '../core/system-clock.ts';

import { orchArguments } from './orch-arguments.ts';
import { runOrch } from './run-orch.ts';
import { createUpdates } from './updates.ts';
import { readUpdatesSettings } from './updates-settings.ts';

const orch = app.isPackaged ? orchArguments(process.argv) : null;

// Electron is not ready before its entry has been evaluated: the command line ends before anything of the desktop
// was started, and the shell may still decide what must come first.
if (orch !== null) {
  await runOrch(orch, app, process);
} else {
  await import('./main.ts');
  const { endpointPath } = placesFrom(process.env, process.platform, homedir());
  createUpdates({
    isPackaged: app.isPackaged,
    platform: process.platform,
    appImagePath: process.env['APPIMAGE'] ?? null,
    clock: systemClock,
    readSettings: () => readUpdatesSettings(readEndpointFile(endpointPath)),
    load: async () => (await import('electron-updater')).default.autoUpdater,
    onProblem: (text) => console.error(text),
  }).start();
}
