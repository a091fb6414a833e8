import type { Job } from '../../shared/contract/job.ts';
import { minutesText } from '../../shared/view/quantities.ts';
import type { Words } from '../words/words.ts';
import { clockTime } from './clock-time.ts';
import { cpuTimeText, drawnText } from './energy-days-view.ts';
import { plainText, sentence } from './plain-text.ts';

export const JOB_GROUPS = ['running', 'waiting', 'over'] as const;
export type JobGroup = (typeof JOB_GROUPS)[number];

const GROUP_OF: Readonly<Record<Job['state'], JobGroup>> = {
  queued: 'waiting',
  starting: 'running',
  running: 'running',
  checkpointing: 'running',
  paused: 'running',
  ending: 'running',
  ended: 'over',
  cancelled: 'over',
  lost: 'over',
};

export function jobGroup({ state }: Pick<Job, 'state'>): JobGroup {
  return GROUP_OF[state];
}

/** What a person may do with a job now. */
export interface JobActs {
  readonly canPause: boolean;
  readonly canResume: boolean;
  readonly canCancel: boolean;
}

export function jobActs({ state, isHeld }: Job): JobActs {
  const isOver = GROUP_OF[state] === 'over' || state === 'ending';
  return {
    canPause: !isOver && !isHeld && state !== 'paused',
    canResume: !isOver && (isHeld || state === 'paused'),
    canCancel: !isOver,
  };
}

/** How a job stands, as a shape beside its word. */
export type JobShape = 'go' | 'wait' | 'pause' | 'done' | 'failed';

export function jobShape({ state, exitCode, isHeld }: Job): JobShape {
  if (state === 'lost' || (state === 'ended' && exitCode !== 0)) return 'failed';
  if (state === 'ended' || state === 'cancelled') return 'done';
  if (state === 'paused' || state === 'checkpointing' || isHeld) return 'pause';
  return state === 'queued' ? 'wait' : 'go';
}

/** "Runs", "Paused, held back by you", "Failed with 137". */
export function jobStateText({ state, isHeld, exitCode }: Job, words: Words): string {
  const { jobsPage: said } = words;
  if (state === 'ended' && exitCode !== null && exitCode !== 0) return said.failed(exitCode);
  const isOver = GROUP_OF[state] === 'over';
  return isHeld && !isOver ? `${said.states[state]}, ${said.held}` : said.states[state];
}

/** Why it waits and what for, a sentence each; empty while it simply runs. */
export function jobReasons(job: Job, nowAt: string, words: Words): readonly string[] {
  const { jobsPage: said } = words;
  return [
    ...(job.reason === '' ? [] : [sentence(job.reason)]),
    ...(job.until === null ? [] : [sentence(untilText(job.until, job, nowAt, words))]),
    ...(job.aheadCount === null || job.aheadCount === 0 ? [] : [said.ahead(job.aheadCount)]),
  ];
}

/** "Goes on when it is plugged in, about 14:20". */
function untilText(until: string, { state, untilAt }: Job, nowAt: string, words: Words): string {
  const { jobsPage: said } = words;
  const what = plainText(until).replace(/\.$/, '');
  if (untilAt === null) return state === 'queued' ? said.starts(what) : said.until(what);
  const time = clockTime(untilAt, nowAt);
  return state === 'queued' ? said.startsAt(what, time) : said.untilAt(what, time);
}

/** The small facts of a job; `ageOf` tells an instant's age in words. */
export function jobFacts(job: Job, ageOf: (at: string) => string, words: Words): readonly string[] {
  const { jobsPage: said } = words;
  const group = jobGroup(job);
  const { level, minutes } = job.needs;
  return [
    ...(group === 'waiting' ? [said.added(ageOf(job.createdAt))] : []),
    ...(group === 'running' && job.startedAt !== null ? [said.began(ageOf(job.startedAt))] : []),
    ...(group === 'over' && job.endedAt !== null ? [said.ended(ageOf(job.endedAt))] : []),
    ...(group === 'over' ? [] : [said.needs(level, minutes === null ? null : minutesText(minutes))]),
    ...(job.ranSeconds > 0 ? [said.ran(cpuTimeText(job.ranSeconds))] : []),
    ...(job.pausedSeconds > 0 ? [said.paused(cpuTimeText(job.pausedSeconds))] : []),
    ...(group === 'over' && job.startedAt !== null ? [drawnText(job, words)] : []),
    ...(group === 'running' && job.pid !== null ? [said.process(job.pid)] : []),
  ];
}

/** The command as it was typed, more or less: what holds a blank is put in quotes. */
export function commandText(command: readonly string[]): string {
  return plainText(
    command.map((part) => (/[\s"']/.test(part) || part === '' ? `'${part}'` : part)).join(' '),
  );
}
