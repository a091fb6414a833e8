import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

import { makeNice } from '../core/remediation/job-launcher.ts';
import { processIdentity, type ProcessIdentity } from '../core/process-identity.ts';

export interface RunChild {
  readonly identity: ProcessIdentity;
  /** The command's exit code; 128 and the signal's number where a signal ended it. */
  readonly ended: Promise<number>;
}

export type RunStart =
  | { readonly ok: true; readonly child: RunChild }
  | { readonly ok: false; readonly exitCode: number; readonly text: string };

/** Signals that a person or a script sends to `orch run` and means the command. */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGWINCH'] as const;
/** Those that end a program: one that is paused has to wake up for them. */
const ENDING: readonly string[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/**
 * Starts a command in a session of its own with our stdin, stdout and stderr, terminal included: it sees the size,
 * may read and set its modes. It is not the terminal's foreground group, so what Ctrl-C, Ctrl-Z and a resized window
 * send to us is passed on.
 *
 * @param mayGoOn asked after Ctrl-Z and `fg`: false while the core pauses the job
 */
export async function startChild(
  argv: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; isNiced: boolean; mayGoOn: () => Promise<boolean> },
): Promise<RunStart> {
  const [program = '', ...args] = argv;
  const isWindows = process.platform === 'win32';
  let child: ChildProcess;
  try {
    child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      detached: !isWindows,
      // From the background a read would take from the shell what is typed there.
      stdio: [isForeground() ? 'inherit' : 'ignore', 'inherit', 'inherit'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
  } catch (error) {
    return { ok: false, ...startProblem(program, error as NodeJS.ErrnoException) };
  }
  const pid = child.pid ?? 0;
  if (options.isNiced) makeNice(pid);
  const identity = processIdentity(pid) ?? { pid, startTicks: null, bootId: null };
  const stopForwarding = forwardSignals(isWindows ? null : pid, options.mayGoOn);
  const ended = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => {
      stopForwarding();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
  return { ok: true, child: { identity, ended } };
}

function forwardSignals(groupPid: number | null, mayGoOn: () => Promise<boolean>): () => void {
  if (groupPid === null) return () => undefined;
  const send = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-groupPid, signal);
    } catch {
      // It ended a moment ago.
    }
  };
  const pairs: [NodeJS.Signals, () => void][] = FORWARDED.map((signal) => [
    signal,
    () => {
      send(signal);
      if (ENDING.includes(signal)) send('SIGCONT');
    },
  ]);
  pairs.push([
    'SIGTSTP',
    () => {
      send('SIGSTOP');
      process.kill(process.pid, 'SIGSTOP');
    },
  ]);
  pairs.push([
    'SIGCONT',
    () =>
      void mayGoOn().then((may) => {
        if (may) send('SIGCONT');
      }),
  ]);
  for (const [signal, act] of pairs) process.on(signal, act);
  return () => {
    for (const [signal, act] of pairs) process.off(signal, act);
  };
}

/** Whether what is typed is meant for us: always where stdin is no terminal. */
function isForeground(): boolean {
  if (!process.stdin.isTTY) return true;
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    // proc(5): fields 5 (own group) and 8 (the terminal's foreground group).
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return group === foreground;
  } catch {
    return true;
  }
}

/** As a shell would say it, with its exit codes. */
function startProblem(
  program: string,
  { code, message }: NodeJS.ErrnoException,
): { exitCode: number; text: string } {
  if (code === 'ENOENT') return { exitCode: 127, text: `there is no program ${program}` };
  if (code === 'EACCES') return { exitCode: 126, text: `${program} is not executable` };
  return { exitCode: 126, text: `${program} could not be started: ${code ?? message}` };
}
