import type { Job } from '../shared/contract/job.ts';
import { jobSentence } from '../shared/jobs/words.ts';
import type { CommandIo } from './command.ts';
import { localIsoText } from './local-time.ts';

/** What `orch run` says on stderr, beside the command's own words. */
export interface RunVoice {
  line(text: string): void;
  /** Says what a job does, when that changed. */
  job(job: Job): void;
}

export function createRunVoice(io: Pick<CommandIo, 'err'>, isJson: boolean): RunVoice {
  let last: Job | null = null;
  const clockTime = (iso: string): string => localIsoText(Date.parse(iso)).slice(11, 16);
  return {
    line: (text) => io.err(isJson ? `${JSON.stringify({ schemaVersion: 1, text })}\n` : `orch: ${text}.\n`),
    job(job) {
      const before = last;
      last = job;
      if (before?.state === job.state && before.isHeld === job.isHeld && before.until === job.until) return;
      if (isJson) io.err(`${JSON.stringify({ schemaVersion: 1, job })}\n`);
      else if (job.state === 'running') {
        // That it runs is seen; that it goes on is news.
        if (before?.state === 'paused' || before?.state === 'checkpointing') io.err('orch: goes on.\n');
      } else if (job.state !== 'starting') io.err(`orch: ${jobSentence(job, clockTime)}.\n`);
    },
  };
}
