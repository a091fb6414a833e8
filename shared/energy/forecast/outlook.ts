import { ageDrainMemory, drainAhead, drainNow, learnDrain } from './drain-memory.ts';
import type { DrainMemory } from './drain-memory.ts';
import type { DrainWindow } from './drain-window.ts';
import { evenPercent } from './gauge.ts';
import type { Gauge } from './gauge.ts';

/** What is known at the moment of asking. */
export interface Knowledge {
  readonly memory: DrainMemory;
  /** When the memory last learnt. */
  readonly memoryAtMs: number;
  readonly gauge: Gauge;
  readonly window: DrainWindow;
  /** Usual time between two samples. */
  readonly stepMinutes: number;
}

/** The time to a threshold, before the track record has its say about the range. */
export interface Outlook {
  /** As likely too long as too short. */
  readonly minutes50: number;
  /** Expected standard deviation of ln(real / forecast). */
  readonly logSpread: number;
}

/** Waiting longer for a fall than expected says the drain is lower, with about this squared relative error. */
const WAITING_VARIANCE = 0.1;
/** A gauge is coarse when a point takes more samples than this to fall. */
const COARSE_STEPS = 2;
/** Never believe that a point that has not fallen yet is used up beyond this share. */
const MOST_OF_A_POINT = 0.9;
/** However late the next sample, this share of the way is left until one says otherwise. */
const LEAST_LEFT = 0.05;
/** What is left of the spread when the load is certain: a sampling step and the gauge's grain, evenly spread. */
const GRAIN_SHARE = 1 / Math.sqrt(12);
/** The drain ahead depends on how far ahead: this many rounds settle it to well under a second. */
const ROUNDS = 5;
const MINUTE_MS = 60_000;

/** Minutes from `atMs` until the level is seen at or below `thresholdPercent`, which must lie below the level. */
export function outlookTo(thresholdPercent: number, atMs: number, known: Knowledge): Outlook {
  const { gauge, window, stepMinutes } = known;
  const sinceFall = (atMs - window.fall.atMs) / MINUTE_MS;
  const grain = gauge.resolutionPercent ?? 1;
  const present = presentMemory(known, sinceFall, grain);
  const now = drainNow(present);
  const isCoarse = grain > COARSE_STEPS * now * stepMinutes;
  const used = isCoarse
    ? Math.min(MOST_OF_A_POINT * grain, sinceFall * now)
    : ((atMs - window.last.atMs) / MINUTE_MS) * now;
  const even = evenPercent(gauge, window.last.percent, thresholdPercent);
  const left = Math.max(even - used, even * LEAST_LEFT);
  let minutes = left / now;
  let ahead = drainAhead(present, minutes);
  for (let round = 0; round < ROUNDS; round++) {
    minutes = left / ahead.percentPerMinute;
    ahead = drainAhead(present, minutes);
  }
  // An exact gauge passes the threshold between two samples; a coarse one falls when it is looked at.
  const minutes50 = minutes + (isCoarse ? 0 : stepMinutes / 2);
  const blur = GRAIN_SHARE * (stepMinutes + (isCoarse ? grain / now : 0));
  return { minutes50, logSpread: Math.sqrt(ahead.logVariance + (blur / minutes50) ** 2) };
}

/** The memory as of the last sample. A coarse gauge without watts speaks by keeping silent, too. */
function presentMemory(known: Knowledge, sinceFall: number, grain: number): DrainMemory {
  const { memory, memoryAtMs, window } = known;
  const idleMinutes = Math.max(0, window.last.atMs - memoryAtMs) / MINUTE_MS;
  const present = ageDrainMemory(memory, idleMinutes, false);
  const isOverdue = !window.measured && sinceFall * drainNow(present) > grain;
  return isOverdue ? learnDrain(present, grain / sinceFall, sinceFall, WAITING_VARIANCE) : present;
}
