import type { JobState } from '../../shared/contract/vocabulary.ts';

const states: Record<JobState, string> = {
  queued: 'Waits',
  starting: 'Starting',
  running: 'Runs',
  checkpointing: 'Saving its work',
  paused: 'Paused',
  ending: 'Ending',
  ended: 'Ended',
  cancelled: 'Cancelled',
  lost: 'Lost sight of',
};

/** The words of the jobs page. */
export const jobsPage = {
  lead: 'Work that waits for power, runs, pauses and goes on.',
  states,
  held: 'held back by you',
  failed: (exitCode: number) => `Failed with ${exitCode}`,
  groups: { running: 'Under way', waiting: 'In line', over: 'Over' },
  none: {
    title: 'No jobs',
    text: 'Put `orch run --for 40m --` before a command: it starts when there is power for it, and pauses when there is not.',
  },
  noneOver: 'No job has ended yet.',
  until: (what: string) => `Goes on when ${what}`,
  untilAt: (what: string, time: string) => `Goes on when ${what}, about ${time}`,
  starts: (what: string) => `Starts when ${what}`,
  startsAt: (what: string, time: string) => `Starts when ${what}, about ${time}`,
  ahead: (count: number) => (count === 1 ? '1 job is ahead.' : `${count} jobs are ahead.`),
  needs: (level: string, minutes: string | null) =>
    minutes === null ? `needs ${level}` : `needs ${level} for ${minutes}`,
  ran: (time: string) => `ran ${time}`,
  paused: (time: string) => `paused ${time}`,
  began: (age: string) => `began ${age}`,
  added: (age: string) => `added ${age}`,
  ended: (age: string) => `ended ${age}`,
  process: (pid: number) => `process ${pid}`,
  acts: {
    name: (job: string) => `What to do with ${job}`,
    pause: 'Pause',
    hold: 'Hold back',
    resume: 'Resume',
    cancel: 'Cancel',
    sure: 'Cancel it for good',
    keep: 'Let it be',
    paused: 'Paused.',
    resumed: 'Goes on.',
    cancelled: 'Being cancelled.',
  },
  output: 'What it printed',
  noOutput: 'It printed nothing.',
  more: (count: number) => `and ${count} more`,
};
