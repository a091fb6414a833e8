import type { ModelNumbers, RetrainResult, Schedule } from '../../shared/contract/scaling.ts';
import type { Words } from '../words/words.ts';
import { clockTime } from './clock-time.ts';
import { sentence } from './plain-text.ts';

/** How a schedule stands, as a shape beside its words. */
export type ScheduleShape = 'go' | 'wait' | 'done' | 'failed';

export function scheduleShape({ state, last }: Pick<Schedule, 'state' | 'last'>): ScheduleShape {
  if (state === 'running') return 'go';
  if (state === 'waiting' || last === null) return 'wait';
  return last.result === 'ok' || last.result === 'observed' ? 'done' : 'failed';
}

/** "Waits, its window was missed", "Being trained", "Next at 03:00". */
export function scheduleStateText(
  { state, window, nextWindowAt }: Schedule,
  nowAt: string,
  { jobsPage: { schedules: said } }: Words,
): string {
  if (state === 'running') return said.running;
  if (state === 'waiting') return window?.isMissed === true ? said.missed : said.waiting;
  return nextWindowAt === null ? said.never : said.next(clockTime(nextWindowAt, nowAt));
}

/** Why it waits and what for, a sentence each. */
export function scheduleReasons(
  { wait, state }: Schedule,
  nowAt: string,
  { jobsPage: said }: Words,
): readonly string[] {
  if (wait === null) return [];
  const { reason, until, untilAt } = wait;
  const time = untilAt === null ? null : clockTime(untilAt, nowAt);
  const [plain, timed] = state === 'running' ? [said.until, said.untilAt] : [said.starts, said.startsAt];
  return [sentence(reason), sentence(time === null ? plain(until) : timed(until, time))];
}

/** "Last, 5 Jan, 03:40: the model was trained. Accuracy 91 % (was 88 %), drift 0.02." Null before the first. */
export function lastResultText(last: RetrainResult | null, nowAt: string, words: Words): string | null {
  if (last === null) return null;
  const { schedules: said } = words.jobsPage;
  const numbers = modelText(last, words);
  return `${said.last(clockTime(last.endedAt, nowAt), last.text)}${numbers === '' ? '' : ` ${numbers}`}`;
}

function modelText({ before, after }: RetrainResult, { jobsPage: { schedules: said } }: Words): string {
  if (after === null) return '';
  const one = (
    name: keyof ModelNumbers,
    word: string,
    shown: (value: number) => string,
  ): readonly string[] => {
    const [now, then] = [after[name], before?.[name] ?? null];
    if (now === null) return [];
    const [nowText, thenText] = [shown(now), then === null ? null : shown(then)];
    return [
      thenText === null || thenText === nowText
        ? `${word} ${nowText}`
        : `${word} ${said.was(nowText, thenText)}`,
    ];
  };
  const parts = [
    ...one('accuracy', said.accuracy, (value) => `${(value * 100).toFixed(1)} %`),
    ...one('drift', said.drift, (value) => value.toFixed(2)),
    ...one('latencySeconds', said.latency, (value) => `${Math.round(value * 1000)} ms`),
  ];
  return parts.length === 0 ? '' : sentence(parts.join(', '));
}
