import type { HrTime, ValueType } from '@opentelemetry/api';
import type { AggregationTemporality, DataPointType, MetricData } from '@opentelemetry/sdk-metrics';

import type { OtlpConfig } from '../../shared/contract/metrics-config.ts';
import type { Distribution } from './metric.ts';
import type { Reading } from './read-metrics.ts';

/** The library's own numbers for its kinds, handed in since it is loaded late. */
export interface OtlpWords {
  readonly temporality: typeof AggregationTemporality;
  readonly point: typeof DataPointType;
  readonly value: typeof ValueType;
}

/** Turns readings into what OTLP sends, remembering what a delta needs. Call `sent` once a reading arrived. */
export interface OtlpPoints {
  points(
    readings: readonly Reading[],
    nowMs: number,
  ): { readonly metrics: MetricData[]; readonly sent: () => void };
}

/**
 * OTLP counts from a start: counters that hold more than this run (the record's) begin at what they were when
 * first read, or a delta would send years of deployments anew after every restart.
 */
export function createOtlpPoints(
  words: OtlpWords,
  temporality: OtlpConfig['temporality'],
  startedAtMs: number,
): OtlpPoints {
  const isDelta = temporality === 'delta';
  let known = new Map<string, number>();
  const bases = new Map<string, number>();
  let isFirst = true;
  let sinceMs = startedAtMs;

  return {
    points(readings, nowMs) {
      const nextKnown = new Map(known);
      /** What is sent of a rising number: all since the start, or what came since it was last sent. */
      const risen = (key: string, value: number, isRecord: boolean): number => {
        if (!bases.has(key)) bases.set(key, isRecord && isFirst ? value : 0);
        const total = value - (bases.get(key) ?? 0);
        const before = known.get(key) ?? 0;
        nextKnown.set(key, total);
        if (!isDelta) return total;
        return total >= before ? total - before : total;
      };
      const span = { startTime: hrTime(isDelta ? sinceMs : startedAtMs), endTime: hrTime(nowMs) };
      const metrics = readings.flatMap((reading): MetricData[] => {
        const data = dataOf(reading, words, isDelta, span, risen);
        return data.dataPoints.length === 0 ? [] : [data];
      });
      isFirst = false;
      return {
        metrics,
        sent() {
          known = nextKnown;
          sinceMs = nowMs;
        },
      };
    },
  };
}

type Risen = (key: string, value: number, isRecord: boolean) => number;

function dataOf(
  reading: Reading,
  { temporality, point, value: valueType }: OtlpWords,
  isDelta: boolean,
  span: { readonly startTime: HrTime; readonly endTime: HrTime },
  risen: Risen,
): MetricData {
  const { metric } = reading;
  const base = {
    descriptor: {
      name: metric.name,
      description: metric.help,
      unit: metric.unit,
      valueType: valueType.DOUBLE,
    },
    aggregationTemporality: isDelta ? temporality.DELTA : temporality.CUMULATIVE,
  };
  if ('distribution' in reading) {
    const value = histogramValue(metric.name, reading.distribution, risen);
    return { ...base, dataPointType: point.HISTOGRAM, dataPoints: [{ ...span, attributes: {}, value }] };
  }
  if (reading.metric.kind === 'gauge') {
    const dataPoints = reading.samples.map(({ labels, value }) => ({ ...span, attributes: labels, value }));
    return { ...base, dataPointType: point.GAUGE, dataPoints };
  }
  const isRecord = reading.metric.since === 'record';
  const dataPoints = reading.samples.map(({ labels, value }) => ({
    ...span,
    attributes: labels,
    value: risen(`${metric.name} ${JSON.stringify(labels)}`, value, isRecord),
  }));
  return { ...base, dataPointType: point.SUM, isMonotonic: true, dataPoints };
}

function histogramValue(
  name: string,
  { bounds, counts, sum }: Distribution,
  risen: Risen,
): {
  buckets: { boundaries: number[]; counts: number[] };
  sum: number;
  count: number;
} {
  const own = counts.map((count, index) => risen(`${name} ${index}`, count, false));
  return {
    buckets: { boundaries: [...bounds], counts: own },
    sum: risen(`${name} sum`, sum, false),
    count: own.reduce((total, count) => total + count, 0),
  };
}

function hrTime(wallMs: number): HrTime {
  return [Math.floor(wallMs / 1000), Math.round((wallMs % 1000) * 1e6)];
}
