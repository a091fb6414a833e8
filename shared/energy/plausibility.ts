import { settleSupplies } from './supply-role.ts';
import { batteryRatio, chargeDoubt, plausiblePower } from './plausibility-limits.ts';
import type { PowerSupply } from '../contract/energy.ts';

/** Three readings over so long that agree are believed after all: a recalibration (domain 1.1). */
const AGREE_COUNT = 3;
const AGREE_MS = 20_000;
const AGREE_PERCENT = 2;
/** A refused or missing value is replaced by the last believed one for so long; then there is none. */
const HOLD_MS = 90_000;
/** Full energies further apart than this belong to different batteries. */
const SWAP_RATIO = 0.2;
const JUMP_PERCENT = 15;

interface Believed {
  readonly ratioPercent: number;
  readonly percent: number | null;
  readonly energyWh: number | null;
  readonly energyFullWh: number | null;
  readonly readAt: string;
  readonly atMs: number;
}

interface Doubt {
  readonly value: number;
  readonly sinceMs: number;
  readonly count: number;
}

/** What is remembered of one battery. */
interface BatteryMemory {
  readonly believed: Believed | null;
  readonly charge: Doubt | null;
  readonly power: Doubt | null;
  /** It was not there in the reading before. */
  readonly away: boolean;
}

/** By name of the battery; plain JSON, bounded by the batteries seen in the last 90 s. */
export type Plausibility = Readonly<Record<string, BatteryMemory>>;

export interface Plausible {
  readonly state: Plausibility;
  /** As read, with refused values replaced by the last believed ones, or by null. */
  readonly supplies: readonly PowerSupply[];
  readonly refused: readonly { readonly name: string; readonly text: string }[];
  /** Monotonic instant of the oldest value that stands in; null when all are new. */
  readonly heldSinceMs: number | null;
  /** A battery was exchanged since the reading before. */
  readonly swapped: boolean;
}

export function initialPlausibility(): Plausibility {
  return {};
}

/**
 * Refuses what a battery cannot be (domain 1.1, behaviours 11 and 12): at first; a value that three readings
 * over 20 s agree on is believed, except 0 %, negative and sentinel values, which never are.
 *
 * @param woke the machine slept since the reading before, so that a jump proves nothing
 */
export function plausible(
  state: Plausibility,
  supplies: readonly PowerSupply[],
  monotonicMs: number,
  woke = false,
): Plausible {
  const known = woke ? {} : state;
  const settled = settleSupplies(supplies);
  const answers = settled.map((supply) =>
    isCountedBattery(supply)
      ? check(known[supply.name] ?? null, supply, carriedByOther(settled, supply), monotonicMs)
      : { memory: null, supply, refused: null, heldSinceMs: null, swapped: false },
  );
  const held = answers.flatMap(({ heldSinceMs }) => (heldSinceMs === null ? [] : [heldSinceMs]));
  return {
    state: { ...awayMemories(known, settled, monotonicMs), ...presentMemories(answers) },
    supplies: answers.map((one) => one.supply),
    refused: answers.flatMap(({ supply, refused }) =>
      refused === null ? [] : [{ name: supply.name, text: refused }],
    ),
    heldSinceMs: held.length === 0 ? null : Math.min(...held),
    swapped: answers.some((one) => one.swapped),
  };
}

interface Checked {
  readonly memory: BatteryMemory | null;
  readonly supply: PowerSupply;
  readonly refused: string | null;
  readonly heldSinceMs: number | null;
  readonly swapped: boolean;
}

function check(memory: BatteryMemory | null, read: PowerSupply, isCarried: boolean, nowMs: number): Checked {
  const last = memory?.believed ?? null;
  const recent = last !== null && nowMs - last.atMs <= HOLD_MS ? last : null;
  const power = checkPower(memory?.power ?? null, read.powerW, nowMs);
  const ratio = batteryRatio(read);
  const swapped = recent !== null && isSwap(memory?.away === true, recent, read, ratio);
  const doubt = chargeDoubt(ratio, isCarried) ?? (swapped ? null : jumpDoubt(recent, ratio));
  const charge =
    doubt?.mayBeTrue === true && ratio !== null ? agree(memory?.charge ?? null, ratio, nowMs) : null;
  if (ratio !== null && (doubt === null || isAgreed(charge, nowMs))) {
    const supply = { ...clamped(read, ratio), powerW: power.powerW };
    const believed = believedFrom(supply, Math.min(ratio, 100), nowMs);
    return {
      memory: { believed, charge: null, power: power.doubt, away: false },
      supply,
      refused: power.refused,
      heldSinceMs: null,
      swapped,
    };
  }
  const text = doubt?.text ?? 'no charge could be read';
  return {
    memory: { believed: last, charge, power: power.doubt, away: false },
    supply: { ...standIn(read, recent, text), powerW: power.powerW },
    refused: doubt === null ? power.refused : text,
    heldSinceMs: recent?.atMs ?? null,
    swapped: false,
  };
}

/** More than 15 points between two readings, without a gap between them. */
function jumpDoubt(
  recent: Believed | null,
  ratio: number | null,
): { readonly text: string; readonly mayBeTrue: boolean } | null {
  if (recent === null || ratio === null) return null;
  if (Math.abs(ratio - recent.ratioPercent) <= JUMP_PERCENT) return null;
  const [from, to] = [Math.floor(recent.ratioPercent), Math.floor(ratio)];
  return { text: `jumped from ${from} % to ${to} % between two readings`, mayBeTrue: true };
}

function checkPower(
  before: Doubt | null,
  powerW: number | null,
  nowMs: number,
): { powerW: number | null; doubt: Doubt | null; refused: string | null } {
  const verdict = plausiblePower(powerW);
  if (verdict.text === null) return { powerW, doubt: null, refused: null };
  if (!verdict.mayBeTrue) return { powerW: null, doubt: null, refused: verdict.text };
  const doubt: Doubt = { value: 0, sinceMs: before?.sinceMs ?? nowMs, count: (before?.count ?? 0) + 1 };
  return isAgreed(doubt, nowMs)
    ? { powerW, doubt: { ...doubt, count: AGREE_COUNT }, refused: null }
    : { powerW: null, doubt, refused: verdict.text };
}

function agree(before: Doubt | null, value: number, nowMs: number): Doubt {
  return before !== null && Math.abs(before.value - value) <= AGREE_PERCENT
    ? { ...before, count: before.count + 1 }
    : { value, sinceMs: nowMs, count: 1 };
}

function isAgreed(doubt: Doubt | null, nowMs: number): boolean {
  return doubt !== null && doubt.count >= AGREE_COUNT && nowMs - doubt.sinceMs >= AGREE_MS;
}

/** Another full energy, or away for a moment and back with another charge. */
function isSwap(away: boolean, before: Believed, read: PowerSupply, ratio: number | null): boolean {
  const [was, is] = [before.energyFullWh, read.energyFullWh];
  if (was !== null && is !== null && is > 0 && is < 1_000 && Math.abs(is - was) / was > SWAP_RATIO)
    return true;
  return away && ratio !== null && Math.abs(ratio - before.ratioPercent) > JUMP_PERCENT;
}

function standIn(read: PowerSupply, recent: Believed | null, text: string): PowerSupply {
  const said = `${read.reason}; refused: ${text}`;
  if (recent === null) return { ...read, percent: null, energyWh: null, reason: said };
  const { percent, energyWh, energyFullWh, readAt } = recent;
  return { ...read, percent, energyWh, energyFullWh, readAt, reason: `${said}, last value kept` };
}

/** Within full, and without the 0 Wh of a gauge that tells its charge in percent alone. */
function clamped(read: PowerSupply, ratioPercent: number): PowerSupply {
  const { energyWh, energyFullWh } = read;
  const percent = Math.min(ratioPercent, 100);
  if (energyWh === 0 && percent > 0) return { ...read, percent, energyWh: null };
  if (energyWh === null || energyFullWh === null) return { ...read, percent };
  return { ...read, percent, energyWh: Math.min(energyWh, energyFullWh) };
}

function believedFrom(supply: PowerSupply, ratioPercent: number, atMs: number): Believed {
  const { percent, energyWh, energyFullWh, readAt } = supply;
  return { ratioPercent, percent, energyWh, energyFullWh, readAt, atMs };
}

/** Another battery has charge: this one may well be empty. */
function carriedByOther(supplies: readonly PowerSupply[], one: PowerSupply): boolean {
  return supplies.some((other) => other !== one && isCountedBattery(other) && (batteryRatio(other) ?? 0) > 0);
}

function isCountedBattery(supply: PowerSupply): boolean {
  return supply.counted && supply.kind === 'battery';
}

function presentMemories(answers: readonly Checked[]): Record<string, BatteryMemory> {
  return Object.fromEntries(
    answers.flatMap(({ memory, supply }) => (memory === null ? [] : [[supply.name, memory]])),
  );
}

/** A battery that is not there now is remembered for as long as its values could stand in. */
function awayMemories(
  known: Plausibility,
  supplies: readonly PowerSupply[],
  nowMs: number,
): Record<string, BatteryMemory> {
  const present = new Set(supplies.filter(isCountedBattery).map((one) => one.name));
  return Object.fromEntries(
    Object.entries(known)
      .filter(
        ([name, { believed }]) => !present.has(name) && believed !== null && nowMs - believed.atMs <= HOLD_MS,
      )
      .map(([name, memory]) => [name, { ...memory, charge: null, power: null, away: true }]),
  );
}
