import type { UpsReading } from '../contract/energy.ts';

/** A dip shorter than this is no outage (domain 1.1, behaviour 9). */
const BLIP_MS = 6_000;
/** A switched-off output, a calibration or a self-test may say what it likes for so long. */
const TEST_MS = 30_000;
/** Three missed polls of 5 s (behaviour 10). */
const SILENT_MS = 15_000;

type Source = 'line' | 'battery';

/** What is remembered of one UPS. */
export interface UpsMemory {
  /** What counts now. */
  readonly counts: Source;
  /** What its last good answer said, and since when answers say so. */
  readonly seen: Source;
  readonly seenSinceMs: number;
  readonly testSinceMs: number | null;
  readonly lastGood: UpsReading;
  readonly lastGoodMs: number;
  readonly silent: boolean;
}

export type UpsEvent =
  | { readonly kind: 'ups-blip'; readonly name: string; readonly lastedMs: number }
  | { readonly kind: 'ups-silent'; readonly name: string; readonly lastSeen: Source }
  | { readonly kind: 'ups-answers'; readonly name: string };

export interface PatientUps {
  readonly memory: UpsMemory | null;
  /** What the chain is judged with and what is shown; its trouble once that is more than a hiccup. */
  readonly believed: UpsReading;
  readonly events: readonly UpsEvent[];
}

/**
 * One more look at one UPS, with patience. Without a memory the first good answer stands at once.
 *
 * @param readAt ISO wall-clock instant of the look; with the UPS's own `readAt` it tells the age of the answer.
 */
export function patientUps(
  memory: UpsMemory | null,
  reading: UpsReading,
  readAt: string,
  monotonicMs: number,
): PatientUps {
  if (reading.forcedShutdown) return whileShuttingDown(memory, reading, monotonicMs);
  const answers = reading.problem === null && !reading.commLost && isClear(reading);
  if (memory === null) {
    if (!answers || reading.onBattery === null) {
      return { memory: null, believed: reading, events: [] };
    }
    const source = sourceOf(reading.onBattery);
    return settle(newMemory(source, reading, monotonicMs), reading, []);
  }
  if (!answers) return whileSilent(memory, reading, readAt, monotonicMs);
  const events: UpsEvent[] = memory.silent ? [{ kind: 'ups-answers', name: reading.name }] : [];
  const fresh = { ...memory, lastGood: reading, lastGoodMs: monotonicMs, silent: false };
  if (isTesting(reading)) {
    const testSinceMs = memory.testSinceMs ?? monotonicMs;
    if (monotonicMs - testSinceMs < TEST_MS) return settle({ ...fresh, testSinceMs }, reading, events);
    if (reading.onBattery === null) return settle({ ...fresh, testSinceMs }, reading, events);
    const source = sourceOf(reading.onBattery);
    return settle({ ...fresh, testSinceMs, counts: source, seen: source }, reading, events);
  }
  const seen = sourceOf(reading.onBattery === true);
  const seenSinceMs = seen === memory.seen ? memory.seenSinceMs : monotonicMs;
  const wasBlip = seen === 'line' && memory.seen === 'battery' && memory.counts === 'line';
  if (wasBlip) {
    events.push({ kind: 'ups-blip', name: reading.name, lastedMs: monotonicMs - memory.seenSinceMs });
  }
  const counts = countsNow({ ...fresh, seen, seenSinceMs }, monotonicMs);
  return settle({ ...fresh, seen, seenSinceMs, testSinceMs: null, counts }, reading, events);
}

/** Milliseconds until an outage seen now counts; null when none is on its way. */
export function upsDueMs(memory: UpsMemory, monotonicMs: number): number | null {
  if (memory.counts === memory.seen || memory.testSinceMs !== null) return null;
  return memory.seenSinceMs + BLIP_MS - monotonicMs;
}

/** Decided by the UPS's own daemon: nothing is waited for, and it is news even from one that lost its UPS. */
function whileShuttingDown(memory: UpsMemory | null, reading: UpsReading, nowMs: number): PatientUps {
  const known = memory ?? newMemory('battery', reading, nowMs);
  return settle({ ...known, counts: 'battery', seen: 'battery', lastGood: reading }, reading, []);
}

function whileSilent(memory: UpsMemory, reading: UpsReading, readAt: string, nowMs: number): PatientUps {
  const counts = countsNow(memory, nowMs);
  if (silentMs(memory, reading, readAt, nowMs) < SILENT_MS) {
    return settle({ ...memory, counts }, memory.lastGood, []);
  }
  // Last heard on battery: the chain assumes the worst. Last heard on line: that stands, with its trouble shown.
  const lost: UpsReading = {
    ...memory.lastGood,
    onBattery: memory.seen === 'battery',
    commLost: reading.commLost,
    problem: reading.problem ?? 'not answering',
  };
  const events: UpsEvent[] = memory.silent
    ? []
    : [{ kind: 'ups-silent', name: reading.name, lastSeen: memory.seen }];
  return {
    memory: { ...memory, counts: memory.seen, silent: true },
    believed: lost,
    events,
  };
}

/** The longer of what we measured and what the daemon's own stamp says; a stamp from the future says nothing. */
function silentMs(memory: UpsMemory, reading: UpsReading, readAt: string, nowMs: number): number {
  const measuredMs = nowMs - memory.lastGoodMs;
  if (reading.readAt === null) return measuredMs;
  const stampedMs = Date.parse(readAt) - Date.parse(reading.readAt);
  return Number.isFinite(stampedMs) ? Math.max(measuredMs, stampedMs) : measuredMs;
}

function countsNow(memory: UpsMemory, nowMs: number): Source {
  if (memory.seen === 'line') return 'line';
  return nowMs - memory.seenSinceMs >= BLIP_MS ? 'battery' : memory.counts;
}

function settle(memory: UpsMemory, reading: UpsReading, events: readonly UpsEvent[]): PatientUps {
  const believed = { ...reading, onBattery: memory.counts === 'battery' };
  return { memory, believed, events };
}

function newMemory(source: Source, reading: UpsReading, monotonicMs: number): UpsMemory {
  return {
    counts: source,
    seen: source,
    seenSinceMs: monotonicMs,
    testSinceMs: isTesting(reading) ? monotonicMs : null,
    lastGood: reading,
    lastGoodMs: monotonicMs,
    silent: false,
  };
}

function sourceOf(onBattery: boolean): Source {
  return onBattery ? 'battery' : 'line';
}

function isTesting(reading: UpsReading): boolean {
  return reading.off || reading.calibrating || /\b(SELF)?TEST\b/.test(reading.status);
}

/** A status of neither or both sources is no answer, unless the output is off or under test. */
function isClear(reading: UpsReading): boolean {
  return reading.onBattery !== null || isTesting(reading);
}
