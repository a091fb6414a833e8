/** What is needed of `process`. */
export interface ExitingProcess {
  once(event: 'exit', act: (code: number) => void): unknown;
  execve?(file: string, args: readonly string[], env?: NodeJS.ProcessEnv): void;
  kill(pid: number, signal: string): unknown;
  readonly pid: number;
}

/**
 * Node waits for its threads before it ends, and a thread inside a driver's read does not end. This lets the process
 * go all the same, with its own exit code: at exit, while such a thread is there, the process becomes a shell that
 * only exits. Without `execve` (Node before 22.15, Windows) it ends itself by signal.
 */
export function createStuckExit(process: ExitingProcess): (isStuck: () => boolean) => void {
  const threads: (() => boolean)[] = [];
  return (isStuck) => {
    threads.push(isStuck);
    if (threads.length > 1) return;
    process.once('exit', (code) => {
      if (!threads.some((still) => still())) return;
      process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`], {});
      process.kill(process.pid, 'SIGKILL');
    });
  };
}
