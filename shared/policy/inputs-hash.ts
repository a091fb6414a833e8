import {
  CHANGE_TYPES,
  COOLING_STATUSES,
  ENERGY_LEVELS,
  FRESHNESS,
  HEALTH_MODES,
  PROFILES,
  type ChangeType,
} from '../contract/vocabulary.ts';
import type { PolicyFacts, Situation } from './facts.ts';
import { waiverFor } from './waiver.ts';

/** Two FNV-1a lanes of 32 bits with different seeds. For telling apart, not for security. */
export interface Lanes {
  a: number;
  b: number;
}

const { imul } = Math;
const PRIME = 0x01000193;
/** Signed: 32 bits that need no heap number. */
const SEEDS: Readonly<Lanes> = { a: 0x811c9dc5 | 0, b: 0x9747b28c | 0 };

/**
 * 16 hex digits over the facts that can change a verdict. Ages, clocks and wording are left out: the same
 * situation hashes the same a minute later.
 */
export function inputsHash(facts: PolicyFacts): string {
  return changeHash(situationLanes(facts), facts, facts.change);
}

/** The part of it that is the same for every type of change. */
export function situationLanes(facts: Situation): Lanes {
  const lanes = freshLanes();
  addProject(lanes, facts);
  addMachine(lanes, facts);
  addPeople(lanes, facts);
  return lanes;
}

/** The rest of it. `situation` stays as it is, for the next type. */
export function changeHash(situation: Lanes, facts: Situation, change: ChangeType): string {
  const lanes: Lanes = { a: situation.a, b: situation.b };
  add(lanes, NUMBER_OF.get(change) ?? 0, 0);
  // Mostly there are none, and a walk over nothing costs as well.
  if (facts.waivers.length > 0) addWaivers(lanes, facts, change);
  return digits(lanes);
}

/** 16 hex digits of a text. */
export function textHash(text: string): string {
  const lanes = freshLanes();
  addText(lanes, text);
  return digits(lanes);
}

function freshLanes(): Lanes {
  return { a: SEEDS.a, b: SEEDS.b };
}

function addProject(lanes: Lanes, { project }: Situation): void {
  addText(lanes, project.id);
  const edition = project.rules?.edition ?? '';
  if (edition !== '') addText(lanes, edition);
  const words =
    ((NUMBER_OF.get(project.mode) ?? 0) << 7) |
    ((NUMBER_OF.get(project.freshness) ?? 0) << 14) |
    ((NUMBER_OF.get(project.heldBy) ?? 0) << 21);
  add(lanes, words | wordNumber(lanes, project.profile), thousandths(project.confidence));
  addScores(lanes, project.scores);
}

/** A sum over the scores: their order says nothing. */
function addScores(lanes: Lanes, scores: Situation['project']['scores']): void {
  let a = 0;
  let b = 0;
  for (const name in scores) {
    const one = freshLanes();
    const value = scores[name] ?? null;
    add(one, wordNumber(one, name), typeof value === 'number' ? thousandths(value) : -wordNumber(one, value));
    a = (a + one.a) | 0;
    b = (b + one.b) | 0;
  }
  add(lanes, a, b);
}

function addMachine(lanes: Lanes, { energy, infrastructure, expectedMinutes }: Situation): void {
  const words =
    (energy.onExternalPower === null ? 2 : Number(energy.onExternalPower)) |
    (energy.upsOnBattery === true ? 4 : 0) |
    ((energy.netChargeMinutes ?? 0) >= 10 ? 8 : 0) |
    ((expectedMinutes ?? 0) > 10 ? 16 : 0) |
    ((NUMBER_OF.get(energy.level) ?? 0) << 5) |
    ((NUMBER_OF.get(infrastructure?.mode ?? null) ?? 0) << 12) |
    ((NUMBER_OF.get(infrastructure?.coolingStatus ?? null) ?? 0) << 19);
  const percent = energy.percent === null ? -1 : Math.floor(energy.percent);
  const reservePercent = energy.reservePercent === null ? -1 : Math.floor(energy.reservePercent);
  add(lanes, words, (percent << 8) ^ reservePercent);
}

function addPeople(lanes: Lanes, facts: Situation): void {
  const { halt, observeOnly, extraReasons } = facts;
  if (halt !== null) {
    addText(lanes, [halt.by, halt.who, halt.why, halt.sinceMs, halt.untilMs].join('\n'));
  }
  const quarantine = facts.quarantine ?? null;
  if (quarantine !== null) addText(lanes, `quarantine ${quarantine.commit}`);
  if (observeOnly.length > 0) for (const code of observeOnly) addText(lanes, code);
  if (extraReasons.length > 0)
    for (const reason of extraReasons) addText(lanes, `${reason.code} ${reason.verdict}`);
}

/** One for fixes speaks on the other types too: "make it a fix" may be a way to pass. */
function addWaivers(lanes: Lanes, facts: Situation, asked: ChangeType): void {
  for (const change of [asked, 'fix'] as const) {
    const waiver = waiverFor(facts, change);
    if (waiver === null) continue;
    addText(lanes, `${change} ${waiver.who} ${waiver.why} ${waiver.untilMs}`);
  }
}

/** Words of the product by number, 1 to 127: a look instead of a walk over their letters. */
const NUMBER_OF: ReadonlyMap<string | null, number> = new Map(
  [
    ...[null, ...CHANGE_TYPES, ...ENERGY_LEVELS, ...HEALTH_MODES, ...FRESHNESS, ...PROFILES],
    ...[...COOLING_STATUSES, 'ONLINE', 'CAPTIVE', 'OFFLINE', 'wellbeing', 'report-age'],
    ...['integration', 'stability', 'model_health', 'embedding_quality', 'computation_load'],
    ...['power_available', 'cooling_status', 'network_status'],
  ].map((word, at) => [word, at + 1]),
);

/** 0, and its letters in the lanes, for a word that is not one of the product's. */
function wordNumber(lanes: Lanes, word: string | null): number {
  const number = NUMBER_OF.get(word);
  if (number !== undefined) return number;
  addText(lanes, word ?? '');
  return 0;
}

/** The length goes in first, so that "ab" + "c" is not "a" + "bc". */
function addText(lanes: Lanes, text: string): void {
  let a = imul(lanes.a ^ text.length, PRIME);
  let b = imul(lanes.b ^ (text.length + 1), PRIME);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = imul(a ^ code, PRIME);
    b = imul(b ^ (code + i), PRIME);
  }
  lanes.a = a;
  lanes.b = b;
}

/** Scores and shares are not finer than that. */
function thousandths(value: number): number {
  return Math.round(value * 1000);
}

/** Both numbers into both lanes. */
function add(lanes: Lanes, one: number, other: number): void {
  lanes.a = imul(imul(lanes.a ^ one, PRIME) ^ other, PRIME);
  lanes.b = imul(imul(lanes.b ^ other, PRIME) ^ one, PRIME);
}

/** Flat text in one go: `toString(16)` would be half the cost of a decision, and pieces put together a quarter. */
function digits({ a, b }: Lanes): string {
  const c = digitCodes(a >>> 16);
  const d = digitCodes(a);
  const e = digitCodes(b >>> 16);
  const f = digitCodes(b);
  // prettier-ignore
  return String.fromCharCode(
    c >>> 24, (c >>> 16) & 255, (c >>> 8) & 255, c & 255,
    d >>> 24, (d >>> 16) & 255, (d >>> 8) & 255, d & 255,
    e >>> 24, (e >>> 16) & 255, (e >>> 8) & 255, e & 255,
    f >>> 24, (f >>> 16) & 255, (f >>> 8) & 255, f & 255,
  );
}

/** The low 16 bits as four hex digits, their character codes one a byte. */
function digitCodes(bits: number): number {
  const bytes = ((bits & 0xf000) << 12) | ((bits & 0xf00) << 8) | ((bits & 0xf0) << 4) | (bits & 0xf);
  // Past "9" come the letters, 39 codes further on.
  const letters = ((bytes + 0x06060606) >>> 4) & 0x01010101;
  return bytes + 0x30303030 + letters * 39;
}
