import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { staleBuild } from '../../scripts/build-freshness.ts';
import { startPlan } from '../../scripts/start-plan.ts';
import { hasPart, howToGet, type Machine, missingParts, SYSTEM_PARTS } from '../../scripts/system-parts.ts';
import { readTestArguments } from '../../scripts/test-arguments.ts';
import {
  countReport,
  filesToTryAgain,
  reportOmissions,
  totalLine,
  withSecondTry,
} from '../../scripts/test-report.ts';

function machine(files: readonly string[], env: Record<string, string> = {}): Machine {
  return { exists: (path) => files.includes(path), env, platform: 'linux', rootDir: '/repo' };
}

const ELECTRON = '/repo/node_modules/electron/dist/electron';

describe('npm start', () => {
  it('starts the shell where Electron and a display are there', () => {
    const plan = startPlan(machine([ELECTRON], { DISPLAY: ':0' }), 1000, '/node', ['--hidden']);
    expect(plan).toEqual({ kind: 'desktop', program: ELECTRON, args: ['/repo', '--hidden'] });
  });

  it('takes the runtime it was pointed at first', () => {
    const pointed = machine([ELECTRON, '/other/electron'], {
      WAYLAND_DISPLAY: 'wayland-0',
      ELECTRON_OVERRIDE_DIST_PATH: '/other',
    });
    expect(startPlan(pointed, 1000, '/node', []).program).toBe('/other/electron');
  });

  it.each([
    ['no runtime', machine([], { DISPLAY: ':0' }), 1000, 'npx install-electron'],
    ['no display', machine([ELECTRON]), 1000, 'no display'],
    ['an empty display', machine([ELECTRON], { DISPLAY: '' }), 1000, 'no display'],
    ['root', machine([ELECTRON], { DISPLAY: ':0' }), 0, 'root without --no-sandbox'],
  ])('runs the core alone with %s, and says so', (_what, here, userId, words) => {
    const plan = startPlan(here, userId, '/node', ['--quiet']);
    expect(plan).toMatchObject({
      kind: 'headless',
      because: expect.stringContaining(words) as string,
      program: '/node',
      args: ['/repo/dist/cli/orch.js', 'daemon', '--quiet'],
    });
  });
});

describe('the build check', () => {
  const rootDir = mkdtempSync(join(tmpdir(), 'orch-build-'));
  const put = (path: string, atSeconds: number): void => {
    mkdirSync(join(rootDir, path, '..'), { recursive: true });
    writeFileSync(join(rootDir, path), '');
    utimesSync(join(rootDir, path), atSeconds, atSeconds);
    utimesSync(join(rootDir, path, '..'), atSeconds, atSeconds);
  };
  afterEach(() => {
    rmSync(rootDir, { recursive: true, force: true });
  });

  it('asks for a build when none is there, when a source is newer, and when a source went away', () => {
    put('core/a.ts', 100);
    expect(staleBuild(rootDir)).toBe('dist/cli/orch.js is missing');
    put('dist/cli/orch.js', 200);
    put('dist/renderer/index.html', 200);
    expect(staleBuild(rootDir)).toBeNull();
    put('core/a.ts', 300);
    expect(staleBuild(rootDir)).toBe('core is newer than the build');
    utimesSync(join(rootDir, 'core/a.ts'), 100, 100);
    rmSync(join(rootDir, 'core/a.ts'));
    expect(staleBuild(rootDir)).toBe('core is newer than the build');
  });
});

describe('system parts', () => {
  it('are told apart by files alone', () => {
    expect(missingParts(machine([])).map((part) => part.name)).toEqual(SYSTEM_PARTS.map((part) => part.name));
    expect(hasPart('nut-server', machine(['/lib/nut/upsd', '/lib/nut/dummy-ups']))).toBe(true);
    expect(hasPart('git', machine(['/opt/bin/git'], { PATH: '/opt/bin:/usr/bin' }))).toBe(true);
    expect(() => hasPart('abacus')).toThrow('abacus');
  });

  it('each say how to get them', () => {
    for (const part of SYSTEM_PARTS) expect(howToGet(part)).toMatch(/\w{3}/);
    expect(new Set(SYSTEM_PARTS.map((part) => part.name)).size).toBe(SYSTEM_PARTS.length);
  });
});

describe('npm test', () => {
  const known = { projects: ['unit', 'e2e'], parts: ['nut-server'] };

  it('reads its own arguments and hands on the rest', () => {
    const args = [
      '--require-all',
      '--without',
      'nut-server',
      '--project=e2e',
      'test/e2e/x.test.ts',
      '-t',
      'y',
    ];
    expect(readTestArguments(args, known)).toEqual({
      projects: ['e2e'],
      requireAll: true,
      without: ['nut-server'],
      vitestArguments: ['test/e2e/x.test.ts', '-t', 'y'],
      narrowed: true,
    });
    expect(readTestArguments(['--without', 'nut'], known)).toEqual({
      problem: '--without "nut": must be one of nut-server',
    });
  });

  it('counts passed, failed, skipped, and files that could not be loaded', () => {
    const count = countReport(
      {
        testResults: [
          {
            name: '/repo/a.test.ts',
            status: 'failed',
            assertionResults: [
              { fullName: 'a good', status: 'passed' },
              { fullName: 'a bad', status: 'failed' },
              { fullName: 'a later', status: 'skipped' },
            ],
          },
          { name: '/repo/b.test.ts', status: 'failed', message: 'no such module\nat', assertionResults: [] },
        ],
      },
      (file) => file.replace('/repo/', ''),
    );
    expect(count).toEqual({
      passed: 1,
      failed: [
        { file: 'a.test.ts', name: 'a bad' },
        { file: 'b.test.ts', name: 'no such module' },
      ],
      skipped: [{ file: 'a.test.ts', name: 'a later' }],
    });
    expect(totalLine(1, 2)).toBe('1 passed, 2 failed');
  });

  it('counts a file that ran again by its second run, and runs again only few files', () => {
    const file = (name: string, status: string, tests: readonly string[]) => ({
      name,
      status,
      assertionResults: tests.map((one) => ({ fullName: `${name} ${one}`, status: one })),
    });
    const first = {
      testResults: [
        file('a.test.ts', 'failed', ['passed', 'failed']),
        file('b.test.ts', 'passed', ['passed']),
      ],
    };
    const again = { testResults: [file('a.test.ts', 'passed', ['passed', 'passed'])] };
    const same = (name: string): string => name;
    expect(filesToTryAgain(countReport(first, same))).toEqual(['a.test.ts']);
    expect(countReport(withSecondTry(first, again), same)).toEqual({ passed: 3, failed: [], skipped: [] });
    const many = Array.from({ length: 5 }, (_, index) => ({ file: `${index}.test.ts`, name: 'x' }));
    expect(filesToTryAgain({ passed: 0, failed: many, skipped: [] })).toEqual([]);
    expect(filesToTryAgain({ passed: 0, failed: [{ file: 'e2e', name: 'no report' }], skipped: [] })).toEqual(
      [],
    );
  });

  const missing = SYSTEM_PARTS.filter((part) => part.name === 'nut-server');
  const skipped = [
    { file: 'a.test.ts', name: 'ups on battery' },
    { file: 'b.test.ts', name: 'paths [windows]' },
  ];
  const textOf = (file: string): string => (file === 'a.test.ts' ? "hasPart('nut-server')" : '');

  it('names what it left out and how to get it, and fails nothing for it', () => {
    const said = reportOmissions(skipped, { missing, without: [], requireAll: false, textOf });
    expect(said.failures).toBe(0);
    expect(said.lines).toEqual([
      expect.stringMatching(/^left out {2}nut-server: .*apt-get install .*nut-server nut-client$/),
      'skipped  a.test.ts > ups on battery',
      'skipped  b.test.ts > paths [windows]',
    ]);
  });

  it('fails for each of them when all is required, but not for another platform', () => {
    const said = reportOmissions(skipped, { missing, without: [], requireAll: true, textOf });
    expect(said.failures).toBe(2);
    expect(said.lines.map((line) => line.split(' ')[0])).toEqual(['MISSING', 'SKIPPED', 'skipped']);
  });

  it('accepts what the caller said may be missing, with the tests that need it', () => {
    const said = reportOmissions(skipped, { missing, without: ['nut-server'], requireAll: true, textOf });
    expect(said.failures).toBe(0);
  });
});
