import { spawn } from 'node:child_process';

/** Tells changes apart from the commits that carry them. */
export interface GitPatches {
  /** `git patch-id --stable` of one commit; null for merges, empty ones, unknown ones and where git fails. */
  patchIdOf(dir: string, commit: string): Promise<string | null>;
  /** Of the last commits of HEAD: change -> commit. */
  onBranch(dir: string): Promise<ReadonlyMap<string, string>>;
}

const COMMIT = /^[0-9a-f]{7,64}$/;
const LINE = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64})$/;
/** A rewrite that went further back is not followed. */
const LOOKED_BACK = 200;
const LIMIT_MS = 10_000;
const MOST_BYTES = 1024 * 1024;

/** The git on PATH. `env` without the variables that would point it elsewhere (`git-program.ts`). */
export function createGitPatches(env: Readonly<Record<string, string | undefined>>): GitPatches {
  const own = {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_'))),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
  };
  const patches = async (
    dir: string,
    args: readonly string[],
  ): Promise<[patch: string, commit: string][]> => {
    const plain = ['--no-color', '--no-ext-diff', '--no-textconv', '--format=commit %H'];
    const out = await piped(
      ['-C', dir, 'log', '-p', '--no-merges', ...plain, ...args],
      ['-C', dir, 'patch-id', '--stable'],
      own,
    );
    return out.split('\n').flatMap((line) => {
      const [, patch, commit] = LINE.exec(line) ?? [];
      return patch === undefined || commit === undefined ? [] : [[patch, commit] as [string, string]];
    });
  };
  return {
    async patchIdOf(dir, commit) {
      if (!COMMIT.test(commit)) return null;
      const [first] = await patches(dir, ['-n', '1', commit, '--']);
      return first?.[0] ?? null;
    },
    onBranch: async (dir) =>
      new Map((await patches(dir, ['-n', String(LOOKED_BACK), 'HEAD', '--'])).reverse()),
  };
}

/** What the second program says of what the first one prints; empty where either fails or takes too long. */
function piped(
  first: readonly string[],
  second: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  return new Promise((resolve) => {
    const limits = { env, timeout: LIMIT_MS, killSignal: 'SIGKILL' } as const;
    const source = spawn('git', first, { ...limits, stdio: ['ignore', 'pipe', 'ignore'] });
    const sink = spawn('git', second, { ...limits, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    source.stdout.pipe(sink.stdin);
    // Either may end first; the pipe between them then breaks, which is no error of ours.
    for (const part of [source, sink, sink.stdin, source.stdout]) part.on('error', () => undefined);
    sink.on('error', () => resolve(''));
    sink.stdout.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= MOST_BYTES) chunks.push(chunk);
    });
    sink.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}
