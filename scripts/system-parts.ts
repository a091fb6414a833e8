import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Something outside npm that some tests need. Detected by the presence of files, never by running it. */
export interface SystemPart {
  /** Kebab-case; `--without NAME` takes it. */
  readonly name: string;
  /** What is tested with it. */
  readonly tests: string;
  /** Debian packages that bring it; empty where none does. */
  readonly packages: readonly string[];
  /** How else to get it, where no package brings it. */
  readonly otherwise?: string;
  /** Whole projects that cannot run without it. */
  readonly projects: readonly string[];
  /** Test files that need it, by what stands in them. */
  readonly usedBy: RegExp;
  readonly present: (machine: Machine) => boolean;
}

/** What detection looks at. */
export interface Machine {
  readonly exists: (path: string) => boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The repository's root, absolute. */
  readonly rootDir: string;
}

export const thisMachine: Machine = {
  exists: existsSync,
  env: process.env,
  platform: process.platform,
  rootDir: resolve(import.meta.dirname, '..'),
};

/** The program's path when a folder of PATH (or the usual system folders) holds it; null otherwise. */
export function programPath(name: string, machine: Machine = thisMachine): string | null {
  const folders = [...(machine.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/bin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find(machine.exists) ?? null;
}

function hasLibrary(machine: Machine, name: string): boolean {
  const triplet = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((arch) => `/usr/lib/${arch}`);
  return [...triplet, '/usr/lib64', '/usr/lib', '/lib64'].some((folder) =>
    machine.exists(join(folder, name)),
  );
}

/**
 * The Electron program that can be started here: ELECTRON_OVERRIDE_DIST_PATH, then what npm's `electron` has
 * fetched, then /opt/electron-runtime. Null when there is none.
 */
export function electronPath(machine: Machine = thisMachine): string | null {
  const inside =
    machine.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : machine.platform === 'win32'
        ? 'electron.exe'
        : 'electron';
  const override = machine.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folders = [
    ...(override === undefined || override === '' ? [] : [override]),
    join(machine.rootDir, 'node_modules/electron/dist'),
    '/opt/electron-runtime',
  ];
  return folders.map((folder) => join(folder, inside)).find(machine.exists) ?? null;
}

export const SYSTEM_PARTS: readonly SystemPart[] = [
  {
    name: 'git',
    tests: 'hooks, change types from real repositories, commits of reports',
    packages: ['git'],
    projects: [],
    usedBy: /['"]git['"]/,
    present: (machine) => programPath('git', machine) !== null,
  },
  {
    name: 'hook-clients',
    tests: 'git hooks that ask the core through curl and through Perl',
    packages: ['curl', 'perl-base'],
    projects: [],
    usedBy: /isMissing\(client\)/,
    present: (machine) => ['curl', 'perl'].every((name) => programPath(name, machine) !== null),
  },
  {
    name: 'lefthook',
    tests: 'git hooks beside those of lefthook, and what each costs',
    packages: [],
    otherwise: 'unpack what `npm pack lefthook-linux-x64@2.2.2` fetches into node_modules/lefthook-linux-x64',
    projects: [],
    usedBy: /lefthook-linux-x64/,
    present: (machine) =>
      machine.exists(join(machine.rootDir, 'node_modules/lefthook-linux-x64/bin/lefthook')),
  },
  {
    name: 'nut-server',
    tests: 'a real UPS daemon that serves recorded devices',
    packages: ['nut-server', 'nut-client'],
    projects: [],
    usedBy: /nut-server|\/lib\/nut|dummy-ups/,
    present: (machine) => machine.exists('/lib/nut/upsd') && machine.exists('/lib/nut/dummy-ups'),
  },
  {
    name: 'prometheus',
    tests: 'a real Prometheus that scrapes the core and is asked what the Grafana dashboard asks',
    packages: ['prometheus'],
    projects: [],
    usedBy: /prometheus-server\.ts/,
    present: (machine) => ['prometheus', 'promtool'].every((name) => programPath(name, machine) !== null),
  },
  {
    name: 'browser-libraries',
    tests: 'the dashboard in a real browser',
    packages: ['libnss3', 'libnspr4', 'libexpat1'],
    projects: [],
    usedBy: /@sparticuz\/chromium|playwright-core/,
    present: (machine) =>
      machine.platform !== 'linux' || ['libnss3.so', 'libnspr4.so'].every((lib) => hasLibrary(machine, lib)),
  },
  {
    name: 'virtual-display',
    tests: 'the desktop shell: a display and a session bus of its own',
    packages: ['xvfb', 'xauth', 'dbus', 'dbus-x11'],
    projects: ['electron'],
    usedBy: /xvfb-run|dbus-run-session/,
    present: (machine) =>
      machine.platform !== 'linux' ||
      ['xvfb-run', 'xauth', 'dbus-run-session'].every((name) => programPath(name, machine) !== null),
  },
  {
    name: 'electron-libraries',
    tests: 'the desktop shell',
    packages: [
      'libgtk-3-0',
      'libnss3',
      'libasound2',
      'libgbm1',
      'libnotify4',
      'libxss1',
      'libxtst6',
      'libsecret-1-0',
      'libatspi2.0-0',
      'xdg-utils',
    ],
    projects: ['electron'],
    usedBy: /electronPath/,
    present: (machine) =>
      machine.platform !== 'linux' ||
      ['libgtk-3.so.0', 'libnss3.so', 'libasound.so.2', 'libgbm.so.1'].every((lib) =>
        hasLibrary(machine, lib),
      ),
  },
  {
    name: 'electron-runtime',
    tests: 'the desktop shell: tray, window, notifications, hardening',
    packages: [],
    otherwise: 'npx install-electron, or ELECTRON_OVERRIDE_DIST_PATH=<folder with an unpacked Electron>',
    projects: ['electron'],
    usedBy: /electronPath/,
    present: (machine) => electronPath(machine) !== null,
  },
  {
    name: 'recorded-data',
    tests: 'readers and judgements against data recorded from real machines',
    packages: [],
    otherwise: 'put the folder of recorded data at ../shared/fixtures, beside the repository',
    projects: [],
    usedBy: /recordedDir|shared\/fixtures/,
    present: (machine) => machine.exists(resolve(machine.rootDir, '../shared/fixtures')),
  },
];

/** Whether a part is there, for tests that leave themselves out: `describe.skipIf(!hasPart('nut-server'))`. */
export function hasPart(name: string, machine: Machine = thisMachine): boolean {
  const part = SYSTEM_PARTS.find((known) => known.name === name);
  if (part === undefined) throw new Error(`no system part is called "${name}"`);
  return part.present(machine);
}

export function missingParts(machine: Machine = thisMachine): SystemPart[] {
  return SYSTEM_PARTS.filter((part) => !part.present(machine));
}

/** The line that brings a part: "apt-get install -y ..." or what to do where no package has it. */
export function howToGet(part: SystemPart): string {
  return part.packages.length === 0
    ? (part.otherwise ?? 'not available here')
    : `apt-get install -y --no-install-recommends ${part.packages.join(' ')}`;
}
