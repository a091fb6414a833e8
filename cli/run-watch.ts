import type { JobFolder } from '../core/remediation/job-folder.ts';
import type { RunChild } from './run-child.ts';
import type { RunCore } from './run-core.ts';
import type { RunAsk } from './run-turn.ts';
import type { RunVoice } from './run-voice.ts';

const WATCH_EVERY_MS = 1_000;
const TELL_TRIES = 3;

/** Tells the core of the process, shows what it does with it, and puts it under a core that comes later. */
export function watchJob(
  core: RunCore,
  child: RunChild,
  asked: RunAsk,
  isManagedAlready: boolean,
  say: RunVoice,
): { stop(): Promise<boolean> } {
  let isManaged = isManagedAlready;
  let isTold = false;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const { identity } = child;
    if (!isManaged) {
      const added = await core.add({ ...asked.request, process: identity });
      if (added.kind !== 'job') return;
      [isManaged, isTold] = [true, true];
      say.line('a core is there now and looks after the job');
    }
    const answer = isTold ? await core.state() : await core.tell({ event: 'started', process: identity });
    if (answer.kind === 'unknown-job') [isManaged, isTold] = [false, false];
    if (answer.kind !== 'job') return;
    isTold = true;
    say.job(answer.job);
  };
  const round = async (): Promise<void> => {
    await look();
    if (isOver) return;
    timer = setTimeout(() => {
      last = round();
    }, WATCH_EVERY_MS);
  };
  let last = round();
  return {
    async stop() {
      isOver = true;
      clearTimeout(timer);
      await last;
      return isManaged;
    },
  };
}

/** The code is on disk before it is told: a core that is away now reads it when it starts. */
export async function tellEnd(
  core: RunCore,
  folder: JobFolder,
  exitCode: number,
  isManaged: boolean,
): Promise<void> {
  if (!isManaged) {
    folder.remove();
    return;
  }
  try {
    folder.writeExit(exitCode);
  } catch {
    // The core saw the end of a job it cancelled, and has cleared away.
  }
  for (let tries = 0; tries < TELL_TRIES; tries += 1) {
    const { kind } = await core.tell({ event: 'ended', exitCode });
    if (kind !== 'away' && kind !== 'busy') return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
