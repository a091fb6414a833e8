import { spawn, type ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';

import type { Clock } from '../clock.ts';
import { processMembers } from './process-members.ts';
import { endMembers } from './process-signals.ts';
import type { ProcessTable } from './process-table.ts';
import { createOutputTail } from './runner-output.ts';

/** Whoever holds the pipe after the end is not waited for. */
const PIPE_LIMIT_MS = 300;

export interface ProcessOrder {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** `NAME=value` in its environment, by which everything it starts is known. */
  readonly mark: string;
  readonly timeoutMs: number;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  readonly keepBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ProcessEnd {
  readonly kind: 'exited' | 'not-found' | 'not-executable' | 'not-started';
  /** Half a sentence; null when it ran. */
  readonly problem: string | null;
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  /** Why we ended it; null when it ended by itself. */
  readonly endedBy: 'timeout' | 'cancelled' | null;
  /** Processes it left behind, which were ended. */
  readonly leftBehind: number;
  /** Processes that outlived even SIGKILL. */
  readonly stuck: number;
  readonly outputBytes: number;
  readonly output: Buffer;
}

export interface ProcessParts {
  readonly clock: Clock;
  readonly table: ProcessTable;
}

/** Runs one program from start to end. Never throws, and never takes longer than its limit, its grace and 3 s. */
export async function runProcess(parts: ProcessParts, order: ProcessOrder): Promise<ProcessEnd> {
  const tail = createOutputTail(order.keepBytes);
  const notStarted = (kind: ProcessEnd['kind'], problem: string): ProcessEnd => ({
    kind,
    problem,
    exitCode: null,
    exitSignal: null,
    endedBy: null,
    leftBehind: 0,
    stuck: 0,
    outputBytes: 0,
    output: Buffer.alloc(0),
  });
  if (!isFolder(order.folder)) return notStarted('not-found', `there is no folder ${order.folder}`);

  let child: ChildProcess;
  try {
    child = started(order);
  } catch (error) {
    return notStarted(...problemOf(error as NodeJS.ErrnoException, order.argv));
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => tail.add(chunk));
    stream?.on('error', () => undefined);
  }
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ended = new Promise<NodeJS.ErrnoException | null>((resolve) => {
    child.once('error', (error) => resolve(error));
    // Not `close`: that waits for whoever holds the pipe.
    child.once('exit', () => resolve(null));
  });

  const members = (): ReturnType<typeof processMembers> => {
    const isLeader = child.exitCode === null && child.signalCode === null;
    return processMembers(
      parts.table.list(),
      ({ pid }) => (isLeader && pid === child.pid) || parts.table.hasMark(pid, order.mark),
      process.pid,
    );
  };
  let endedBy: ProcessEnd['endedBy'] = null;
  const endings: Promise<unknown>[] = [];
  const end = (why: NonNullable<ProcessEnd['endedBy']>): void => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    endedBy ??= why;
    // Where no table can be read the one process we know is all there is to end.
    if (process.platform === 'win32') child.kill('SIGKILL');
    if (endings.length === 0) endings.push(endMembers(parts.clock, members, order.graceMs));
  };
  const cancelTimer = parts.clock.after(order.timeoutMs, () => end('timeout'));
  const onAbort = (): void => end('cancelled');
  order.signal?.addEventListener('abort', onAbort, { once: true });
  if (order.signal?.aborted === true) onAbort();

  const error = await ended;
  cancelTimer();
  order.signal?.removeEventListener('abort', onAbort);
  if (error !== null && child.pid === undefined) return notStarted(...problemOf(error, order.argv));
  await Promise.all(endings);
  const after = await endMembers(parts.clock, members, order.graceMs);
  await withinLimit(parts.clock, closed);
  child.stdout?.destroy();
  child.stderr?.destroy();
  return {
    kind: 'exited',
    problem: null,
    exitCode: child.exitCode,
    exitSignal: child.signalCode,
    endedBy,
    leftBehind: after.ended,
    stuck: after.left,
    outputBytes: tail.sizeBytes(),
    output: tail.bytes(),
  };
}

function started({ argv, folder, environment }: ProcessOrder): ChildProcess {
  const [program = '', ...rest] = argv;
  return spawn(program, rest, {
    cwd: folder,
    env: environment,
    // A session of its own: the whole of it can be ended, and nothing of ours with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

function problemOf(
  error: NodeJS.ErrnoException,
  [program = '']: readonly string[],
): [ProcessEnd['kind'], string] {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return ['not-found', `there is no program ${program}`];
    case 'EACCES':
    case 'EPERM':
    case 'ENOEXEC':
      return ['not-executable', `${program} is not executable (${error.code})`];
    default:
      return ['not-started', `${program} could not be started: ${error.code ?? error.message}`];
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

async function withinLimit(clock: Clock, done: Promise<void>): Promise<void> {
  await Promise.race([done, new Promise<void>((resolve) => void clock.after(PIPE_LIMIT_MS, resolve))]);
}
