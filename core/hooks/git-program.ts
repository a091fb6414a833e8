import { execFile } from 'node:child_process';

const LIMIT_MS = 10_000;
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

export type GitAnswer =
  | { readonly ok: true; readonly out: string }
  /** `why` is git's own first line, or why git itself could not run. */
  | { readonly ok: false; readonly why: string };

/** Runs git in a folder. */
export type Git = (dir: string, args: readonly string[]) => Promise<GitAnswer>;

/** The git on PATH. Variables that a hook inherits (`GIT_DIR` and its like) would point it elsewhere: left out. */
export function gitProgram(env: Readonly<Record<string, string | undefined>>): Git {
  const own = Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^GIT_(?:DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|PREFIX|OBJECT_DIRECTORY)$/.test(name),
    ),
  );
  return (dir, args) =>
    new Promise((resolve) => {
      execFile(
        'git',
        ['-C', dir, ...args],
        { env: { ...own, LC_ALL: 'C' }, timeout: LIMIT_MS, maxBuffer: MAX_OUTPUT_BYTES },
        (error, stdout, stderr) => {
          if (error === null) resolve({ ok: true, out: stdout });
          else resolve({ ok: false, why: whyOf(error, stderr) });
        },
      );
    });
}

function whyOf(error: { readonly code?: unknown; readonly message: string }, stderr: string): string {
  if (error.code === 'ENOENT') return 'git is not installed';
  const line = stderr.trim().split('\n')[0] ?? '';
  return line === '' ? error.message.split('\n', 1).join('') : line.replace(/^(?:fatal|error): /, '');
}
