import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { programPath } from '../../scripts/system-parts.ts';
import { saying, startFakeGate, type FakeGate, type GateManner } from '../fakes/fake-gate-socket.ts';
import { makeRepository, timed, writeHookFile, type HookedRepository } from './hooked-repository.ts';
import { makeHome, type Home } from './running-daemon.ts';

/** What a real `git push` does with every answer the application may give, and with none. */
const WHOLE_HOOK_MS = 1_000;

let home: Home;
let repository: HookedRepository;
let app: FakeGate | null = null;

beforeEach(async () => {
  home = makeHome();
  repository = makeRepository(home.env);
  expect((await home.orch('project', 'add', repository.dir)).code).toBe(0);
  expect((await home.orch('hooks', 'install', repository.dir)).code).toBe(0);
  repository.commit('feat: sell more');
});
afterEach(async () => {
  await app?.close();
  app = null;
  repository.remove();
  home.remove();
});

function skips(): { project: string; why: string; at: string }[] {
  const path = join(home.dir, 'skipped-gates.jsonl');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as { project: string; why: string; at: string });
}

async function appThat(manner: GateManner): Promise<FakeGate> {
  app = await startFakeGate(home.dir);
  app.behave(manner);
  return app;
}

/**
 * Runs the hook itself, and expects it to end as it should within its limit. Other work on the machine may lengthen
 * a try, not each of a few.
 */
async function endsInTime(input: string, stderr: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const hook = join(repository.hooksDir, 'pre-push');
  const run = (): ReturnType<typeof timed> =>
    timed(hook, ['origin', repository.remoteDir], repository.dir, { ...home.env, ...env }, input);
  let ran = await run();
  for (let tries = 1; tries < 5 && (ran.tookMs >= WHOLE_HOOK_MS || ran.stderr !== stderr); tries += 1)
    ran = await run();
  expect(ran).toMatchObject({ code: 0, stderr });
  expect(ran.tookMs).toBeLessThan(WHOLE_HOOK_MS);
}

/** Hides a program from the hooks: the path they know of it and the one on PATH. */
function without(...programs: readonly string[]): void {
  for (const name of ['pre-push', 'commit-msg']) {
    const path = join(repository.hooksDir, name);
    let text = readFileSync(path, 'utf8');
    for (const program of programs) {
      text = text
        .replace(new RegExp(`^${program}=.*$`, 'm'), `${program}=''`)
        .replace(`${program}=${program} &&`, `${program}=/nowhere/${program} &&`);
    }
    writeFileSync(path, text, { mode: 0o755 });
  }
}

/** What may speak to the core, each tried with the other hidden. */
const CLIENTS = [
  { client: 'perl', other: 'curl' },
  { client: 'curl', other: 'perl' },
];
const isMissing = (client: string): boolean => programPath(client) === null;

for (const { client, other } of CLIENTS)
  describe.skipIf(isMissing(client))(`the application answers through ${client}`, () => {
    beforeEach(() => without(other));

    test('block: the push ends with 1 and its words, and nothing arrives', async () => {
      const words =
        'orch: push to main blocked: battery 12 %, features need 20 %. Plug in, or push as a fix.';
      const core = await appThat(saying(1, words));
      const pushed = await repository.push('origin', 'main');
      expect(pushed.code).toBe(1);
      expect(pushed.stderr.split('\n')).toContain(words);
      expect(repository.remoteTip('main')).toBeNull();
      expect(skips()).toEqual([]);
      expect(core.requests[0]).toMatch(/^POST \/v1\/gates HTTP\/1\.1\r\n/);
    });

    test('allow: the push goes without a word', async () => {
      await appThat(saying(0, ''));
      const pushed = await repository.push('-q', 'origin', 'main');
      expect(pushed).toMatchObject({ code: 0, stdout: '', stderr: '' });
      expect(repository.remoteTip('main')).toBe(repository.git('rev-parse', 'main').trim());
    });

    test('throttle: the push goes with a line', async () => {
      await appThat(saying(0, 'orch: push to main needs review: SAFE by stability 60.'));
      const pushed = await repository.push('-q', 'origin', 'main');
      expect(pushed).toMatchObject({
        code: 0,
        stderr: 'orch: push to main needs review: SAFE by stability 60.\n',
      });
    });

    test.each([3, 4])('%i, which a strict hook is told: the push ends', async (exitCode) => {
      await appThat(saying(exitCode, 'orch: push to main blocked: see why.'));
      expect((await repository.push('origin', 'main')).code).toBe(1);
      expect(repository.remoteTip('main')).toBeNull();
    });

    test('it is told the branch, and each commit with its files', async () => {
      repository.commit('fix: count "right" \\ and 50 % more', 'tests/ü b.ts');
      const core = await appThat(saying(0, ''));
      await repository.push('-q', 'origin', 'main:main', 'main:topic', 'main:refs/tags/one');
      const [request = ''] = core.requests;
      expect(core.requests).toHaveLength(1);
      expect(request).toContain(`push\nroot ${repository.dir}\nbranch main\n`);
      expect(request).toContain('fix: count "right" \\ and 50 % more\n\ntests/ü b.ts\n');
      expect(request).toContain('\tfeat: sell more\n\nshop.js\n');
      expect(request).toContain('\tend\n');
      expect(request).not.toContain('topic');
      expect(request).toContain('Authorization: Bearer a-token_of-32-letters-and-more-00\r\n');
    });
  });

for (const { client, other } of CLIENTS)
  test.skipIf(isMissing(client) || !existsSync('/proc/self'))(
    `the token stands on no command line through ${client}`,
    async () => {
      without(other);
      const core = await appThat({ kind: 'silent' });
      const pushed = repository.push('-q', 'origin', 'main');
      await expect.poll(() => core.requests[0] ?? '', { interval: 5 }).toContain('Bearer a-token_of');
      const lines = readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((pid) => textOrNothing(`/proc/${pid}/cmdline`));
      expect(lines.filter((line) => line.includes(client))).not.toEqual([]);
      expect(lines.filter((line) => line.includes('a-token_of'))).toEqual([]);
      await pushed;
    },
  );

function textOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

for (const { client, other } of CLIENTS)
  describe.skipIf(isMissing(client))(`no answer through ${client}`, () => {
    beforeEach(() => without(other));

    const garbage: readonly (readonly [string, GateManner, string])[] = [
      ['garbage', { kind: 'bytes', bytes: '\u0000\u0001garbage\n\n"exitCode":1' }, 'no answer'],
      ['nothing', { kind: 'bytes', bytes: '' }, 'no answer'],
      ['HTML', { kind: 'http', status: 200, body: '<html>exitCode 1</html>' }, 'its answer makes no sense'],
      [
        'an exit code of its own',
        { kind: 'http', status: 200, body: '{"exitCode":7,"words":"no"}' },
        'its answer makes no sense',
      ],
      ['401', { kind: 'http', status: 401, body: '{"error":{"code":"bad-token"}}' }, 'it answered 401'],
      [
        'a verdict with 403',
        { kind: 'http', status: 403, body: '{"exitCode":1,"words":"x"}' },
        'it answered 403',
      ],
      ['500', { kind: 'http', status: 500, body: '' }, 'it answered 500'],
    ];
    test.each(garbage)('%s: one line, the push goes, the skip is recorded', async (_name, manner, why) => {
      await appThat(manner);
      const pushed = await repository.push('-q', 'origin', 'main');
      expect(pushed).toMatchObject({ code: 0, stderr: `orch: ${why}, gate skipped (recorded).\n` });
      expect(skips()).toMatchObject([{ project: 'shop', why }]);
      expect(statSync(join(home.dir, 'skipped-gates.jsonl')).mode & 0o777).toBe(0o600);
    });

    test('an application that hangs: the hook ends within a second', async () => {
      await appThat({ kind: 'silent' });
      const tip = repository.git('rev-parse', 'main').trim();
      await endsInTime(
        `refs/heads/main ${tip} refs/heads/main ${'0'.repeat(40)}\n`,
        'orch: no answer in time, gate skipped (recorded).\n',
      );
      expect((await repository.push('-q', 'origin', 'main')).code).toBe(0);
    });

    test('no application: one line, and 3 for a strict hook', async () => {
      const pushed = await repository.push('-q', 'origin', 'main');
      expect(pushed).toMatchObject({ code: 0, stderr: 'orch: not running, gate skipped (recorded).\n' });
      expect(Date.parse(skips()[0]?.at ?? '')).toBeGreaterThan(Date.now() - 60_000);
      await home.orch('hooks', 'install', repository.dir, '--strict');
      repository.commit('fix: again');
      const hook = await timed(
        join(repository.hooksDir, 'pre-push'),
        ['origin', repository.remoteDir],
        repository.dir,
        home.env,
        `refs/heads/main ${repository.git('rev-parse', 'main').trim()} refs/heads/main ${'0'.repeat(40)}\n`,
      );
      expect(hook.code).toBe(3);
      expect((await repository.push('origin', 'main')).code).toBe(1);
    });

    test('an endpoint.json of a process that is gone, of somebody else or without sense is no application', async () => {
      const path = join(home.dir, 'endpoint.json');
      for (const text of [
        `{"socket":"${home.dir}/api.sock","token":"${'a'.repeat(40)}","pid":2147483646}`,
        '{"socket":"/x","token":"$(touch boo)","pid":1}',
        '{"socket":"/x"',
        '',
      ]) {
        writeFileSync(path, text, { mode: 0o600 });
        const pushed = await repository.push('-q', '-f', 'origin', 'main');
        expect(pushed).toMatchObject({ code: 0, stderr: 'orch: not running, gate skipped (recorded).\n' });
        repository.commit('fix: more');
      }
    });

    test('a home that is not there at all: silence, as on a server that shares the repository', async () => {
      const away = { ...home.env, ORCH_HOME: join(home.dir, 'nowhere') };
      const pushed = await timed('git', ['push', '-q', 'origin', 'main'], repository.dir, away);
      expect(pushed).toMatchObject({ code: 0, stderr: '' });
    });
  });

describe('what is pushed', () => {
  test('a branch that deploys nothing asks nobody', async () => {
    const core = await appThat(saying(1, 'orch: no.'));
    expect((await repository.push('-q', 'origin', 'main:topic')).code).toBe(0);
    expect((await repository.push('-q', 'origin', ':topic')).code).toBe(0);
    expect(core.requests).toEqual([]);
  });

  test('a hundred branches at once, one of them a deploy branch', async () => {
    const core = await appThat(saying(1, 'orch: push to main blocked: no.'));
    const specs = Array.from({ length: 99 }, (_, index) => `main:topic-${index}`);
    const pushed = await repository.push('-q', 'origin', ...specs, 'main');
    expect(pushed.code).toBe(1);
    expect(core.requests).toHaveLength(1);
    expect(core.requests[0]).toContain('branch main\n');
    expect(repository.remoteTip('topic-5')).toBeNull();
  });

  test('a hundred deploy branches are too many to look through, and asked about all the same', async () => {
    writeFileSync(join(home.dir, 'config.yaml'), configWith(repository.dir, ["'rel/*'"]), { mode: 0o600 });
    await home.orch('hooks', 'install', repository.dir);
    const core = await appThat(saying(0, ''));
    const specs = Array.from({ length: 100 }, (_, index) => `main:rel/${index}`);
    const pushed = await repository.push('-q', 'origin', ...specs);
    expect(pushed.code).toBe(0);
    expect(core.requests[0]?.match(/^branch rel\//gm)).toHaveLength(100);
    expect(core.requests[0]).not.toContain('\tend\n');
  });

  test('ten thousand commits: a hundred and one are listed, the hook stays under a second', async () => {
    const core = await appThat(saying(0, ''));
    await importCommits(10_000);
    const tip = repository.git('rev-parse', 'main').trim();
    const base = repository.git('rev-list', '--max-parents=0', 'main').trim();
    await endsInTime(`refs/heads/main ${tip} refs/heads/main ${base}\n`, '');
    expect(core.requests.at(-1)?.match(/\tfeat: number /g)).toHaveLength(101);
  });
});

describe('where it runs', () => {
  test('with the PATH of a graphical client, and without HOME', async () => {
    await appThat(saying(1, 'orch: push to main blocked: no.'));
    const bare = { PATH: '/usr/bin:/bin' };
    const pushed = await timed('git', ['push', 'origin', 'main'], repository.dir, bare);
    expect(pushed.code).toBe(1);
    expect(pushed.stderr).toContain('orch: push to main blocked: no.\n');
  });

  test('without Perl and curl, through Node', async () => {
    without('perl', 'curl');
    const core = await appThat({ kind: 'silent' });
    core.behave({ kind: 'bytes', bytes: nodeAnswer(1, 'orch: push to main blocked: no.') });
    const pushed = await repository.push('origin', 'main');
    expect(pushed.code).toBe(1);
    expect(pushed.stderr).toContain('orch: push to main blocked: no.\n');
  });

  test('a git that hangs holds nobody: what it has told by half time is asked about', async () => {
    const bin = join(home.dir, 'bin');
    writeHookFile(bin, 'git', '#!/bin/sh\nexec sleep 5\n');
    const core = await appThat(saying(0, ''));
    await endsInTime(`refs/heads/main ${'ab'.repeat(20)} refs/heads/main ${'12'.repeat(20)}\n`, '', {
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    });
    expect(core.requests[0]).not.toContain('\tend\n');
  });

  test('switched off by ORCH_DISABLE_HOOKS=1', async () => {
    const core = await appThat(saying(1, 'orch: no.'));
    const off = { ...home.env, ORCH_DISABLE_HOOKS: '1' };
    expect((await timed('git', ['push', '-q', 'origin', 'main'], repository.dir, off)).code).toBe(0);
    expect(core.requests).toEqual([]);
  });

  test('with nobody reading what it says', async () => {
    await appThat(saying(0, 'orch: push to main needs review: no.'));
    const pushed = await timed(
      'sh',
      ['-c', 'git push -q origin main 2>&1 >/dev/null | true; git ls-remote origin main | grep -q .'],
      repository.dir,
      home.env,
    );
    expect(pushed.code).toBe(0);
  });
});

function configWith(path: string, branches: readonly string[]): string {
  return `projects:\n  - id: shop\n    path: ${path}\n    deployBranches: [${branches.join(', ')}]\n`;
}

function nodeAnswer(exitCode: number, words: string): string {
  const body = JSON.stringify({ exitCode, words, verdict: 'block', decisionId: null });
  return `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
}

/** As fast as git can take them: an hour's work in a second. */
async function importCommits(count: number): Promise<void> {
  const first = repository.git('rev-parse', 'main').trim();
  const person = 'A Person <person@example.org> 1767607200 +0000';
  const commits = Array.from({ length: count }, (_, index) => {
    const title = `feat: number ${index}\n`;
    const from = index === 0 ? `from ${first}\n` : '';
    return `commit refs/heads/main\ncommitter ${person}\ndata ${title.length}\n${title}${from}M 100644 inline src/${index % 50}.js\ndata 2\nx\n\n`;
  });
  const ran = await timed(
    'git',
    ['fast-import', '--quiet', '--force'],
    repository.dir,
    home.env,
    commits.join(''),
  );
  expect(ran).toMatchObject({ code: 0 });
}
