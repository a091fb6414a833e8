import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { programPath } from '../../../scripts/system-parts.ts';
import { readPropertyList } from './property-list.ts';

const dir = resolve(import.meta.dirname, '../../../resources/packaging');
const unitPath = join(dir, 'meta-orchestrator.service');
const unit = readFileSync(unitPath, 'utf8');
/** Every value of a key of the unit. */
const values = (key: string): readonly string[] =>
  [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value);

describe('the systemd user unit', () => {
  it('runs the core without a display, and again when it failed, but not with bad settings', () => {
    expect(values('ExecStart')).toEqual(['/usr/bin/env orch daemon --quiet']);
    expect(values('Restart')).toEqual(['on-failure']);
    expect(values('RestartPreventExitStatus')).toEqual(['2']);
    expect(values('WantedBy')).toEqual(['default.target']);
  });

  it.each([
    ['ProtectSystem', 'strict'],
    ['NoNewPrivileges', 'yes'],
    ['RestrictSUIDSGID', 'yes'],
    ['ProtectKernelTunables', 'yes'],
    ['UMask', '0077'],
  ])('is hardened: %s=%s', (key, value) => {
    expect(values(key)).toEqual([value]);
  });

  it('leaves what the core needs: the home to write, /sys to read, code that is written and run', () => {
    expect(values('ReadWritePaths').join(' ').split(' ')).toEqual(['%h', '/tmp', '%t']);
    for (const key of ['ProtectHome', 'InaccessiblePaths', 'PrivateDevices', 'ProtectProc', 'PrivateNetwork'])
      expect(values(key)).toEqual([]);
    expect(values('MemoryDenyWriteExecute')).toEqual([]);
  });

  it.skipIf(programPath('systemd-analyze') === null)(
    'has no complaint of systemd-analyze (needs systemd)',
    () => {
      const runtimeDir = mkdtempSync(join(tmpdir(), 'unit-'));
      const { status, stderr } = spawnSync('systemd-analyze', ['--user', 'verify', unitPath], {
        env: { ...process.env, XDG_RUNTIME_DIR: runtimeDir },
        encoding: 'utf8',
      });
      rmSync(runtimeDir, { recursive: true });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
  );
});

describe('the launchd agent', () => {
  it('is a property list that launchd understands', () => {
    expect(readPropertyList(readFileSync(join(dir, 'org.meta-orchestrator.core.plist'), 'utf8'))).toEqual({
      Label: 'org.meta-orchestrator.core',
      ProgramArguments: ['/usr/bin/env', 'orch', 'daemon', '--quiet'],
      EnvironmentVariables: { PATH: '/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin' },
      RunAtLoad: true,
      KeepAlive: { SuccessfulExit: false },
      ThrottleInterval: 10,
      ProcessType: 'Background',
      LowPriorityIO: true,
      Umask: 0o77,
    });
  });

  it.each([
    ['a value without an end', '<plist><string>a</plist>'],
    ['a key that is there twice', '<plist><dict><key>A</key><true/><key>A</key><true/></dict></plist>'],
    ['a number in words', '<plist><integer>ten</integer></plist>'],
    ['a value that there is not', '<plist><bool>yes</bool></plist>'],
    ['what is no XML', '<plist><string>a < b</string></plist>'],
    ['two lists', '<plist><true/></plist><plist><true/></plist>'],
  ])('would not be one with %s', (_what, xml) => {
    expect(() => readPropertyList(xml)).toThrow();
  });
});
