import { advance, courseDueMs, courseEvents } from './steadiness-course.ts';
import { levelValue } from './level.ts';
import { reservePercent } from './steadiness-reserve.ts';
import { looseHoldMs } from './steadiness-plug.ts';
import { patientUps, upsDueMs } from './steadiness-ups.ts';
import { settledWhy } from './steadiness-why.ts';
import { judgeChain } from './supply-chain.ts';
import type { Course, CourseEvent } from './steadiness-course.ts';
import type { Feed } from './steadiness-plug.ts';
import type { PatientUps, UpsEvent, UpsMemory } from './steadiness-ups.ts';
import type { ChainJudgement } from './supply-chain.ts';
import type { PowerSupply, UpsReading } from '../contract/energy.ts';
import type { EnergyLevel } from '../contract/vocabulary.ts';

/** Without a good reading for so long, nothing is known (domain 1.1, behaviour 11). */
export const NO_READING_MS = 90_000;

/** What decides the level. */
export type EnergyKind = 'no-reading' | 'woke' | 'line' | 'weak-charger' | 'battery' | 'ups';

/** The judgement that stands, after everything that came before the last reading. */
export interface SteadyEnergy extends ChainJudgement {
  readonly kind: EnergyKind;
}

export type SteadyEvent =
  | { readonly kind: 'level'; readonly from: EnergyLevel; readonly to: EnergyLevel; readonly why: string }
  | CourseEvent
  | UpsEvent;

/** Everything remembered between two looks. Plain JSON of a bounded size. */
export interface Steadiness {
  readonly energy: SteadyEnergy;
  /** Monotonic instant of the last good reading; null before the first. */
  readonly lastGoodMs: number | null;
  readonly course: Course | null;
  readonly ups: Readonly<Record<string, UpsMemory>>;
}

export interface SteadyInput {
  /** One look, implausible values already taken out; null when it failed or was cut off. */
  readonly reading: {
    readonly supplies: readonly PowerSupply[];
    readonly ups: readonly UpsReading[];
    /** ISO wall-clock instant of the look. */
    readonly readAt: string;
  } | null;
  /** Monotonic instant of the oldest value that stands in for a refused one; absent when all are new. */
  readonly heldSinceMs?: number;
  /** A battery was exchanged: what was learnt about the one before says nothing. */
  readonly batterySwapped?: boolean;
  /** The machine was asleep since the look before: this reading is thrown away. */
  readonly woke?: boolean;
  readonly alwaysOnMains: boolean;
  /** How long a gap between readings says nothing of sleep; 90 s unless a recording was sparser than that. */
  readonly gapMs?: number;
  readonly monotonicMs: number;
}

export interface Steadied {
  readonly state: Steadiness;
  readonly energy: SteadyEnergy;
  /** The UPSes as they are to be shown; null when the look told nothing about them. */
  readonly ups: readonly UpsReading[] | null;
  readonly events: readonly SteadyEvent[];
  /** Milliseconds until another look would settle what is on its way; null when nothing is. */
  readonly dueMs: number | null;
}

/** Knows nothing: UNKNOWN until the first good reading. */
export function initialSteadiness(): Steadiness {
  const energy = nothingKnown('no-reading', 'no reading yet', false);
  return { energy, lastGoodMs: null, course: null, ups: {} };
}

/**
 * One look more: turns what a reading says into what stands (domain 1.1 "Steadiness", D2, D3; behaviours 6-13).
 * Pure; time comes in as `monotonicMs` alone.
 */
export function steady(state: Steadiness, input: SteadyInput): Steadied {
  if (input.woke === true) {
    const energy = nothingKnown('woke', 'just woke up, reading again', state.energy.batteryPresent);
    return given(state, { ...initialSteadiness(), energy }, null, [], null);
  }
  const now = input.monotonicMs;
  const isOld = state.lastGoodMs !== null && now - state.lastGoodMs > (input.gapMs ?? NO_READING_MS);
  if (input.reading === null) return missed(state, isOld);

  const before = isOld ? { ...state, course: null, ups: {} } : state;
  const { readAt } = input.reading;
  const answers = input.reading.ups.map((one) => patientUps(before.ups[one.name] ?? null, one, readAt, now));
  const upsEvents = answers.flatMap((one) => one.events);
  const ups = memories(answers);
  const judgement = judgeChain({
    supplies: input.reading.supplies,
    ups: answers.map((one) => one.believed),
    alwaysOnMains: input.alwaysOnMains,
  });
  const shown = answers.map((one) => one.believed);
  if (judgement.level === 'UNKNOWN') {
    return unjudged({ ...state, ups }, isOld, judgement, shown, upsEvents);
  }

  const course = advance(before.course, {
    judgement,
    feed: feedOf(judgement, input.reading.supplies, answers),
    batterySwapped: input.batterySwapped === true,
    monotonicMs: now,
  });
  const energy = energyOf(course, judgement, before.energy);
  const next: Steadiness = { energy, lastGoodMs: input.heldSinceMs ?? now, course, ups };
  const events = [...courseEvents(before.course, course, judgement.netPowerW), ...upsEvents];
  return given(state, next, shown, events, soonestMs(course, Object.values(ups), now));
}

/** A cord that is in feeds the machine whatever the battery does; a UPS that lost its mains does not. */
function feedOf(
  judgement: ChainJudgement,
  supplies: readonly PowerSupply[],
  ups: readonly PatientUps[],
): Feed {
  const upsOnBattery = ups.some(({ believed }) => believed.feedsThisMachine && believed.onBattery === true);
  if (upsOnBattery && judgement.level !== 'FULL') return 'ups';
  const cordIn = supplies.some((one) => one.counted && one.kind !== 'battery' && one.online === true);
  return judgement.onExternalPower === true || cordIn ? 'line' : 'battery';
}

function energyOf(course: Course, judgement: ChainJudgement, before: SteadyEnergy): SteadyEnergy {
  const { feed } = course.plug;
  const isFed = feed === 'line';
  const isWeak = course.charger?.weak === true;
  const kind = isFed && isWeak ? 'weak-charger' : feed;
  const level = isFed && !isWeak ? 'FULL' : course.fall.level;
  const reserve =
    level === 'FULL' && judgement.batteryPresent ? reservePercent(course.reserve, judgement.percent) : null;
  const waiting = course.plug.seen !== feed || course.fall.below !== null;
  const sameAsBefore = before.level === level ? before.why : null;
  return {
    level,
    levelValue: levelValue(level),
    why: settledWhy(
      { level, kind, reservePercent: reserve, waiting, looseHoldMs: looseHoldMs(course.plug) },
      judgement,
      sameAsBefore,
    ),
    onExternalPower: isFed,
    percent: judgement.percent,
    netPowerW: judgement.netPowerW,
    state: judgement.state,
    reservePercent: reserve,
    batteryPresent: judgement.batteryPresent,
    kind,
  };
}

function soonestMs(course: Course, ups: readonly UpsMemory[], nowMs: number): number | null {
  const dues = [courseDueMs(course, nowMs), ...ups.map((one) => upsDueMs(one, nowMs))];
  const known = dues.filter((due) => due !== null);
  return known.length === 0 ? null : Math.max(0, Math.min(...known));
}

function memories(answers: readonly PatientUps[]): Record<string, UpsMemory> {
  return Object.fromEntries(
    answers.flatMap(({ memory, believed }) => (memory === null ? [] : [[believed.name, memory]])),
  );
}

/** A look that failed: what was known stands, and ages, until it is too old. */
function missed(state: Steadiness, isOld: boolean): Steadied {
  if (!isOld) return given(state, state, null, [], null);
  const seconds = NO_READING_MS / 1000;
  const energy = nothingKnown('no-reading', `no reading for ${seconds} s`, state.energy.batteryPresent);
  return given(state, { ...state, energy, course: null }, null, [], null);
}

/** A look that told too little for a level. A UPS that runs down without telling its charge is told at once. */
function unjudged(
  state: Steadiness,
  isOld: boolean,
  judgement: ChainJudgement,
  ups: readonly UpsReading[],
  upsEvents: readonly UpsEvent[],
): Steadied {
  const isRunningDown = judgement.onExternalPower === false && !judgement.batteryPresent;
  if (!isRunningDown && !isOld && state.lastGoodMs !== null) return given(state, state, ups, upsEvents, null);
  const energy: SteadyEnergy = { ...judgement, kind: isRunningDown ? 'ups' : 'no-reading' };
  return given(state, { ...state, energy, course: null }, ups, upsEvents, null);
}

function nothingKnown(kind: 'no-reading' | 'woke', why: string, batteryPresent: boolean): SteadyEnergy {
  return {
    level: 'UNKNOWN',
    levelValue: null,
    why,
    onExternalPower: null,
    percent: null,
    netPowerW: null,
    state: null,
    reservePercent: null,
    batteryPresent,
    kind,
  };
}

function given(
  before: Steadiness,
  state: Steadiness,
  ups: readonly UpsReading[] | null,
  events: readonly SteadyEvent[],
  due: number | null,
): Steadied {
  const { level, why } = state.energy;
  const from = before.energy.level;
  const changed: SteadyEvent[] = level === from ? [] : [{ kind: 'level', from, to: level, why }];
  return { state, energy: state.energy, ups, events: [...changed, ...events], dueMs: due };
}
