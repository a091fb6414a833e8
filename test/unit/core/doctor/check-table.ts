import { fakeClock } from '../../../fakes/fake-clock.ts';
import { HOME } from '../../../fakes/fake-doctor-ports.ts';
import { adapterSupply, desktop, laptop, ups } from '../../../fakes/power-readings.ts';
import type { CheckStatus, RunOutcome } from '../../../../core/doctor/check.ts';
import type { FakeMachine } from '../../../fakes/fake-doctor-ports.ts';

const STATE = `${HOME}/.local/state/meta-orchestrator`;
const CONFIG = `${HOME}/.config/meta-orchestrator/config.yaml`;
const SNAPSHOT = `${STATE}/.orchestrator_report.json`;
const ENDPOINT = `${STATE}/endpoint.json`;
const DESKTOP = { DISPLAY: ':0' };
const PROJECT = 'projects:\n  - id: shop\n    path: /src/shop\n';
const HOOK = '/src/shop/.git/hooks/pre-push';
const healthy = { kind: 'answers', status: 200, body: '{"status":"ok","version":"1.0.0"}' } as const;

function ended(out: string, code = 0): RunOutcome {
  return { kind: 'ended', code, out };
}

function endpointText(port = 7717, socket: string | null = null): string {
  return JSON.stringify({
    url: `http://127.0.0.1:${port}`,
    socket,
    token: 'x'.repeat(43),
    pid: 4_242,
    startedAt: '2026-01-05T09:00:00.000Z',
    version: '1.0.0',
  });
}

function running(more: FakeMachine = {}, port = 7717): FakeMachine {
  return {
    alive: true,
    health: healthy,
    ...more,
    files: { [ENDPOINT]: { text: endpointText(port) }, ...more.files },
  };
}

function snapshotText(alerts: object[], at = '2026-01-05T09:59:50.000Z'): string {
  return JSON.stringify({ at, alerts });
}

const gitHooks = { 'git -C /src/shop': ended('.git/hooks\n') };
const bus = (owned: boolean) => ({ 'busctl --user': ended(`b ${owned}\n`) });

/** id, what is the case, the machine, the status, words the finding must hold. */
export const CHECK_TABLE: readonly [string, string, FakeMachine, CheckStatus, RegExp][] = [
  ['power-sensors', 'a desktop', {}, 'ok', /No power supplies/],
  [
    'power-sensors',
    'a laptop',
    { power: { reading: laptop({ percent: 54 }), failure: '' } },
    'ok',
    /BAT0: discharging, 54 %, -10\.0 W; read just now; counts/,
  ],
  [
    'power-sensors',
    'a battery that tells nothing',
    {
      power: {
        reading: { ...laptop({ percent: null }), problems: ['BAT0/uevent: permission denied'] },
        failure: '',
      },
    },
    'problem',
    /BAT0 counts but tells nothing[^]*Allow this user[^]*permission denied/,
  ],
  [
    'power-sensors',
    'an adapter that tells nothing',
    { power: { reading: desktop([], [adapterSupply(null)]), failure: '' } },
    'problem',
    /AC counts but tells nothing/,
  ],
  [
    'power-sensors',
    'an old value',
    {
      power: { reading: laptop({ percent: 54 }), failure: '' },
      clock: fakeClock('2026-01-05T10:00:40.000Z'),
    },
    'ok',
    /read 40 s ago/,
  ],
  [
    'power-sensors',
    'a reader that failed',
    { power: { reading: null, failure: 'no answer within 2 s' } },
    'problem',
    /no answer within 2 s/,
  ],
  ['heat-sensors', 'none', {}, 'ok', /No heat sensors/],
  [
    'heat-sensors',
    'one that is hot',
    {
      power: {
        reading: {
          ...desktop(),
          thermal: {
            coolingStatus: 'HOT',
            hottestC: 93,
            zone: 'x86_pkg_temp',
            headroomC: 7,
            sensors: [
              {
                path: 'thermal/thermal_zone0/temp',
                label: 'x86_pkg_temp',
                valueC: 93,
                plausible: true,
                reason: 'in range',
              },
            ],
          },
        },
        failure: '',
      },
    },
    'ok',
    /Cooling is HOT, hottest 93\.0 °C[^]*x86_pkg_temp \(thermal\/thermal_zone0\/temp\): 93\.0 °C/,
  ],
  ['ups', 'none is configured', {}, 'not-applicable', /./],
  [
    'ups',
    'one that answers',
    { config: 'energy:\n  nut: 127.0.0.1\n', ups: [ups()] },
    'ok',
    /ups@127\.0\.0\.1: OL, 100 %; read just now; feeds this machine/,
  ],
  [
    'ups',
    'a dead daemon',
    { config: 'energy:\n  nut: 127.0.0.1\n', ups: [ups({ problem: 'connection refused', readAt: null })] },
    'problem',
    /connection refused[^]*never read/,
  ],
  [
    'ups',
    'two, and nobody said which',
    {
      config: 'energy:\n  nut: 127.0.0.1\n',
      ups: [ups({ feedsThisMachine: false }), ups({ name: 'b', feedsThisMachine: false })],
    },
    'warning',
    /energy\.feedingUps/,
  ],
  ['ups', 'a daemon without a UPS', { config: 'energy:\n  apcupsd: 127.0.0.1\n' }, 'problem', /knows no UPS/],
  ['config', 'no file', {}, 'ok', /every setting has its default/],
  ['config', 'a right file', { config: PROJECT, files: { [CONFIG]: {} } }, 'ok', /is right; 1 project\./],
  [
    'config',
    'a wrong value',
    { config: 'intervalSeconds: 1\n' },
    'problem',
    /config\.yaml:1:1 intervalSeconds/,
  ],
  ['config', 'open to others', { files: { [CONFIG]: { mode: 0o644 } } }, 'warning', /chmod 600/],
  [
    'config',
    "somebody else's",
    { files: { [CONFIG]: { isOurs: false } } },
    'warning',
    /belongs to somebody else/,
  ],
  ['endpoint', 'no core', {}, 'warning', /No core is running/],
  [
    'endpoint',
    'a running core',
    running(),
    'ok',
    /http:\/\/127\.0\.0\.1:7717 answers; version 1\.0\.0, pid 4242/,
  ],
  ['endpoint', 'a dead core', running({ alive: false }), 'warning', /pid 4242 has ended/],
  [
    'endpoint',
    'another port',
    running({}, 43_211),
    'warning',
    /Port 7717 was taken; the core answers on 43211/,
  ],
  [
    'endpoint',
    'the port that was asked for',
    running({ env: { ORCH_PORT: '43211' } }, 43_211),
    'ok',
    /43211/,
  ],
  ['endpoint', 'any port was asked for', running({ config: 'port: 0\n' }, 43_211), 'ok', /43211/],
  [
    'endpoint',
    'a core that hangs',
    running({ health: { kind: 'silent', why: 'no answer within 1 s' } }),
    'problem',
    /does not answer[^]*no answer within 1 s/,
  ],
  [
    'endpoint',
    'a stranger on the port',
    running({ health: { kind: 'answers', status: 200, body: '<html>' } }),
    'problem',
    /Something else answers/,
  ],
  [
    'endpoint',
    'a token others may read',
    running({ files: { [ENDPOINT]: { mode: 0o644, text: endpointText() } } }),
    'problem',
    /token/,
  ],
  [
    'endpoint',
    'a link in its place',
    running({ files: { [ENDPOINT]: { kind: 'link' } } }),
    'problem',
    /not trusted/,
  ],
  [
    'endpoint',
    'rubbish',
    running({ files: { [ENDPOINT]: { text: '{"url":' } } }),
    'problem',
    /cannot be understood/,
  ],
  [
    'endpoint',
    'an address that is not this machine',
    running({ files: { [ENDPOINT]: { text: endpointText().replace('127.0.0.1', 'evil.example') } } }),
    'problem',
    /cannot be understood/,
  ],
  [
    'endpoint',
    'its socket gone',
    running({ files: { [ENDPOINT]: { text: endpointText(7717, `${STATE}/api.sock`) } } }),
    'problem',
    /socket .* is gone/,
  ],
  ['disk-space', 'not made yet', {}, 'ok', /will be made at the first start; 76293 MB free/],
  ['disk-space', 'there', { files: { [STATE]: { kind: 'folder' } } }, 'ok', /MB free/],
  ['disk-space', 'little room', { freeBytes: 200 * 1024 * 1024 }, 'warning', /only 200 MB free/],
  ['disk-space', 'no room', { freeBytes: 1024 }, 'problem', /only 0 MB free/],
  ['disk-space', 'read-only', { readOnly: true }, 'problem', /cannot be written/],
  [
    'disk-space',
    'open to others',
    { files: { [STATE]: { kind: 'folder', mode: 0o755 } } },
    'warning',
    /chmod 700/,
  ],
  ['disk-space', 'a file in its place', { files: { [STATE]: { kind: 'file' } } }, 'problem', /not a folder/],
  ['disk-space', 'a platform that does not tell', { freeBytes: null }, 'ok', /not known/],
  [
    'clock',
    'kept right',
    { programs: { timedatectl: ended('yes\n') } },
    'ok',
    /kept right over the network; sleep is told from the clock since boot/,
  ],
  ['clock', 'not kept right', { programs: { timedatectl: ended('no\n') } }, 'warning', /set-ntp/],
  ['clock', 'nobody tells', {}, 'ok', /not known/],
  [
    'clock',
    '1970',
    { clock: fakeClock('1970-01-01T00:00:10.000Z') },
    'warning',
    /1970-01-01[^]*Set the clock/,
  ],
  [
    'clock',
    'no clock since boot',
    { clock: fakeClock(undefined, false) },
    'ok',
    /sleep is told from the wall clock/,
  ],
  ['runtime', 'new enough', {}, 'ok', /Node v24\.21\.0, SQLite 3\.53\.4/],
  ['runtime', 'an old Node', { versions: { node: 'v22.12.9', sqlite: '3.53.4' } }, 'problem', /too old/],
  [
    'runtime',
    'an old SQLite',
    { versions: { node: 'v22.13.0', sqlite: '3.51.2' } },
    'problem',
    /3\.51\.3 is needed/,
  ],
  ['runtime', 'the least', { versions: { node: 'v22.13.0', sqlite: '3.51.3' } }, 'ok', /./],
  ['hooks', 'no project', {}, 'not-applicable', /./],
  ['hooks', 'none installed', { config: PROJECT, programs: gitHooks }, 'ok', /0 of 1[^]*shop: no gate/],
  [
    'hooks',
    'installed',
    {
      config: PROJECT,
      programs: gitHooks,
      files: { [HOOK]: { mode: 0o755, text: 'exec orch gate shop\n' } },
    },
    'ok',
    /1 of 1[^]*shop: gate in place/,
  ],
  [
    'hooks',
    'not executable',
    {
      config: PROJECT,
      programs: gitHooks,
      files: { [HOOK]: { mode: 0o644, text: 'exec orch gate shop\n' } },
    },
    'problem',
    /cannot run[^]*orch hooks install \/src\/shop/,
  ],
  [
    'hooks',
    'kept elsewhere',
    {
      config: PROJECT,
      programs: { 'git -C /src/shop': ended('/etc/hooks\n') },
      files: { '/etc/hooks/pre-commit': { mode: 0o755, text: '"/opt/orch" gate shop' } },
    },
    'ok',
    /gate in place/,
  ],
  [
    'hooks',
    'switched off',
    { config: PROJECT, programs: gitHooks, env: { ORCH_DISABLE_HOOKS: '1' } },
    'warning',
    /ORCH_DISABLE_HOOKS/,
  ],
  [
    'hooks',
    'no repository',
    { config: PROJECT, programs: { git: ended('', 128) } },
    'ok',
    /not a git repository/,
  ],
  ['hooks', 'no git', { config: PROJECT }, 'ok', /git does not answer/],
  ['notifications', 'no desktop', {}, 'not-applicable', /./],
  ['notifications', 'a service', { env: DESKTOP, programs: bus(true) }, 'ok', /is running/],
  ['notifications', 'none', { env: DESKTOP, programs: bus(false) }, 'problem', /will not be seen/],
  ['notifications', 'no busctl', { env: DESKTOP }, 'warning', /Not known: busctl is not installed/],
  [
    'notifications',
    'a bus that hangs',
    { env: DESKTOP, programs: { busctl: { kind: 'too-slow' } } },
    'warning',
    /does not answer/,
  ],
  ['notice-channels', 'no core', {}, 'not-applicable', /lately/],
  [
    'notice-channels',
    'half a snapshot',
    { files: { [SNAPSHOT]: { text: '{"at":' } } },
    'not-applicable',
    /./,
  ],
  [
    'notice-channels',
    'an old snapshot',
    { files: { [SNAPSHOT]: { text: snapshotText([], '2026-01-05T09:00:00.000Z') } } },
    'not-applicable',
    /lately/,
  ],
  ['notice-channels', 'nothing said', { files: { [SNAPSHOT]: { text: snapshotText([]) } } }, 'ok', /get/],
  [
    'notice-channels',
    'a channel that stopped',
    {
      files: {
        [SNAPSHOT]: {
          text: snapshotText([{ code: 'channel-failing', title: 'Slack stopped', text: '404 no_service.' }]),
        },
      },
    },
    'warning',
    /Slack stopped: 404 no_service/,
  ],
  [
    'notice-channels',
    'a secret for all to see',
    { files: { [`${STATE}/secrets/slack-webhook`]: { mode: 0o644 } } },
    'problem',
    /chmod 600 .*slack-webhook/,
  ],
  ['tray-host', 'no desktop', {}, 'not-applicable', /./],
  ['tray-host', 'macOS', { platform: 'darwin', env: DESKTOP }, 'not-applicable', /./],
  [
    'tray-host',
    'a tray',
    { env: { WAYLAND_DISPLAY: 'wayland-0' }, programs: bus(true) },
    'ok',
    /shows tray icons/,
  ],
  [
    'tray-host',
    'no tray',
    { env: DESKTOP, programs: bus(false) },
    'warning',
    /no tray; the window opens instead/,
  ],
  ['tray-host', 'no busctl', { env: DESKTOP }, 'warning', /Not known/],
  ['tray-host', 'no bus', { env: DESKTOP, programs: { busctl: ended('', 1) } }, 'warning', /no session bus/],
];
