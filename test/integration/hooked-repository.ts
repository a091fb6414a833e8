import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Ran } from './running-daemon.ts';

/** A real repository with a bare one as its remote, in a temporary folder. */
export interface HookedRepository {
  readonly dir: string;
  readonly remoteDir: string;
  readonly hooksDir: string;
  /** Runs git in it and expects it to succeed; gives its output. */
  git(...args: string[]): string;
  /** A commit that changes one file; asks no hook of ours, which a server of this process could not answer. */
  commit(title: string, path?: string): string;
  /** `git push` with the environment of the test, and how long it took. */
  push(...args: string[]): Promise<Ran & { readonly tookMs: number }>;
  /** What the remote's branch points at; null when it has none. */
  remoteTip(branch: string): string | null;
  /** Names in the hooks folder, without git's samples. */
  hookNames(): string[];
  writeHook(name: string, text: string, mode?: number): void;
  remove(): void;
}

/** `env` is what git and its hooks see; settings of the machine and the person are left out. */
export function makeRepository(env: NodeJS.ProcessEnv): HookedRepository {
  const baseDir = realpathSync(mkdtempSync(join(tmpdir(), 'orch-hooks-')));
  const dir = join(baseDir, 'shop');
  const remoteDir = join(baseDir, 'remote.git');
  const own = repositoryEnv(env);
  mkdirSync(dir);
  gitIn(baseDir, own, 'init', '-q', '--bare', '-b', 'main', remoteDir);
  gitIn(dir, own, 'init', '-q', '-b', 'main');
  gitIn(dir, own, 'remote', 'add', 'origin', remoteDir);
  const hooksDir = join(dir, '.git/hooks');
  let number = 0;
  return {
    dir,
    remoteDir,
    hooksDir,
    git: (...args) => gitIn(dir, own, ...args),
    commit(title, path = 'shop.js') {
      number += 1;
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), `${number}\n`);
      gitIn(dir, own, 'add', '--', path);
      gitIn(dir, { ...own, ORCH_DISABLE_HOOKS: '1' }, 'commit', '-q', '-m', title);
      return gitIn(dir, own, 'rev-parse', 'HEAD').trim();
    },
    push: (...args) => timed('git', ['push', ...args], dir, own),
    remoteTip(branch) {
      const asked = spawnSync('git', ['-C', remoteDir, 'rev-parse', '-q', '--verify', branch], { env: own });
      return asked.status === 0 ? asked.stdout.toString().trim() : null;
    },
    hookNames: () =>
      readdirSync(hooksDir)
        .filter((name) => !name.endsWith('.sample'))
        .sort(),
    writeHook: (name, text, mode = 0o755) => writeHookFile(hooksDir, name, text, mode),
    remove: () => rmSync(baseDir, { recursive: true, force: true }),
  };
}

export function writeHookFile(dir: string, name: string, text: string, mode = 0o755): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, name), text);
  chmodSync(join(dir, name), mode);
}

export function repositoryEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const person = { name: 'A Person', email: 'person@example.org' };
  return {
    ...env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: person.name,
    GIT_AUTHOR_EMAIL: person.email,
    GIT_COMMITTER_NAME: person.name,
    GIT_COMMITTER_EMAIL: person.email,
  };
}

export function gitIn(dir: string, env: NodeJS.ProcessEnv, ...args: string[]): string {
  const ran = spawnSync('git', ['-C', dir, ...args], { env, encoding: 'utf8', timeout: 30_000 });
  if (ran.status !== 0) throw new Error(`git ${args.join(' ')}: ${ran.status} ${ran.stderr}`);
  return ran.stdout;
}

/** Runs a program to its end. The event loop goes on, so that a server of the test can answer it. */
export async function timed(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  input = '',
): Promise<Ran & { readonly tookMs: number }> {
  const startedAtMs = performance.now();
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], timeout: 30_000 });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number>((done, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => done(exit ?? -1));
  });
  return { code, stdout, stderr, tookMs: performance.now() - startedAtMs };
}
