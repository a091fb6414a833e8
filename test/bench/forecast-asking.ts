import type { Trace } from '../../core/energy/trace.ts';
import type { Forecaster } from '../../shared/energy/forecast/forecaster.ts';
import { replayTrace } from '../../shared/energy/replay.ts';
import { mixtureMinutes } from './forecast-mixture.ts';
import { COUNTINGS, peerAnswers } from './forecast-peers.ts';
import type { PeerAnswer } from './forecast-peers.ts';
import { drainRates } from './forecast-rates.ts';

/** A discharge run and when it first came down to each threshold; times as in the trace. */
export interface DischargeRun {
  readonly start: string;
  readonly end: string;
  readonly first_at_or_below: Readonly<Record<string, string>>;
}

/** One question put to everybody: how long until this threshold? Null is no answer. */
export interface Asking {
  readonly trueMinutes: number;
  readonly own: { readonly minutes10: number; readonly minutes50: number; readonly minutes90: number } | null;
  readonly mixture: number | null;
  /** In the order of `COUNTINGS`. */
  readonly peers: readonly PeerAnswer[];
}

const FIRST_ASKED_MS = 3 * 60_000;
const ASKED_EVERY_MS = 5 * 60_000;
const FURTHEST_MINUTES = 120;
const MINUTE_MS = 60_000;

/**
 * Asks at 3, 8, 13 ... minutes of every run, for every threshold the run reaches within two hours from there. Everybody
 * answers from the last row up to that moment; the time since that row is taken off all answers alike.
 * `habitPercentPerMinute` is what the machine drained on average before, for the mixture.
 */
export function askTrace(
  trace: Trace,
  runs: readonly DischargeRun[],
  forecaster: Forecaster,
  habitPercentPerMinute: number | null,
): Asking[] {
  const thresholds = [...new Set(runs.flatMap((run) => Object.keys(run.first_at_or_below).map(Number)))];
  const shown = [...replayTrace(trace.rows, forecaster, thresholds)];
  const spans = runSpans(runs);
  const rates = {
    watts: drainRates(trace.rows, spans, 'watts'),
    falls: drainRates(trace.rows, spans, 'falls'),
  };
  const peers = COUNTINGS.map((counting) => peerAnswers(rates[counting.reads], counting));
  return runs.flatMap((run) => {
    const asked: Asking[] = [];
    let index = 0;
    for (let atMs = stampMs(run.start) + FIRST_ASKED_MS; atMs <= stampMs(run.end); atMs += ASKED_EVERY_MS) {
      while ((trace.rows[index + 1]?.atMs ?? Infinity) <= atMs) index++;
      const row = trace.rows[index]!;
      const sinceRow = (atMs - row.atMs) / MINUTE_MS;
      const fromNow = (minutes: number | null): number | null =>
        minutes === null ? null : minutes - sinceRow;
      for (const [threshold, reached] of Object.entries(run.first_at_or_below)) {
        const trueMinutes = (stampMs(reached) - atMs) / MINUTE_MS;
        const left = (row.percent ?? 0) - Number(threshold);
        if (trueMinutes <= 0 || trueMinutes > FURTHEST_MINUTES || left <= 0) continue;
        const own = shown[index]!.forecast.find((one) => one.thresholdPercent === Number(threshold));
        asked.push({
          trueMinutes,
          own:
            own === undefined
              ? null
              : {
                  minutes10: own.minutes10 - sinceRow,
                  minutes50: own.minutes50 - sinceRow,
                  minutes90: own.minutes90 - sinceRow,
                },
          mixture: fromNow(mixtureMinutes(rates.watts, index, left, habitPercentPerMinute)),
          peers: peers.map((answer) => {
            const { instant, smoothed } = answer(index, left);
            return { instant: fromNow(instant), smoothed: fromNow(smoothed) };
          }),
        });
      }
    }
    return asked;
  });
}

/** Points a minute over all runs of these traces; null without any. */
export function meanDrain(
  traces: readonly { readonly trace: Trace; readonly runs: readonly DischargeRun[] }[],
): number | null {
  let fallen = 0;
  let minutes = 0;
  for (const { trace, runs } of traces) {
    for (const row of drainRates(trace.rows, runSpans(runs), 'falls')) {
      fallen += (row.percentPerMinute ?? 0) * row.minutes;
      minutes += row.minutes;
    }
  }
  return minutes > 0 && fallen > 0 ? fallen / minutes : null;
}

function runSpans(runs: readonly DischargeRun[]): (readonly [fromMs: number, toMs: number])[] {
  return runs.map(({ start, end }) => [stampMs(start), stampMs(end)] as const);
}

function stampMs(stamp: string): number {
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(stamp) ? stamp : `${stamp}Z`);
}
