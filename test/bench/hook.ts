import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type BenchResult, measured, median } from './bench-result.ts';
import { ORCH, ROOT, startCore } from './running-core.ts';

const ROUNDS = 31;
const WARM_UPS = 3;
const LEFTHOOK = join(ROOT, 'node_modules/lefthook-linux-x64/bin/lefthook');

/**
 * Our pre-push with a core to ask, against lefthook's own program with one command that does nothing. Both run as
 * git runs them: same repository, same line on standard input, one new commit on main.
 */
export async function run(): Promise<BenchResult> {
  if (!existsSync(LEFTHOOK)) {
    return { kind: 'left-out', name: 'hook', because: 'lefthook has no program for this platform' };
  }
  const core = await startCore();
  try {
    const shop = join(core.env['ORCH_HOME'] ?? '', 'shop');
    const line = prepare(shop, core.env);
    const ours = (): number =>
      wallMs(join(shop, '.git/hooks/pre-push'), ['origin', shop], shop, core.env, line);
    const theirs = (): number =>
      wallMs(LEFTHOOK, ['run', 'pre-push', '--force', 'origin', shop], shop, core.env, line);
    for (let round = 0; round < WARM_UPS; round += 1) {
      ours();
      theirs();
    }
    const times = { ours: [] as number[], theirs: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.ours.push(ours());
      times.theirs.push(theirs());
    }
    return measured(
      'hook',
      { label: 'our pre-push, asking the core', median: median(times.ours), unit: 'ms', runs: ROUNDS },
      {
        label: 'lefthook run pre-push, one empty command',
        median: median(times.theirs),
        unit: 'ms',
        runs: ROUNDS,
      },
      { must: 'at most', ratio: 0.8 },
      [`best of each: ${best(times.ours)} and ${best(times.theirs)} ms`],
    );
  } finally {
    await core.stop();
  }
}

/** A repository with one commit pushed and one to push; the line that git would write. */
function prepare(shop: string, env: NodeJS.ProcessEnv): string {
  const git = (...args: string[]): string => done('git', ['-C', shop, ...args], env);
  // Left to itself it would put its own hook in the place of ours.
  writeFileSync(
    join(shop, 'lefthook.yml'),
    'no_auto_install: true\npre-push:\n  commands:\n    nothing:\n      run: "true"\n',
  );
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'A Person');
  git('config', 'user.email', 'person@example.org');
  git('add', '.');
  git('commit', '-qm', 'feat: begin');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  writeFileSync(join(shop, 'shop.js'), '1\n');
  git('add', '.');
  git('commit', '-qm', 'fix: count right');
  done(process.execPath, [ORCH, 'hooks', 'install', shop], env);
  const [old = '', tip = ''] = git('rev-parse', 'HEAD~1', 'HEAD').split('\n');
  return `refs/heads/main ${tip} refs/heads/main ${old}\n`;
}

function done(program: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${String(status)}: ${stderr}`);
  return stdout;
}

function wallMs(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  input: string,
): number {
  const startedAtMs = performance.now();
  const { status, stderr } = spawnSync(program, args, { cwd, env, input, encoding: 'utf8' });
  const tookMs = performance.now() - startedAtMs;
  if (status !== 0 || stderr !== '') throw new Error(`${program} ended with ${String(status)}: ${stderr}`);
  return tookMs;
}

function best(times: readonly number[]): string {
  return Math.min(...times).toFixed(1);
}
