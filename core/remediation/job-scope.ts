import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** systemd's default is 100 (systemd.resource-control(5)). */
const WEIGHTS = { niced: 20, usual: 100 } as const;
/** nice(1): well below everything interactive. */
export const JOB_NICENESS = 10;
const PROBE_LIMIT_MS = 2_000;

/** Name of the variable by which everything that a job starts is known. */
export const JOB_MARK = 'ORCH_JOB_ID';

/** Name of the systemd scope of a job. */
export function jobUnit(id: string): string {
  return `orch-job-${id}.scope`;
}

export function jobMark(id: string): string {
  return `${JOB_MARK}=${id}`;
}

/**
 * What stands before a job's command so that it runs in a systemd scope of its own, with a CPU weight: empty where
 * there is no user manager, or where it does not let us. `systemd-run --scope` becomes the command, so pid, stdin and
 * exit code are the command's own.
 */
export async function scopePrefix(
  env: Readonly<Record<string, string | undefined>>,
  id: string,
  isNiced: boolean,
): Promise<string[]> {
  const runtimeDir = env['XDG_RUNTIME_DIR'] ?? '';
  if (runtimeDir === '' || !existsSync(join(runtimeDir, 'systemd/private'))) return [];
  const scope = ['systemd-run', '--user', '--scope', '--quiet', '--collect'];
  if (!(await works([...scope, '--', 'true'], env))) return [];
  const weight = isNiced ? WEIGHTS.niced : WEIGHTS.usual;
  return [...scope, `--unit=${jobUnit(id)}`, `--property=CPUWeight=${weight}`, '--'];
}

function works(
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, args, { env, timeout: PROBE_LIMIT_MS }, (error) => resolve(error === null));
  });
}
