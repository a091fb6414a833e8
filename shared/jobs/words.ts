import type { Job } from '../contract/job.ts';

/** "waits: needs MEDIUM, the level is LOW (battery 15 %), until it is plugged in, about 14:20". */
export function jobSentence(
  job: Pick<Job, 'state' | 'reason' | 'until' | 'untilAt'>,
  clockTime: (iso: string) => string,
): string {
  const what = STATE_WORDS[job.state];
  const reason = job.reason === '' || job.reason.startsWith(what) ? job.reason : `${what}: ${job.reason}`;
  const until = job.until === null ? '' : `, until ${job.until}`;
  const about = job.untilAt === null ? '' : `, about ${clockTime(job.untilAt)}`;
  return `${reason === '' ? what : reason}${until}${about}`;
}

export const STATE_WORDS: Readonly<Record<Job['state'], string>> = {
  queued: 'waits',
  starting: 'starts',
  running: 'runs',
  checkpointing: 'saves its work',
  paused: 'paused',
  ending: 'is being ended',
  ended: 'ended',
  cancelled: 'cancelled',
  lost: 'lost',
};

/** The first eight letters of an id tell a job from others on one machine. */
export function shortJobId(id: string): string {
  return id.slice(0, 8);
}
