import type { ScoreMoment } from './score.ts';

/** A score on one day, as it last was. */
export interface ScoreDay extends ScoreMoment {
  /** Local calendar day, "2026-01-05". */
  readonly day: string;
}

export interface ScorePast {
  readonly today: ScoreDay;
  /** The last day before today on which the score was known; null when there is none. */
  readonly earlier: ScoreDay | null;
}

/** Two days a score, by project and score. */
export type ScoreHistory = Readonly<Record<string, Readonly<Record<string, ScorePast>>>>;

/** Further back than this is not "since yesterday" in any sense. */
const MOST_DAYS_BACK = 7;

/**
 * Carries the history on by what the scores of a project are now. A score without a value changes nothing; where
 * nothing changes, `past` itself comes back.
 */
export function rememberedScores(
  past: Readonly<Record<string, ScorePast>>,
  now: Readonly<Record<string, ScoreMoment>>,
  day: string,
): Readonly<Record<string, ScorePast>> {
  const next = Object.entries(now).map(([name, moment]): [string, ScorePast | undefined] => {
    const before = past[name];
    if (moment.value === null) return [name, before];
    const inputs = moment.inputs.map(({ name: input, value, weightPercent }) => ({
      name: input,
      value,
      weightPercent,
    }));
    const today = { day, value: moment.value, inputs };
    if (before !== undefined && isSameDay(before.today, today)) return [name, before];
    if (before === undefined) return [name, { today, earlier: null }];
    return [name, { today, earlier: before.today.day < day ? before.today : before.earlier }];
  });
  const known = next.filter((entry): entry is [string, ScorePast] => entry[1] !== undefined);
  const isSame =
    known.length === Object.keys(past).length && known.every(([name, score]) => past[name] === score);
  return isSame ? past : Object.fromEntries(known);
}

function isSameDay(one: ScoreDay, other: ScoreDay): boolean {
  return (
    one.day === other.day &&
    one.value === other.value &&
    one.inputs.length === other.inputs.length &&
    one.inputs.every((input, index) => isSameInput(input, other.inputs[index]))
  );
}

type Input = ScoreDay['inputs'][number];

function isSameInput(one: Input, other: Input | undefined): boolean {
  return one.name === other?.name && one.value === other.value && one.weightPercent === other.weightPercent;
}

/** What to hold a score against on `day`; null when nothing young enough is known. */
export function earlierMoment(past: ScorePast | undefined, day: string): ScoreMoment | null {
  if (past === undefined) return null;
  const earlier = past.today.day < day ? past.today : past.earlier;
  if (earlier === null) return null;
  const daysBack = (Date.parse(day) - Date.parse(earlier.day)) / 86_400_000;
  return daysBack > 0 && daysBack <= MOST_DAYS_BACK ? earlier : null;
}
