import {
  CHANGE_TYPES,
  COOLING_STATUSES,
  ENERGY_LEVELS,
  FRESHNESS,
  HEALTH_MODES,
  PROFILES,
} from '../contract/vocabulary.ts';
import type { PolicyFacts } from './facts.ts';
import { waiverFor } from './waiver.ts';

/** Two FNV-1a lanes of 32 bits with different seeds. For telling apart, not for security. */
interface Lanes {
  a: number;
  b: number;
}

const PRIME = 0x01000193;

/**
 * 16 hex digits over the facts that can change a verdict. Ages, clocks and wording are left out: the same
 * situation hashes the same a minute later.
 */
export function inputsHash(facts: PolicyFacts): string {
  const lanes: Lanes = { a: 0x811c9dc5, b: 0x9747b28c };
  addProject(lanes, facts);
  addMachine(lanes, facts);
  addPeople(lanes, facts);
  return hex32(lanes.a) + hex32(lanes.b ^ (lanes.b >>> 15));
}

/** 16 hex digits of a text. */
export function textHash(text: string): string {
  const lanes: Lanes = { a: 0x811c9dc5, b: 0x9747b28c };
  addText(lanes, text);
  return hex32(lanes.a) + hex32(lanes.b ^ (lanes.b >>> 15));
}

function addProject(lanes: Lanes, { change, project }: PolicyFacts): void {
  addText(lanes, project.id);
  addWord(lanes, project.profile);
  const edition = project.rules?.edition ?? '';
  if (edition !== '') addText(lanes, edition);
  addWord(lanes, change);
  addWord(lanes, project.mode);
  addWord(lanes, project.freshness);
  addWord(lanes, project.heldBy);
  addNumber(lanes, project.confidence);
  addScores(lanes, project.scores);
}

/** A sum over the scores: their order says nothing. */
function addScores(lanes: Lanes, scores: PolicyFacts['project']['scores']): void {
  const one: Lanes = { a: 0, b: 0 };
  let a = 0;
  let b = 0;
  for (const name in scores) {
    one.a = 0x811c9dc5;
    one.b = 0x9747b28c;
    addWord(one, name);
    const value = scores[name] ?? null;
    if (typeof value === 'number') addNumber(one, value);
    else addWord(one, value);
    a = (a + one.a) | 0;
    b = (b + one.b) | 0;
  }
  add(lanes, a, b);
}

function addMachine(lanes: Lanes, { energy, infrastructure, expectedMinutes }: PolicyFacts): void {
  addWord(lanes, energy.level);
  addWord(lanes, infrastructure?.mode ?? null);
  addWord(lanes, infrastructure?.coolingStatus ?? null);
  const flags =
    (energy.onExternalPower === null ? 2 : Number(energy.onExternalPower)) |
    (energy.upsOnBattery === true ? 4 : 0) |
    ((energy.netChargeMinutes ?? 0) >= 10 ? 8 : 0) |
    ((expectedMinutes ?? 0) > 10 ? 16 : 0);
  const percent = energy.percent === null ? -1 : Math.floor(energy.percent);
  const reservePercent = energy.reservePercent === null ? -1 : Math.floor(energy.reservePercent);
  add(
    lanes,
    (flags << 16) ^ (percent << 8) ^ reservePercent,
    (reservePercent << 16) ^ (percent << 8) ^ flags,
  );
}

function addPeople(lanes: Lanes, facts: PolicyFacts): void {
  const { halt, waivers, observeOnly, extraReasons } = facts;
  if (halt !== null) {
    for (const text of [halt.by, halt.who, halt.why]) addText(lanes, text);
    addNumber(lanes, halt.sinceMs);
    addNumber(lanes, halt.untilMs ?? -1);
  }
  const quarantine = facts.quarantine ?? null;
  if (quarantine !== null) addText(lanes, `quarantine ${quarantine.commit}`);
  // Mostly there is nothing of the kind, and a walk over nothing costs as well.
  if (waivers.length > 0) addWaivers(lanes, facts);
  if (observeOnly.length > 0) for (const code of observeOnly) addText(lanes, code);
  if (extraReasons.length > 0)
    for (const reason of extraReasons) addText(lanes, `${reason.code} ${reason.verdict}`);
}

function addWaivers(lanes: Lanes, facts: PolicyFacts): void {
  for (const change of [facts.change, 'fix'] as const) {
    const waiver = waiverFor(facts, change);
    if (waiver === null) continue;
    addText(lanes, `${change} ${waiver.who} ${waiver.why} ${waiver.untilMs}`);
  }
}

/** Words of the product by number: a look instead of a walk over their letters. */
const NUMBER_OF: ReadonlyMap<string | null, number> = new Map(
  [
    ...[null, ...CHANGE_TYPES, ...ENERGY_LEVELS, ...HEALTH_MODES, ...FRESHNESS, ...PROFILES],
    ...[...COOLING_STATUSES, 'ONLINE', 'CAPTIVE', 'OFFLINE', 'wellbeing', 'report-age'],
    ...['integration', 'stability', 'model_health', 'embedding_quality', 'computation_load'],
    ...['power_available', 'cooling_status', 'network_status'],
  ].map((word, at) => [word, at + 1]),
);

function addWord(lanes: Lanes, word: string | null): void {
  const number = NUMBER_OF.get(word);
  if (number === undefined) addText(lanes, word ?? '');
  else add(lanes, number, number << 8);
}

/** The length goes in first, so that "ab" + "c" is not "a" + "bc". */
function addText(lanes: Lanes, text: string): void {
  let a = Math.imul(lanes.a ^ text.length, PRIME);
  let b = Math.imul(lanes.b ^ (text.length + 1), PRIME);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, PRIME);
    b = Math.imul(b ^ (code + i), PRIME);
  }
  lanes.a = a;
  lanes.b = b;
}

/** Whole part and thousandths: scores and percents are not finer than that. */
function addNumber(lanes: Lanes, value: number): void {
  const whole = Math.floor(value);
  const thousandths = Math.round((value - whole) * 1000);
  const high = whole / 0x1_0000_0000;
  add(lanes, whole ^ (thousandths << 20), high ^ Math.imul(whole + thousandths, PRIME));
}

function add(lanes: Lanes, a: number, b: number): void {
  lanes.a = Math.imul(lanes.a ^ a, PRIME);
  lanes.b = Math.imul(lanes.b ^ b, PRIME);
}

/** Two digits a byte from a table: `toString(16)` was half the cost of a decision. */
const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex32(value: number): string {
  const byte = (shift: number): string => BYTES[(value >>> shift) & 255] ?? '';
  return byte(24) + byte(16) + byte(8) + byte(0);
}
