import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  nativeImage,
  nativeTheme,
  screen,
  session,
  shell,
  Tray,
} from 'electron';

import { readEndpointFile } from '../core/endpoint-file.ts';
import { placesFrom } from '../core/places.ts';
import { systemClock } from '../core/system-clock.ts';
import { trayView } from '../shared/view/tray-view.ts';

import { createCoreHost, findAnswering } from './core-host.ts';
import type { HostOutcome } from './core-host.ts';
import { createCoreLink } from '../core/client/core-link.ts';
import { askToStart, createMissingCore } from './missing-core.ts';
import { installPageRules } from './page-rules.ts';
import { createPreferences } from './preferences.ts';
import { installQuit } from './quit.ts';
import { connectSessionBus, sessionBusPath } from './session-bus.ts';
import { takeSingleInstance } from './single-instance.ts';
import type { SingleInstance } from './single-instance.ts';
import { startCoreHere } from './start-core.ts';
import { forcesSandbox, refusedSwitch } from './start-switches.ts';
import { watchTrayHost } from './tray-host.ts';
import { createTrayPicture } from './tray-picture.ts';
import { createShellTray } from './tray.ts';
import { besideTray, boundsOnScreen, workAreas } from './window-options.ts';
import { createDashboardWindow } from './window.ts';

const places = placesFrom(process.env, process.platform, homedir());
const hasSwitch = (name: string): boolean => app.commandLine.hasSwitch(name);
const unwanted = refusedSwitch(app.isPackaged, hasSwitch);

// Both must come before `ready`; a development loader may bring this file later than that.
if (!app.isReady() && forcesSandbox(app.isPackaged, hasSwitch)) app.enableSandbox();
app.setPath('userData', join(places.stateDir, 'shell'));
const instance = unwanted === null ? takeSingleInstance(app) : null;
if (unwanted !== null) console.error(`Meta-Orchestrator does not start with --${unwanted}.`);
if (instance === null) app.exit(unwanted === null ? 0 : 2);
else {
  // Not awaited here: Electron is not ready before its entry has been evaluated.
  app.whenReady().then(
    () => run(instance),
    (error: unknown) => console.error(error),
  );
}

async function run(instance: SingleInstance): Promise<void> {
  const preferences = createPreferences();
  const findEndpoint = () => readEndpointFile(places.endpointPath);
  const core = createCoreHost({
    findRunning: () => findAnswering(findEndpoint),
    start: () => startCoreHere(places, new URL('../', import.meta.url)),
  });
  const link = createCoreLink({
    findEndpoint,
    clock: systemClock,
    onChange: (state) => tray.draw(trayView(state)),
    onNewCore: () => void window.reload(),
  });
  const window = createDashboardWindow({
    make: (options) => new BrowserWindow(options),
    isPackaged: app.isPackaged,
    clock: systemClock,
    signInUrl: () => link.signInUrl(),
    bounds: {
      read: (kind) =>
        boundsOnScreen(preferences.windowBounds.read(kind), workAreas(screen)) ??
        (kind === 'compact' ? besideTray(tray.bounds(), workAreas(screen)) : null),
      write: (kind, bounds) => preferences.windowBounds.write(kind, bounds),
    },
    onNoCore: () => void missingCore.offer(),
    onLastExit: () => app.quit(),
  });
  const hostCore = async (): Promise<HostOutcome> => {
    const outcome = await core.ensure();
    link.retryNow();
    return outcome;
  };
  const missingCore = createMissingCore({
    ask: (detail, canStay) => askToStart(dialog, detail, canStay),
    host: hostCore,
    isTrayShown: () => window.isTrayShown(),
    openWindow: () => void window.open('wide', null),
    quit: () => app.quit(),
  });
  const tray = createShellTray({
    platform: process.platform,
    make: (image) => new Tray(image),
    menus: Menu,
    picture: createTrayPicture({
      platform: process.platform,
      picturesDir: join(app.getAppPath(), 'resources/icons/tray'),
      read: (path) => nativeImage.createFromPath(path),
      desktop: process.env['XDG_CURRENT_DESKTOP'] ?? '',
      prefersDark: () => nativeTheme.shouldUseDarkColors,
      displayScale: () => screen.getPrimaryDisplay().scaleFactor,
    }),
    actions: {
      openDashboard: (project) => void window.open('wide', project),
      openCompact: () => void window.open('compact', null),
      hostCore: () => void missingCore.offer(),
      // The panel waits for the click's answer, which goes with the icon.
      quit: () => void setImmediate(() => app.quit()),
    },
  });

  installPageRules({ app, session: session.defaultSession, shell, coreOrigin: () => link.origin() });
  // Registered, so that Electron does not quit by itself once no window is left.
  app.on('window-all-closed', () => undefined);
  app.on('activate', () => void window.open('wide', null));
  instance.onSecondStart(() => void window.open('wide', null));
  nativeTheme.on('updated', () => tray.draw(trayView(link.state())));
  app.dock?.hide();
  tray.draw(trayView(link.state()));

  const trayHost = watchTrayHost({
    platform: process.platform,
    clock: systemClock,
    connectBus: () => connectSessionBus(sessionBusPath(process.env), userInfo().uid),
    onChange(isPresent) {
      window.setTrayShown(isPresent);
      tray.renew();
      if (!isPresent) void window.open('wide', null);
    },
  });
  installQuit(app, process, async () => {
    window.release();
    trayHost.stop();
    link.stop();
    tray.destroy();
    await core.stop();
  });
  const outcome = await hostCore();
  if (outcome.kind === 'failed') console.error(`The core could not be started. ${outcome.why}`);
}
