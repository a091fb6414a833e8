import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, join } from 'node:path';

/** One line of the machine's list of processes. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parentPid: number;
  readonly groupId: number;
  readonly sessionId: number;
  /** proc(5), field 22 of stat; empty where the system does not tell. */
  readonly startTicks: string;
  /** One letter: R, S, D, T (stopped), Z (ended, not yet collected). */
  readonly state: string;
}

/** What can be asked about the processes of this machine. Nothing here throws: who cannot be read is not there. */
export interface ProcessTable {
  list(): ProcessEntry[];
  /** Whether it was started with `NAME=value` in its environment; children inherit that, wherever they go. */
  hasMark(pid: number, mark: string): boolean;
  /** Whether it is in the systemd unit, however it changed since it was started. */
  inUnit(pid: number, unit: string): boolean;
  /** Whether it has a handler for the signal, so that it will not die of it; null where that cannot be told. */
  catches(pid: number, signal: NodeJS.Signals): boolean | null;
  /** Base name of its program file; null where that cannot be told. */
  program(pid: number): string | null;
}

/** The table of this machine: `/proc` on Linux, ps(1) elsewhere, nothing on Windows. */
export function processTable(platform: NodeJS.Platform): ProcessTable {
  if (platform === 'linux') return procTable('/proc');
  return platform === 'win32' ? EMPTY_TABLE : psTable();
}

/** Reads a tree in the form of proc(5). */
export function procTable(procDir: string): ProcessTable {
  const text = (pid: number, file: string): string | null => {
    try {
      return readFileSync(join(procDir, String(pid), file), 'latin1');
    } catch {
      return null;
    }
  };
  return {
    list() {
      const entries: ProcessEntry[] = [];
      for (const name of namesIn(procDir)) {
        if (!/^\d+$/.test(name)) continue;
        const entry = statEntry(Number(name), text(Number(name), 'stat'));
        if (entry !== null) entries.push(entry);
      }
      return entries;
    },
    hasMark: (pid, mark) => `\0${text(pid, 'environ') ?? ''}`.includes(`\0${mark}\0`),
    inUnit: (pid, unit) => (text(pid, 'cgroup') ?? '').trim().split('/').includes(unit),
    catches(pid, signal) {
      const mask = /^SigCgt:\s*([0-9a-f]+)$/m.exec(text(pid, 'status') ?? '')?.[1];
      if (mask === undefined) return null;
      return ((BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
    },
    program(pid) {
      try {
        return basename(readlinkSync(join(procDir, String(pid), 'exe')));
      } catch {
        return null;
      }
    },
  };
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function statEntry(pid: number, stat: string | null): ProcessEntry | null {
  // The command's name stands in brackets and may hold blanks and brackets itself.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group, session] = fields ?? [];
  if (fields === undefined || session === undefined) return null;
  return {
    pid,
    parentPid: Number(parent),
    groupId: Number(group),
    sessionId: Number(session),
    startTicks: fields[19] ?? '',
    state: state ?? '',
  };
}

/** Without environments: who leaves both group and session is known only while its parent lives. */
function psTable(): ProcessTable {
  return {
    ...EMPTY_TABLE,
    list() {
      return psText()
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields.length >= 5)
        .map(([pid, parent, group, session, state]) => ({
          pid: Number(pid),
          parentPid: Number(parent),
          groupId: Number(group),
          // The BSDs give an address here, which says nothing about pids.
          sessionId: /^\d+$/.test(session ?? '') ? Number(session) : 0,
          startTicks: '',
          state: (state ?? '').slice(0, 1),
        }));
    },
  };
}

function psText(): string {
  try {
    return execFileSync('ps', ['-Ao', 'pid=,ppid=,pgid=,sess=,state='], { encoding: 'utf8', timeout: 2_000 });
  } catch {
    return '';
  }
}

const EMPTY_TABLE: ProcessTable = {
  list: () => [],
  hasMark: () => false,
  inUnit: () => false,
  catches: () => null,
  program: () => null,
};
