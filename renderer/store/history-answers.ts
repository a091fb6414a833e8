import type {
  HistoryEvents,
  HistoryMetric,
  HistoryReply,
  HistorySeries,
  HistorySpans,
} from '../../shared/contract/history.ts';
import type { EnergyLevel, Verdict } from '../../shared/contract/vocabulary.ts';
import type { HistoryCurve, HistoryData, Stretch } from '../view/history-data.ts';
import type { HistoryAsk } from '../view/history-steps.ts';

/** Samples themselves lie this far apart. */
const SAMPLE_MS = 30_000;
/** Asked for beside the curves. */
export const BANDS = ['levels', 'verdicts', 'events'] as const;

/** The path of one question. Instants in milliseconds, the step in whole seconds. */
export function historyPath(metric: string, { span, stepMs }: HistoryAsk): string {
  const query = new URLSearchParams({
    metric,
    from: String(Math.round(span.fromMs)),
    to: String(Math.round(span.toMs)),
    step: String(Math.round(stepMs / 1000)),
  });
  return `/v1/history?${query.toString()}`;
}

/**
 * One picture out of the answers to one round of questions, by metric; null where one was refused or is not what
 * was asked for. Null where nothing at all could be had.
 */
export function historyOf(
  { span, stepMs }: HistoryAsk,
  metrics: readonly HistoryMetric[],
  answers: ReadonlyMap<string, HistoryReply | null>,
): HistoryData | null {
  if ([...answers.values()].every((answer) => answer === null)) return null;
  const series = metrics.flatMap((about) => {
    const answer = answers.get(about.metric);
    return answer?.kind === 'series' ? [{ about, answer }] : [];
  });
  const levels = spansOf(answers.get('levels'));
  const verdicts = spansOf(answers.get('verdicts'));
  const events = eventsOf(answers.get('events'));
  return {
    span,
    stepMs: Math.max(stepMs, SAMPLE_MS, ...series.map(({ answer }) => answer.stepMs)),
    curves: series.map(({ about, answer }) => curveOf(about, answer)),
    levels: (levels?.lanes[0]?.spans ?? []) as readonly Stretch<EnergyLevel>[],
    verdicts: (verdicts?.lanes ?? []).flatMap(({ project, change, spans }) =>
      project === null ? [] : [{ project, change, stretches: spans as readonly Stretch<Verdict>[] }],
    ),
    gaps: (levels ?? verdicts ?? series[0]?.answer)?.gaps.map(gapOf) ?? [],
    events: events?.events ?? [],
    isCut: events?.isCut ?? false,
    missing: [...answers].flatMap(([metric, answer]) => (answer === null ? [metric] : [])),
  };
}

function curveOf(about: HistoryMetric, { atMs, mean, min, max }: HistorySeries): HistoryCurve {
  return { about, atMs, values: mean, lows: min, highs: max };
}

function gapOf({ fromMs, toMs, cause }: HistorySeries['gaps'][number]): HistoryData['gaps'][number] {
  return { fromMs, toMs, value: cause };
}

function spansOf(answer: HistoryReply | null | undefined): HistorySpans | null {
  return answer?.kind === 'spans' ? answer : null;
}

function eventsOf(answer: HistoryReply | null | undefined): HistoryEvents | null {
  return answer?.kind === 'events' ? answer : null;
}
