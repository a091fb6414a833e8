import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { createCommitReader } from '../core/projects/commit-message.ts';
import type { ChangeType } from '../shared/contract/vocabulary.ts';
import { classifyChange } from '../shared/policy/classify-change.ts';
import type { CommandIo } from './command.ts';
import { UsageError } from './usage-error.ts';

const GIT_LIMIT_MS = 5_000;
const GIT_OUTPUT_BYTES = 16 * 1024 * 1024;

/** The change type of a commit message in a file and of the paths changed since `base`, if one is given. */
export async function changeOfMessageFile(
  file: string,
  base: string | undefined,
  io: Pick<CommandIo, 'cwd'>,
): Promise<ChangeType> {
  const message = await readFile(resolve(io.cwd, file), 'utf8').catch((error: unknown) => {
    throw new UsageError(`--message-file ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
  });
  const paths = base === undefined ? null : await changedSince(base, io.cwd);
  return classifyChange(createCommitReader().read(message), paths).type;
}

/** Paths that differ between the common ancestor with `base` and HEAD. */
async function changedSince(base: string, cwd: string): Promise<string[]> {
  if (base.startsWith('-')) throw new UsageError(`--base must be a commit, not "${base}"`);
  return new Promise((done, reject) => {
    execFile(
      'git',
      ['diff', '--name-only', '-z', `${base}...HEAD`, '--'],
      { cwd, timeout: GIT_LIMIT_MS, maxBuffer: GIT_OUTPUT_BYTES },
      (error, stdout, stderr) => {
        if (error === null) done(stdout.split('\0').filter((path) => path !== ''));
        else reject(new UsageError(`--base ${base}: ${stderr.trim().split('\n')[0] ?? error.message}`));
      },
    );
  });
}
