import { execFile } from 'node:child_process';

import { createCommitReader } from '../projects/commit-message.ts';

const DAYS = 7;
const MOST_COMMITS = 5000;
const TIMEOUT_MS = 5000;
const MAX_BYTES = 4 * 1024 * 1024;
/** Settings by which a repository could start programs of its own while its history is read. */
const HARMLESS = [
  'core.fsmonitor=false',
  'log.showSignature=false',
  'core.pager=cat',
  'core.hooksPath=/dev/null',
];

/** Commits of the last 7 days that revert others, merges left out; null without git or its history. Never throws. */
export async function countReverts(projectDir: string, nowMs: number): Promise<number | null> {
  const sinceSeconds = Math.floor(nowMs / 1000) - DAYS * 86_400;
  const subjects = await gitLines(projectDir, [
    'log',
    '--no-merges',
    `--max-count=${MOST_COMMITS}`,
    `--since=${sinceSeconds}`,
    '--format=%s',
    '--end-of-options',
    'HEAD',
    '--',
    '.',
  ]);
  if (subjects === null) return null;
  const commits = createCommitReader();
  return subjects.filter((subject) => {
    const { isRevert, conventional } = commits.read(subject);
    return isRevert || conventional?.type === 'revert';
  }).length;
}

async function gitLines(projectDir: string, argv: readonly string[]): Promise<string[] | null> {
  const settings = HARMLESS.flatMap((setting) => ['-c', setting]);
  return new Promise((resolve) => {
    execFile(
      'git',
      ['--no-pager', '--no-optional-locks', ...settings, ...argv],
      {
        cwd: projectDir,
        timeout: TIMEOUT_MS,
        killSignal: 'SIGKILL',
        maxBuffer: MAX_BYTES,
        env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' },
      },
      (error, stdout) => {
        if (error !== null) resolve(null);
        else resolve(stdout.split('\n').filter((line) => line !== ''));
      },
    );
  });
}
