import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { outputText } from './runner-output.ts';

/**
 * What is told of one job while the core is away: its folder holds `pid` (of the command's first process), `exit`
 * (its code) and `output` (the end of it, where the core started it). Written by `orch run` and by the shell that
 * keeps a job of the core; each file is there whole or not at all.
 */
export interface JobFolder {
  readonly path: string;
  make(): void;
  writePid(pid: number): void;
  writeExit(code: number): void;
  /** Null until it is told. */
  pid(): number | null;
  exit(): number | null;
  output(): string | null;
  remove(): void;
}

export const JOB_OUTPUT_BYTES = 64 * 1024;

export function jobFolder(jobsDir: string, id: string): JobFolder {
  const path = join(jobsDir, id);
  const write = (name: string, value: number): void => {
    writeFileSync(join(path, `${name}.part`), `${value}\n`, { mode: 0o600 });
    renameSync(join(path, `${name}.part`), join(path, name));
  };
  const read = (name: string): number | null => {
    try {
      const text = readFileSync(join(path, name), 'latin1').trim();
      return /^\d{1,10}$/.test(text) ? Number(text) : null;
    } catch {
      return null;
    }
  };
  return {
    path,
    make: () => void mkdirSync(path, { recursive: true, mode: 0o700 }),
    writePid: (pid) => write('pid', pid),
    writeExit: (code) => write('exit', code),
    pid: () => read('pid'),
    exit: () => read('exit'),
    output() {
      const file = join(path, 'output');
      try {
        return statSync(file).size > 2 * JOB_OUTPUT_BYTES ? null : outputText(readFileSync(file));
      } catch {
        return null;
      }
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
