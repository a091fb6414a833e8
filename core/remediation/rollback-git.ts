import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { commandSchema } from '../../shared/contract/command.ts';
import { revertMessage, standingRevert, type LoggedCommit } from '../../shared/remediation/reverted.ts';
import { isDeployBranch } from '../hooks/deploy-branch.ts';
import type { Git } from '../hooks/git-program.ts';
import type { Runner, RunResult } from './runner.ts';

export interface RevertOrder {
  readonly actionId: string;
  readonly act: 'rollback' | 'rollback-undo';
  readonly project: string;
  /** A folder of the repository. */
  readonly folder: string;
  /** May be shortened. */
  readonly commit: string;
  readonly remote: string;
  /** Null: the branch of the remote that holds the commit. */
  readonly branch: string | null;
  /** Patterns that decide between several such branches. */
  readonly preferred: readonly string[];
  /** Half a sentence. */
  readonly cause: string;
}

export type RevertResult =
  | {
      readonly kind: 'reverted' | 'reverted-already';
      readonly commit: string;
      readonly revert: string;
      readonly branch: string;
    }
  /** Half a sentence; a person has to look. */
  | { readonly kind: 'stuck'; readonly why: string };

export interface RevertParts {
  readonly git: Git;
  readonly runner: Pick<Runner, 'run'>;
  /** Where the temporary work trees are. */
  readonly treesDir: string;
  readonly signal?: AbortSignal;
}

/** No prompt, no hook of ours, no editor, no large files: nobody is there to answer. */
const ENVIRONMENT = {
  ORCH_DISABLE_HOOKS: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_EDITOR: ':',
  GIT_SSH_COMMAND: 'ssh -oBatchMode=yes -oConnectTimeout=20',
  GIT_LFS_SKIP_SMUDGE: '1',
  LC_ALL: 'C',
};
const HARMLESS = ['core.fsmonitor=false', 'gc.auto=0', 'maintenance.auto=false', 'commit.gpgSign=false'];
const TRIES = 2;
const TIMEOUT_SECONDS = 120;
/** The parts of a log line; no message holds them. */
const [FIELD, ENTRY] = ['\u001f', '\u001e'];

class Stuck extends Error {}

/**
 * Takes a commit back on a branch of the remote: a revert commit made in a temporary work tree, and pushed. The
 * person's own work tree, index and branches are not touched. What counts is the remote: it is asked first whether the
 * commit was taken back already, so that a core that died anywhere on the way makes one revert and not two.
 */
export async function revertOnRemote(parts: RevertParts, order: RevertOrder): Promise<RevertResult> {
  try {
    return await revert(parts, order);
  } catch (error) {
    if (error instanceof Stuck) return { kind: 'stuck', why: error.message };
    throw error;
  }
}

async function revert(parts: RevertParts, order: RevertOrder): Promise<RevertResult> {
  const { folder, remote } = order;
  const ask = async (...args: string[]): Promise<string | null> => {
    const answer = await parts.git(folder, args);
    return answer.ok ? answer.out.trim() : null;
  };
  if ((await ask('rev-parse', '--git-dir')) === null) throw new Stuck('its folder is no git repository');
  const remotes = ((await ask('remote')) ?? '').split('\n');
  if (!remotes.includes(remote)) throw new Stuck(`the repository has no remote "${remote}"`);
  // What a core that died left here, even where nothing is to be done any more.
  await removeTree(parts, order);
  let pushed: RunResult | null = null;
  for (let turn = 0; turn < TRIES; turn += 1) {
    await fetch(parts, order);
    const commit = await ask(
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${order.commit}^{commit}`,
    );
    if (commit === null) throw new Stuck(`the repository has no commit ${order.commit.slice(0, 10)}`);
    const branch = await branchOf(ask, order, commit);
    const tip = `refs/remotes/${remote}/${branch}`;
    const log = await ask('log', '--max-count=20000', `--format=%H${FIELD}%B${ENTRY}`, `${commit}..${tip}`);
    const already = standingRevert(commit, loggedCommits(log ?? ''));
    // Our own push may have got through before the core died.
    if (already !== null) return { kind: 'reverted-already', commit, revert: already, branch };
    const made = await makeRevert(parts, order, commit, tip);
    try {
      pushed = await runGit(parts, order, made.tree, [
        'push',
        '--porcelain',
        '--no-follow-tags',
        remote,
        `HEAD:refs/heads/${branch}`,
      ]);
    } finally {
      await removeTree(parts, order);
    }
    if (pushed.isOk) return { kind: 'reverted', commit, revert: made.revert, branch };
    if (pushed.outcome === 'cancelled') throw new Stuck('the core was stopped meanwhile');
    if (!/\[rejected\]|fetch first|non-fast-forward|cannot lock ref/.test(pushed.output)) break;
  }
  throw new Stuck(`the push failed: ${pushed === null ? 'no answer' : lineOf(pushed)}`);
}

async function fetch(parts: RevertParts, order: RevertOrder): Promise<void> {
  const fetched = await runGit(parts, order, order.folder, [
    'fetch',
    '--prune',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-recurse-submodules',
    '--quiet',
    order.remote,
    `+refs/heads/*:refs/remotes/${order.remote}/*`,
  ]);
  if (!fetched.isOk) throw new Stuck(`the remote cannot be read: ${lineOf(fetched)}`);
}

async function branchOf(
  ask: (...args: string[]) => Promise<string | null>,
  { remote, branch, preferred }: RevertOrder,
  commit: string,
): Promise<string> {
  const prefix = `refs/remotes/${remote}/`;
  const listed = await ask('for-each-ref', '--format=%(refname)', '--contains', commit, prefix);
  const holding = (listed ?? '')
    .split('\n')
    .filter((ref) => ref.startsWith(prefix) && ref !== `${prefix}HEAD`)
    .map((ref) => ref.slice(prefix.length));
  const short = commit.slice(0, 10);
  if (branch !== null) {
    if (!holding.includes(branch)) throw new Stuck(`${remote}/${branch} does not hold commit ${short}`);
    return branch;
  }
  const [only, ...others] = holding;
  if (only === undefined) throw new Stuck(`no branch of ${remote} holds commit ${short}`);
  if (others.length === 0) return only;
  for (const pattern of preferred) {
    const found = holding.filter((name) => isDeployBranch(name, [pattern]));
    if (found.length === 1 && found[0] !== undefined) return found[0];
  }
  throw new Stuck(`several branches of ${remote} hold commit ${short} (${holding.slice(0, 5).join(', ')})`);
}

/** A work tree of its own at the remote's tip, with the revert committed on it. */
async function makeRevert(
  parts: RevertParts,
  order: RevertOrder,
  commit: string,
  tip: string,
): Promise<{ tree: string; revert: string }> {
  await removeTree(parts, order);
  mkdirSync(parts.treesDir, { recursive: true, mode: 0o700 });
  const tree = treeOf(parts, order);
  const added = await runGit(parts, order, order.folder, [
    'worktree',
    'add',
    '--quiet',
    '--detach',
    tree,
    tip,
  ]);
  if (!added.isOk) throw new Stuck(`no work tree could be made: ${lineOf(added)}`);
  try {
    const [, ...parents] = (await asked(parts, tree, 'rev-list', '--parents', '-n', '1', commit)).split(' ');
    const isMerge = parents.length > 1;
    const mainline = isMerge ? ['-m', '1'] : [];
    const done = await runGit(parts, order, tree, ['revert', '--no-commit', ...mainline, commit]);
    if (!done.isOk) {
      const files = (await asked(parts, tree, 'diff', '--name-only', '--diff-filter=U'))
        .split('\n')
        .filter((name) => name !== '');
      if (files.length === 0) throw new Stuck(`git revert failed: ${lineOf(done)}`);
      const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
      throw new Stuck(`later commits changed the same lines of ${files.slice(0, 3).join(', ')}${more}`);
    }
    if ((await asked(parts, tree, 'status', '--porcelain')) === '')
      throw new Stuck('there is nothing left of the commit to take back');
    const subject = await asked(parts, tree, 'log', '-1', '--format=%s', commit);
    const message = revertMessage({ commit, subject, isMerge, cause: order.cause });
    const author = (await parts.git(tree, ['config', 'user.email'])).ok ? [] : IDENTITY;
    const commitArgs = [
      'commit',
      '--quiet',
      '--no-verify',
      '--no-gpg-sign',
      '--cleanup=verbatim',
      '-m',
      message,
    ];
    const committed = await runGit(parts, order, tree, commitArgs, author);
    if (!committed.isOk) throw new Stuck(`the revert could not be committed: ${lineOf(committed)}`);
    return { tree, revert: await asked(parts, tree, 'rev-parse', 'HEAD') };
  } catch (error) {
    await removeTree(parts, order);
    throw error;
  }
}

/** Where the person has no name of their own in git's settings. */
const IDENTITY = ['user.name=Meta-Orchestrator', 'user.email=orch@localhost'];

async function asked(parts: RevertParts, folder: string, ...args: string[]): Promise<string> {
  const answer = await parts.git(folder, args);
  if (!answer.ok) throw new Stuck(`git ${args[0] ?? ''} failed: ${answer.why}`);
  return answer.out.trim();
}

function treeOf({ treesDir }: RevertParts, { actionId, act }: RevertOrder): string {
  return join(treesDir, `${act}-${actionId}`);
}

/** Also what a core that died left behind. */
async function removeTree(parts: RevertParts, order: RevertOrder): Promise<void> {
  const tree = treeOf(parts, order);
  await parts.git(order.folder, ['worktree', 'remove', '--force', '--force', tree]);
  rmSync(tree, { recursive: true, force: true });
  await parts.git(order.folder, ['worktree', 'prune']);
}

function runGit(
  { runner, signal }: RevertParts,
  { act, project, cause, commit }: RevertOrder,
  folder: string,
  args: readonly string[],
  settings: readonly string[] = [],
): Promise<RunResult> {
  const set = [...HARMLESS, ...settings].flatMap((setting) => ['-c', setting]);
  return runner.run({
    act: `${act}-git`,
    project,
    cause,
    resource: `deploy:${project}`,
    folder,
    facts: { ORCH_PROJECT: project, ORCH_COMMIT: commit },
    command: commandSchema.parse({
      run: ['git', ...set, ...args],
      environment: ENVIRONMENT,
      timeoutSeconds: TIMEOUT_SECONDS,
    }),
    ...(signal === undefined ? {} : { signal }),
  });
}

function loggedCommits(log: string): LoggedCommit[] {
  return log
    .split(ENTRY)
    .map((entry) => entry.trim().split(FIELD))
    .flatMap(([commit, message]) =>
      commit === undefined || message === undefined ? [] : [{ commit, message }],
    );
}

/** The line of git's output that says what is wrong. */
function lineOf({ output, text }: RunResult): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('error: failed to push'));
  const telling =
    lines.find((line) => /^!\s/.test(line)) ?? lines.find((line) => /^(?:fatal|error|remote):/.test(line));
  return (telling ?? lines[0] ?? text)
    .replace(/^(?:fatal|error): /, '')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}
