import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { makeRepository, timed, writeHookFile, type HookedRepository } from './hooked-repository.ts';
import { makeHome, ORCH_PATH, type Home } from './running-daemon.ts';
import { readWorkflow, workflowComplaints, type Step } from './workflow-check.ts';

/** The workflow itself, then each of its scripts on a real repository, with a `gh` that only notes what it is told. */
const ROOT = resolve(import.meta.dirname, '../..');
const ours = readFileSync(join(ROOT, '.github/workflows/policy-gate.yml'), 'utf8');
const GOOD = { integration: 80, wellbeing: 75, stability: 85, mode: 'FAST' };

describe('the workflow of this repository', () => {
  test('has nothing to complain of', () => expect(workflowComplaints(ours)).toEqual([]));

  test('is the one that orch ci init writes', async () => {
    const home = makeHome();
    const written = await home.orch(
      ...['ci', 'init', home.dir, '--prepare', 'npm ci --ignore-scripts && npm run build'],
      ...['--orch', 'node dist/cli/orch.js', '--lint', 'npm run lint'],
      ...['--test', 'npm run typecheck && npm run test:unit'],
    );
    expect(written.code).toBe(0);
    expect(readFileSync(join(home.dir, '.github/workflows/policy-gate.yml'), 'utf8')).toBe(ours);
    home.remove();
  });

  test.each([
    ['a moving tag', (text: string) => text.replace(/@[0-9a-f]{40}/, '@v7'), 'not pinned'],
    [
      'text of a stranger in a script',
      (text: string) => text.replace('set -euo pipefail', 'echo "${{ github.event.pull_request.title }}"'),
      'expression',
    ],
    ['a script that does not parse', (text: string) => text.replace('esac', 'esca'), 'no good bash'],
    [
      'rights for everything',
      (text: string) => text.replace('permissions: {}', 'permissions: write-all'),
      'at the top',
    ],
    [
      'the rights of the base branch',
      (text: string) => text.replace('pull_request:', 'pull_request_target:'),
      'base branch',
    ],
    [
      'writing for forks',
      (text: string) => text.replace('head.repo.full_name', 'head.repo.name'),
      'for a fork',
    ],
    [
      'a kept token',
      (text: string) => text.replace('persist-credentials: false', 'persist-credentials: true'),
      'leaves its token',
    ],
    ['a secret', (text: string) => text.replace('${{ github.token }}', '${{ secrets.TOKEN }}'), 'a secret'],
  ])('would be refused with %s', (_name, change, complaint) => {
    const changed = change(ours);
    expect(changed).not.toBe(ours);
    expect(workflowComplaints(changed).join('\n')).toContain(complaint);
  });
});

describe('orch ci init', () => {
  test('writes once, keeps what differs, replaces it when told to', async () => {
    const home = makeHome();
    const path = join(home.dir, '.github/workflows/policy-gate.yml');
    expect(JSON.parse((await home.orch('ci', 'init', home.dir, '--json')).stdout)).toMatchObject({
      path,
      isChanged: true,
    });
    expect(workflowComplaints(readFileSync(path, 'utf8'))).toEqual([]);
    expect((await home.orch('ci', 'init', home.dir)).stdout).toContain('up to date');
    writeFileSync(path, 'mine\n');
    expect(await home.orch('ci', 'init', home.dir)).toMatchObject({ code: 2 });
    expect(readFileSync(path, 'utf8')).toBe('mine\n');
    expect(await home.orch('ci', 'init', home.dir, '--force')).toMatchObject({ code: 0 });
    expect(await home.orch('ci', 'init', home.dir, '--lint', 'echo ${{ x }}')).toMatchObject({ code: 2 });
    expect(await home.orch('ci')).toMatchObject({ code: 2 });
    home.remove();
  });
});

describe('its scripts', () => {
  let home: Home;
  let repository: HookedRepository;
  let steps: Record<string, Step>;
  let base: string;

  beforeEach(async () => {
    home = makeHome();
    repository = makeRepository(home.env);
    const orch = `'${process.execPath}' '${ORCH_PATH}'`;
    const flags = ['--prepare', 'true', '--lint', 'echo linted', '--test', 'echo tested', '--orch', orch];
    expect((await home.orch('ci', 'init', home.dir, ...flags)).code).toBe(0);
    const { jobs } = readWorkflow(readFileSync(join(home.dir, '.github/workflows/policy-gate.yml'), 'utf8'));
    const all = Object.values(jobs).flatMap((job) => job.steps);
    steps = Object.fromEntries(all.map((step) => [step.name ?? step.uses ?? '', step]));
    writeHookFile(
      join(home.dir, 'bin'),
      'gh',
      '#!/bin/sh\necho "$@" >>"$GH_LOG"\ncase "$*" in *"$GH_FAILS"*) exit 1 ;; esac\n',
    );
    base = repository.commit('chore: begin', 'README.md');
  });
  afterEach(() => {
    repository.remove();
    home.remove();
  });

  /** Runs the script of a step as a runner would, and gives what it set. */
  async function run(
    name: string,
    env: Record<string, string>,
  ): Promise<{ code: number; stdout: string; outputs: Record<string, string>; gh: string[] }> {
    const files = {
      GITHUB_OUTPUT: join(home.dir, 'output'),
      GITHUB_STEP_SUMMARY: join(home.dir, 'summary'),
      GH_LOG: join(home.dir, 'gh.log'),
    };
    for (const path of Object.values(files)) writeFileSync(path, '');
    mkdirSync(join(home.dir, 'temp'), { recursive: true });
    const script = steps[name]?.run ?? '';
    expect(script).not.toBe('');
    const path = `${join(home.dir, 'bin')}:${process.env['PATH'] ?? ''}`;
    const all = {
      ...home.env,
      ...files,
      RUNNER_TEMP: join(home.dir, 'temp'),
      GH_FAILS: 'nothing fails',
      PATH: path,
      ...env,
    };
    const { code, stdout } = await timed(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
      repository.dir,
      all,
    );
    const lines = (file: string): string[] =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '');
    const outputs = Object.fromEntries(
      lines(files.GITHUB_OUTPUT).map((line) => line.split('=') as [string, string]),
    );
    return { code, stdout, outputs, gh: lines(files.GH_LOG) };
  }
  const classify = async (title: string, ...paths: string[]): Promise<Record<string, string>> => {
    for (const path of paths) repository.commit('x', path);
    const { code, outputs } = await run('Classify title and paths', {
      TITLE: title,
      BASE_SHA: base,
      HEAD_SHA: repository.git('rev-parse', 'HEAD').trim(),
    });
    expect(code).toBe(0);
    return outputs;
  };

  test.each<[string, string, string[], Record<string, string>]>([
    ['docs that are docs', 'docs: say it', ['docs/a.md'], { type: 'safe', safe: 'true', review: 'false' }],
    ['docs that are not', 'docs: say it', ['src/a.ts'], { type: 'feature', safe: 'false', review: 'true' }],
    [
      'a fix of the pipeline',
      'fix: a',
      ['.github/workflows/a.yml'],
      { type: 'infra', safe: 'false', review: 'true' },
    ],
    ['a plain fix', 'fix: a', ['src/a.ts'], { type: 'fix', safe: 'false', review: 'false' }],
    [
      'a harmless title over an odd name',
      'chore: tidy',
      ['a{b}.md', '.github/workflows/x\ty.yml'],
      { type: 'infra', safe: 'false' },
    ],
    [
      'a title that would be a command',
      '$(touch boo)`touch boo`"; touch boo #',
      ['docs/a.md'],
      { safe: 'true' },
    ],
    [
      'a title of two lines that names an output',
      'fix: a\nsafe=true',
      ['src/a.ts'],
      { type: 'fix', safe: 'false' },
    ],
  ])('classify %s', async (_name, title, paths, expected) => {
    expect(await classify(title, ...paths)).toMatchObject(expected);
    expect(repository.git('status', '--short')).toBe('');
  });

  test('what cannot be classified is for a person', async () => {
    const step = steps['Classify title and paths'];
    steps = {
      'Classify title and paths': {
        ...step,
        run: step?.run?.replaceAll(`'${ORCH_PATH}'`, "'/nowhere/orch.js'") ?? '',
      },
    };
    expect(await classify('docs: say it', 'docs/a.md')).toEqual({
      type: 'feature',
      safe: 'false',
      review: 'true',
    });
  });

  test('check by the kind of change', async () => {
    const name = 'Check what this kind of change may break';
    expect((await run(name, { TYPE: 'safe' })).stdout).toBe('linted\n');
    expect((await run(name, { TYPE: 'feature' })).stdout).toBe('linted\ntested\n');
  });

  test.each<[string, object | null, string, string, number]>([
    ['good scores', GOOD, 'feature', 'allow', 0],
    ['a project that is halted', { ...GOOD, stability: 20, mode: 'HALT' }, 'feature', 'block', 1],
    ['a revert of one that is halted', { ...GOOD, stability: 20, mode: 'HALT' }, 'revert', 'allow', 0],
    ['scores in between', { ...GOOD, stability: 60, mode: 'SAFE' }, 'feature', 'throttle', 0],
    ['no report at all', null, 'feature', 'unknown', 0],
  ])('gate: %s', async (_name, report, type, verdict, code) => {
    if (report !== null)
      writeFileSync(join(repository.dir, '.consciousness_report.json'), JSON.stringify(report));
    const ran = await run('Gate', { TYPE: type });
    expect(ran.outputs['verdict']).toBe(verdict);
    expect(ran.code === 0 ? 0 : 1).toBe(code);
  });

  describe('act', () => {
    const name = 'Arm auto-merge, or ask for a person';
    const SAFE = {
      PR: '7',
      HEAD_SHA: 'a'.repeat(40),
      SAFE: 'true',
      REVIEW: 'false',
      CHECKED: 'success',
      VERDICT: 'allow',
      GH_TOKEN: 'x',
    };

    test('a safe change merges by itself, and only as it is now', async () => {
      const { code, gh } = await run(name, SAFE);
      expect(code).toBe(0);
      expect(gh[0]).toBe(`pr merge 7 --auto --squash --match-head-commit ${'a'.repeat(40)}`);
      expect(gh.join('\n')).not.toContain('--add-label');
    });

    test.each([
      { SAFE: 'false' },
      { REVIEW: 'true' },
      { CHECKED: 'failure' },
      { CHECKED: 'skipped' },
      { VERDICT: 'throttle' },
      { VERDICT: '' },
      { SAFE: '' },
    ])('%j is for a person, and what was armed before is taken back', async (change) => {
      const { code, gh } = await run(name, { ...SAFE, ...change });
      expect(code).toBe(0);
      expect(gh).toContain('pr merge 7 --disable-auto');
      expect(gh).toContain('pr edit 7 --add-label needs-review');
      expect(gh.join('\n')).not.toContain('--auto ');
    });

    test('where auto-merge is refused a person is asked', async () => {
      const { code, gh } = await run(name, { ...SAFE, GH_FAILS: '--auto --squash' });
      expect(code).toBe(0);
      expect(gh).toContain('pr edit 7 --add-label needs-review');
    });
  });
});

describe('orch gate --ci', () => {
  test('asks no core and no battery, takes a HALT of a shared state over, and says no number of the person', async () => {
    const home = makeHome();
    const repository = makeRepository(home.env);
    writeFileSync(
      join(repository.dir, '.consciousness_report.json'),
      JSON.stringify({ ...GOOD, wellbeing: 45, mode: 'SAFE' }),
    );
    const gate = (...argv: string[]): ReturnType<Home['orch']> =>
      home.orch('gate', repository.dir, '--ci', ...argv);
    const safe = await gate('--change', 'feature');
    expect(safe.code).toBe(4);
    expect(safe.stdout + safe.stderr).not.toContain('45');
    expect(await gate('--change', 'fix')).toMatchObject({ code: 0 });
    expect(JSON.parse((await gate('--change', 'fix', '--json')).stdout)).toMatchObject({
      verdict: 'allow',
      level: 'FULL',
    });

    const halt = { by: 'person', who: 'Ann', why: 'audit', since: new Date().toISOString(), until: null };
    const file = join(home.dir, 'state.json');
    await home.orch('project', 'add', repository.dir);
    await home.orch('daemon', '--once', '--no-api', '--quiet');
    const state = JSON.parse(readFileSync(join(home.dir, '.orchestrator_report.json'), 'utf8')) as {
      projects: object[];
    };
    const halted = { ...state, projects: state.projects.map((project) => ({ ...project, halt })) };
    writeFileSync(file, JSON.stringify(halted));
    const blocked = await gate('--change', 'fix', '--state', file);
    expect(blocked.code).toBe(1);
    expect(blocked.stdout).toContain('Halted by Ann');
    writeFileSync(file, JSON.stringify({ ...halted, at: '2020-01-01T00:00:00.000Z' }));
    expect(await gate('--change', 'fix', '--state', file)).toMatchObject({ code: 0 });
    writeFileSync(file, '{');
    const broken = await gate('--change', 'fix', '--state', file);
    expect(broken.code).toBe(0);
    expect(broken.stderr).toContain('left aside');
    expect(await home.orch('gate', '/nowhere', '--ci')).toMatchObject({ code: 2 });
    repository.remove();
    home.remove();
  });
});
