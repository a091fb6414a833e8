import type { PolicyFacts } from './facts.ts';
import { waiverFor } from './waiver.ts';

/** Two FNV-1a lanes of 32 bits with different seeds. For telling apart, not for security. */
interface Lanes {
  a: number;
  b: number;
}

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

function addProject(lanes: Lanes, { change, project }: PolicyFacts): void {
  addText(lanes, change);
  addText(lanes, project.id);
  addText(lanes, project.profile);
  addText(lanes, project.mode ?? '');
  addText(lanes, project.freshness);
  addNumber(lanes, project.confidence);
  addText(lanes, project.heldBy ?? '');
  for (const name of Object.keys(project.scores).sort()) {
    const value = project.scores[name] ?? null;
    addText(lanes, name);
    if (typeof value === 'number') addNumber(lanes, value);
    else addText(lanes, value ?? '');
  }
}

function addMachine(lanes: Lanes, { energy, infrastructure, expectedMinutes }: PolicyFacts): void {
  addText(lanes, energy.level);
  addNumber(lanes, energy.percent === null ? -1 : Math.floor(energy.percent));
  addNumber(lanes, energy.reservePercent === null ? -1 : Math.floor(energy.reservePercent));
  addNumber(lanes, energy.onExternalPower === null ? -1 : Number(energy.onExternalPower));
  addNumber(lanes, Number(energy.upsOnBattery ?? false));
  addNumber(lanes, Number((energy.netChargeMinutes ?? 0) >= 10));
  addText(lanes, infrastructure?.mode ?? '');
  addText(lanes, infrastructure?.coolingStatus ?? '');
  addNumber(lanes, Number((expectedMinutes ?? 0) > 10));
}

function addPeople(lanes: Lanes, facts: PolicyFacts): void {
  const { halt } = facts;
  if (halt !== null) {
    for (const text of [halt.by, halt.who, halt.why]) addText(lanes, text);
    addNumber(lanes, halt.sinceMs);
    addNumber(lanes, halt.untilMs ?? -1);
  }
  for (const change of [facts.change, 'fix'] as const) {
    const waiver = waiverFor(facts, change);
    addText(lanes, waiver === null ? '' : `${change} ${waiver.who} ${waiver.why} ${waiver.untilMs}`);
  }
  for (const code of facts.observeOnly) addText(lanes, code);
  for (const reason of facts.extraReasons) addText(lanes, `${reason.code} ${reason.verdict}`);
}

/** The length goes in first, so that "ab" + "c" is not "a" + "bc". */
function addText(lanes: Lanes, text: string): void {
  let a = Math.imul(lanes.a ^ text.length, 0x01000193);
  let b = Math.imul(lanes.b ^ (text.length + 1), 0x01000193);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + i), 0x01000193);
  }
  lanes.a = a;
  lanes.b = b;
}

/** Whole part and thousandths: scores and percents are not finer than that. */
function addNumber(lanes: Lanes, value: number): void {
  const whole = Math.floor(value);
  const thousandths = Math.round((value - whole) * 1000);
  lanes.a = Math.imul(Math.imul(lanes.a ^ whole, 0x01000193) ^ thousandths, 0x01000193);
  lanes.b = Math.imul(
    Math.imul(lanes.b ^ (whole / 0x1_0000_0000), 0x01000193) ^ (whole + thousandths),
    0x01000193,
  );
}

/** Two digits a byte from a table: `toString(16)` was half the cost of a decision. */
const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex32(value: number): string {
  const byte = (shift: number): string => BYTES[(value >>> shift) & 255] ?? '';
  return byte(24) + byte(16) + byte(8) + byte(0);
}
