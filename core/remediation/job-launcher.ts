import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

import { inheritedEnvironment } from './runner-environment.ts';
import { JOB_OUTPUT_BYTES, type JobFolder } from './job-folder.ts';
import type { JobRecord } from './job-record.ts';
import { JOB_MARK, JOB_NICENESS, scopePrefix } from './job-scope.ts';

/**
 * The shell that keeps a job of the core: small, and no child of ours in anything but name, so that the job outlives
 * any core. `mkdir` is the claim: of two keepers of one job the second leaves. The traps let the shell and `tail`
 * outlive a signal to the whole group, so that code and output are told; the command itself has none of them.
 */
const KEEPER = `umask 077
dir=$1; shift
mkdir "$dir/claim" 2>/dev/null || exit 75
echo $$ > "$dir/pid.part" && mv "$dir/pid.part" "$dir/pid"
trap : TERM INT HUP QUIT USR1 USR2 TSTP
{
  trap : TERM INT HUP QUIT USR1 USR2 TSTP
  (exec "$@") < /dev/null 2>&1
  echo $? > "$dir/exit.part" && mv "$dir/exit.part" "$dir/exit"
} | (trap '' TERM INT HUP QUIT USR1 USR2 TSTP PIPE; exec tail -c ${JOB_OUTPUT_BYTES} > "$dir/output")
exit "$(cat "$dir/exit")"
`;

export interface Launched {
  readonly pid: number;
  /** Settles when the keeper has ended. */
  readonly ended: Promise<void>;
}

/** Starts a job of the core itself, in a session of its own. Rejects with the system's own error. */
export async function launchJob(
  env: Readonly<Record<string, string | undefined>>,
  job: Pick<JobRecord, 'id' | 'command' | 'folder' | 'project'>,
  folder: JobFolder,
  isNiced: boolean,
): Promise<Launched> {
  folder.make();
  const prefix = await scopePrefix(env, job.id, isNiced);
  const [program = '', ...args] = [
    ...prefix,
    '/bin/sh',
    '-c',
    KEEPER,
    'orch-job',
    folder.path,
    ...job.command,
  ];
  const child = spawn(program, args, {
    cwd: job.folder,
    env: {
      ...inheritedEnvironment(env),
      [JOB_MARK]: job.id,
      ...(job.project === null ? {} : { ORCH_PROJECT: job.project }),
    },
    detached: true,
    stdio: 'ignore',
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} has no pid`);
  if (isNiced) makeNice(pid);
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  // The core may end before the job does.
  child.unref();
  return { pid, ended };
}

/** Lowers a process's priority; one that is gone or not ours stays as it is. */
export function makeNice(pid: number): void {
  try {
    setPriority(pid, JOB_NICENESS);
  } catch {
    // It ended, or was nicer already and may not be raised.
  }
}
