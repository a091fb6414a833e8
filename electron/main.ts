import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
} from 'electron';

import { createCoreLink } from '../core/client/core-link.ts';
import { readEndpointFile } from '../core/endpoint-file.ts';
import { placesFrom } from '../core/places.ts';
import { secretsDir } from '../core/secret-files.ts';
import { systemClock } from '../core/system-clock.ts';
import type { NoticeAction } from '../shared/contract/alert.ts';
import type { DesktopSettings } from '../shared/view/tray-input.ts';
import { trayView } from '../shared/view/tray-view.ts';

import { createBusNotices } from './bus-notices.ts';
import { createCalmPage, wantsCalm } from './calm-page.ts';
import { createCoreHost, findAnswering } from './core-host.ts';
import type { HostOutcome } from './core-host.ts';
import { createLoginItem, startCommand } from './login-item.ts';
import { createMenuActs } from './menu-acts.ts';
import { askToStart, createMissingCore } from './missing-core.ts';
import { catchOwnFaults } from './own-faults.ts';
import { installPageRules } from './page-rules.ts';
import { watchPower } from './power-events.ts';
import { createPreferences } from './preferences.ts';
import { installQuit } from './quit.ts';
import { createSafeSecrets } from './safe-secrets.ts';
import { connectSessionBus, sessionBusPath } from './session-bus.ts';
import { createShellNotices } from './shell-notices.ts';
import { createShellReporter } from './shell-report.ts';
import { takeSingleInstance } from './single-instance.ts';
import type { SingleInstance } from './single-instance.ts';
import { startCoreHere } from './start-core.ts';
import { forcesSandbox, refusedSwitch } from './start-switches.ts';
import { createSystemNotices } from './system-notices.ts';
import { watchTrayHost } from './tray-host.ts';
import { createTrayPicture } from './tray-picture.ts';
import { createTrayPresence } from './tray-presence.ts';
import { createShellTray } from './tray.ts';
import { createWindowMenu } from './window-menu.ts';
import { besideTray, boundsOnScreen, pageTargetOf, workAreas } from './window-options.ts';
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
  const { env, platform } = process;
  const preferences = createPreferences();
  const findEndpoint = () => readEndpointFile(places.endpointPath);
  const connectBus = () => connectSessionBus(sessionBusPath(env), userInfo().uid);
  const core = createCoreHost({
    findRunning: () => findAnswering(findEndpoint),
    start: () =>
      startCoreHere(
        places,
        new URL('../', import.meta.url),
        createSafeSecrets({ dir: secretsDir(places.stateDir), platform, safeStorage }),
      ),
  });
  const loginItem = createLoginItem({
    platform,
    env,
    homeDir: homedir(),
    command: startCommand(env, process.execPath, app.isPackaged, app.getAppPath()),
    app,
  });
  const link = createCoreLink({
    client: 'shell',
    findEndpoint,
    clock: systemClock,
    onChange: () => draw(),
    onAttached: () => reporter.attached(),
    onNewCore: () => void window.reload(),
    onEvent: (event) => {
      if (event.name === 'alert') notices.take(event.data);
    },
  });
  const reporter = createShellReporter((report) => link.ask('PUT', '/v1/shell', report));
  const calmPage = createCalmPage();
  const window = createDashboardWindow({
    make(options) {
      const made = new BrowserWindow(options);
      calmPage.guard(made.webContents);
      return made;
    },
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
  const act = createMenuActs({
    ask: (method, path, body) => link.ask(method, path, body),
    open: (target) => void window.open('wide', target),
    host: () => void missingCore.offer(),
    // The panel waits for the click's answer, which goes with the icon.
    quit: () => void setImmediate(() => app.quit()),
    set({ startAtLogin, ...kept }: Partial<DesktopSettings>) {
      if (startAtLogin !== undefined) loginItem.set(startAtLogin);
      preferences.set(kept);
      draw();
      if (kept.tray !== undefined) setImmediate(() => presence.use(preferences.settings().tray));
    },
    onProblem: (text) => notices.say('That was not done', text),
  });
  const performFromNotice = (does: NoticeAction['does']): void => {
    if (does.kind === 'open') void window.open('wide', pageTargetOf(does.address));
    else act({ kind: 'ask', requests: [does] });
  };
  const notices = createShellNotices({
    clock: systemClock,
    screen:
      platform === 'linux'
        ? createBusNotices(connectBus)
        : createSystemNotices({
            clock: systemClock,
            isSupported: () => Notification.isSupported(),
            make: (options) => new Notification(options),
          }),
    perform: performFromNotice,
    onState: (state) => reporter.tell(state),
  });
  const tray = createShellTray({
    platform,
    make: (image) => new Tray(image),
    menus: Menu,
    picture: createTrayPicture({
      platform,
      picturesDir: join(app.getAppPath(), 'resources/icons/tray'),
      read: (path) => nativeImage.createFromPath(path),
      desktop: env['XDG_CURRENT_DESKTOP'] ?? '',
      prefersDark: () => nativeTheme.shouldUseDarkColors,
      displayScale: () => screen.getPrimaryDisplay().scaleFactor,
    }),
    onAct: act,
    onClick: () => void window.open('compact', null),
  });
  const windowMenu = createWindowMenu(Menu, act);
  let cancelRedraw = (): void => undefined;
  const draw = (): void => {
    cancelRedraw();
    const state = link.state();
    const pid = link.corePid();
    const view = trayView({
      ...state,
      nowMs: systemClock.wallMs(),
      ...(pid === null ? {} : { core: pid === process.pid ? { where: 'here' } : { where: 'service', pid } }),
      settings: { ...preferences.settings(), startAtLogin: loginItem.isOn() },
    });
    if (view.redrawInMs !== null) cancelRedraw = systemClock.after(view.redrawInMs, draw);
    tray.draw(view);
    windowMenu.draw(view.menu);
    calmPage.set(wantsCalm(state.snapshot?.energy));
  };
  const presence = createTrayPresence({
    tray,
    watch: (heard) => watchTrayHost({ platform, clock: systemClock, connectBus, pid: process.pid, ...heard }),
    onState(state) {
      window.setTray(state);
      reporter.tell({ tray: state === 'missing' ? 'no-host' : state === 'off' ? 'unknown' : 'shown' });
      if (state !== 'shown') void window.open(preferences.settings().startWindow, null);
    },
  });

  installPageRules({ app, session: session.defaultSession, shell, coreOrigin: () => link.origin() });
  // Registered, so that Electron does not quit by itself once no window is left.
  app.on('window-all-closed', () => undefined);
  app.on('activate', () => void window.open('wide', null));
  instance.onSecondStart(() => void window.open('wide', null));
  nativeTheme.on('updated', draw);
  if (platform === 'win32') app.setAppUserModelId('org.meta-orchestrator.desktop');
  app.dock?.hide();
  draw();
  notices.start();
  presence.use(preferences.settings().tray);
  const power = watchPower(powerMonitor, (cause) => {
    // Without a core there is nobody to look.
    link.ask('POST', '/v1/poke', { cause }).catch(() => undefined);
  });
  const leaving = installQuit({ app, signals: process, clock: systemClock }, async () => {
    window.release();
    power.stop();
    cancelRedraw();
    const silence = Promise.all([link.stop(), notices.stop(), presence.stop()]);
    tray.destroy();
    await core.stop();
    await silence;
  });
  catchOwnFaults(process, {
    isLeaving: () => leaving.isUnderWay(),
    leave: () => app.exit(1),
    tell: (text) => notices.say('The shell met a fault of its own', text),
  });
  const outcome = await hostCore();
  if (outcome.kind === 'failed') console.error(`The core could not be started. ${outcome.why}`);
  const { openAtStart, startWindow } = preferences.settings();
  if (preferences.takeFirstStart()) await window.open('wide', null);
  else if (openAtStart) await window.open(startWindow, null);
}
