/** Where a number comes from; beside every watt and watt-hour this file gives. */
export type Provenance = 'measured' | 'modelled' | 'unknown';

/** Two readings further apart than this say nothing about the time between. */
const LONGEST_STEP_MS = 90_000;
/** A gauge step beyond what any machine draws in the time is a recalibration or another battery. */
const MOST_POWER_W = 300;
/** Spans nobody ended are dropped, the oldest first. */
const MOST_SPANS = 100;
const MS_PER_HOUR = 3_600_000;

/** What one reading says about the draw. */
export interface MeterReading {
  readonly monotonicMs: number;
  /** The battery alone feeds the machine: only then its gauge tells what the machine draws. */
  readonly onBattery: boolean;
  /** Sum over the counted batteries; null where a gauge has no energy. */
  readonly energyWh: number | null;
  /** Negative drains; null where the gauge has no power. */
  readonly powerW: number | null;
  /** What a model of load says the machine draws, positive; null without one. */
  readonly modelledPowerW: number | null;
  /** The machine slept since the reading before: nothing was drawn for anyone's work. */
  readonly afterGap: boolean;
}

/** What the machine draws now. */
export interface Draw {
  /** Positive; null when nothing says. */
  readonly powerW: number | null;
  readonly provenance: Provenance;
}

interface Totals {
  readonly measuredWh: number;
  readonly modelledWh: number;
  readonly measuredMs: number;
  readonly modelledMs: number;
  /** Awake time for which nothing said what was drawn. */
  readonly unknownMs: number;
}

interface Span {
  readonly id: string;
  readonly from: Totals;
}

/** Everything remembered between two readings; plain JSON of a bounded size. */
export interface EnergyMeter {
  readonly last: MeterReading | null;
  /** Gauge energy already counted up to, while on battery; null elsewhere. */
  readonly gaugeWh: number | null;
  readonly totals: Totals;
  readonly spans: readonly Span[];
}

/** What a deployment or a job drew. */
export interface SpanEnergy {
  /** Null when nothing was known of any part of it. */
  readonly energyWh: number | null;
  /** The weakest of its parts: one unknown minute makes the sum a lower bound, and says so in `coveredShare`. */
  readonly provenance: Provenance;
  /** Time awake, milliseconds. */
  readonly awakeMs: number;
  /** Share of that time, 0..1, for which the draw was known. */
  readonly coveredShare: number;
}

export function initialMeter(): EnergyMeter {
  const totals = { measuredWh: 0, modelledWh: 0, measuredMs: 0, modelledMs: 0, unknownMs: 0 };
  return { last: null, gaugeWh: null, totals, spans: [] };
}

/** The machine's draw by one reading: the gauge's word on battery, else the model's, else nothing. */
export function drawOf({ onBattery, powerW, modelledPowerW }: MeterReading): Draw {
  if (onBattery && powerW !== null && powerW < 0) return { powerW: -powerW, provenance: 'measured' };
  if (modelledPowerW !== null) return { powerW: modelledPowerW, provenance: 'modelled' };
  return { powerW: null, provenance: 'unknown' };
}

/**
 * Counts one more reading. On battery the gauge's own energy is taken where it has one, the integral of its power
 * otherwise; elsewhere the model's power. Gaps count nothing.
 */
export function meterReading(meter: EnergyMeter, reading: MeterReading): EnergyMeter {
  const { last } = meter;
  const gaugeWh = reading.onBattery ? reading.energyWh : null;
  const stepMs = last === null ? 0 : reading.monotonicMs - last.monotonicMs;
  if (last === null || reading.afterGap || stepMs <= 0 || stepMs > LONGEST_STEP_MS) {
    return { ...meter, last: reading, gaugeWh };
  }
  const gauge = gaugeStep(meter, last, reading, stepMs);
  return { ...meter, last: reading, gaugeWh, totals: added(meter.totals, last, reading, gauge, stepMs) };
}

/** Begins to count for a deployment or a job. A span of the same id begins anew. */
export function startSpan(meter: EnergyMeter, id: string): EnergyMeter {
  const others = meter.spans.filter((span) => span.id !== id);
  return { ...meter, spans: [...others, { id, from: meter.totals }].slice(-MOST_SPANS) };
}

/** What a span drew so far; null when no such span is open. */
export function spanEnergy(meter: EnergyMeter, id: string): SpanEnergy | null {
  const span = meter.spans.find((one) => one.id === id);
  return span === undefined ? null : between(span.from, meter.totals);
}

/** Ends a span. `energy` is null when no such span is open. */
export function endSpan(meter: EnergyMeter, id: string): { meter: EnergyMeter; energy: SpanEnergy | null } {
  const spans = meter.spans.filter((span) => span.id !== id);
  return { meter: { ...meter, spans }, energy: spanEnergy(meter, id) };
}

/** Wh the gauge lost in the step; null where it has no energy, was not alone, or jumped. */
function gaugeStep(
  meter: EnergyMeter,
  last: MeterReading,
  reading: MeterReading,
  stepMs: number,
): number | null {
  if (!last.onBattery || !reading.onBattery) return null;
  if (meter.gaugeWh === null || reading.energyWh === null) return null;
  const lostWh = meter.gaugeWh - reading.energyWh;
  return Math.abs(lostWh) <= (MOST_POWER_W * stepMs) / MS_PER_HOUR + GAUGE_STEP_WH ? lostWh : null;
}

/** Gauges count in steps; one step may come all at once. */
const GAUGE_STEP_WH = 1;

function added(
  totals: Totals,
  last: MeterReading,
  reading: MeterReading,
  gaugeWh: number | null,
  stepMs: number,
): Totals {
  if (gaugeWh !== null) {
    return {
      ...totals,
      measuredWh: totals.measuredWh + gaugeWh,
      measuredMs: totals.measuredMs + stepMs,
    };
  }
  const [from, to] = [drawOf(last), drawOf(reading)];
  if (from.powerW === null || to.powerW === null) {
    return { ...totals, unknownMs: totals.unknownMs + stepMs };
  }
  const energyWh = (((from.powerW + to.powerW) / 2) * stepMs) / MS_PER_HOUR;
  if (from.provenance === 'measured' && to.provenance === 'measured') {
    return {
      ...totals,
      measuredWh: totals.measuredWh + energyWh,
      measuredMs: totals.measuredMs + stepMs,
    };
  }
  return {
    ...totals,
    modelledWh: totals.modelledWh + energyWh,
    modelledMs: totals.modelledMs + stepMs,
  };
}

function between(from: Totals, to: Totals): SpanEnergy {
  const measuredMs = to.measuredMs - from.measuredMs;
  const modelledMs = to.modelledMs - from.modelledMs;
  const unknownMs = to.unknownMs - from.unknownMs;
  const awakeMs = measuredMs + modelledMs + unknownMs;
  const knownMs = measuredMs + modelledMs;
  if (knownMs === 0) return { energyWh: null, provenance: 'unknown', awakeMs, coveredShare: 0 };
  const energyWh = to.measuredWh - from.measuredWh + (to.modelledWh - from.modelledWh);
  return {
    energyWh: Math.max(0, energyWh),
    provenance: modelledMs > 0 ? 'modelled' : 'measured',
    awakeMs,
    coveredShare: knownMs / awakeMs,
  };
}
