import type {
  HistoryMetrics,
  HistoryQuery,
  HistoryReply,
  HistorySeries,
} from '../../shared/contract/history.ts';
import { metricOf } from './metric.ts';

/** Where an export gets its answers: a core, or the database without one. */
export interface HistorySource {
  metrics(): Promise<HistoryMetrics>;
  /** Throws with a sentence for a person. */
  ask(query: HistoryQuery): Promise<HistoryReply>;
}

/** One line of an export: a measurement, a band or a mark. */
export interface ExportRow {
  readonly at: string;
  /** End of a band or of what the row sums up; null for a sample. */
  readonly until: string | null;
  readonly metric: string;
  readonly project: string | null;
  readonly unit: string | null;
  /** The sample, the last of several, or a word. */
  readonly value: number | string;
  readonly min: number | null;
  readonly mean: number | null;
  readonly max: number | null;
  /** Samples in it; null for bands and marks. */
  readonly count: number | null;
  readonly text: string | null;
}

export interface ExportWish {
  readonly fromMs: number;
  readonly toMs: number;
  readonly metrics: readonly string[];
  /** Null: the samples themselves. */
  readonly stepMs: number | null;
  readonly project: string | undefined;
  /** Whether words about the person may be in it. */
  readonly isPrivate: boolean;
}

const DAY_MS = 86_400_000;
const STEPS_A_PIECE = 1000;

/** The rows, metric by metric in the order of time. Asks for a piece at a time and holds no more than one. */
export async function* exportRows(source: HistorySource, wish: ExportWish): AsyncGenerator<ExportRow> {
  for (const metric of wish.metrics) {
    for (const piece of pieces(wish)) {
      const asked = metric === 'gaps' ? 'levels' : metric;
      const project = ['verdicts', 'events'].includes(metric) ? wish.project : undefined;
      const reply = await source.ask({
        metric: asked,
        from: String(piece.fromMs),
        to: String(piece.toMs),
        // Finer than any sample is the samples themselves.
        step: Math.max(1, Math.round((wish.stepMs ?? 1000) / 1000)),
        ...(project === undefined ? {} : { project }),
      });
      if (metric === 'gaps') yield* gapRows(reply, piece.fromMs);
      else if (reply.kind === 'series') yield* seriesRows(reply);
      else if (reply.kind === 'spans') yield* spanRows(reply);
      else yield* eventRows(reply, wish.isPrivate);
    }
  }
}

/** A day at a time, or a thousand steps; neighbours share no instant and cut no step in two. */
function* pieces({ fromMs, toMs, stepMs }: ExportWish): Generator<{ fromMs: number; toMs: number }> {
  const lengthMs = stepMs === null ? DAY_MS : stepMs * STEPS_A_PIECE;
  let beginMs = fromMs;
  while (beginMs < toMs) {
    const nextMs = Math.min(toMs + 1, (Math.floor(beginMs / lengthMs) + 1) * lengthMs);
    // An answer is never asked for an empty range.
    yield { fromMs: beginMs, toMs: Math.max(nextMs - 1, beginMs + 1) };
    beginMs = nextMs;
  }
}

function* seriesRows(reply: HistorySeries): Generator<ExportRow> {
  const { metric, unit, stepMs } = reply;
  const project = metricOf(metric)?.project ?? null;
  for (const [index, atMs] of reply.atMs.entries()) {
    const value = reply.last[index] ?? null;
    if (value === null) continue;
    yield {
      at: iso(atMs),
      until: stepMs === 0 ? null : iso(atMs + stepMs),
      metric,
      project,
      unit,
      value,
      min: reply.min[index] ?? null,
      mean: reply.mean[index] ?? null,
      max: reply.max[index] ?? null,
      count: reply.count[index] ?? null,
      text: null,
    };
  }
}

const WORD = { unit: null, min: null, mean: null, max: null, count: null } as const;

function* spanRows({ metric, lanes }: Extract<HistoryReply, { kind: 'spans' }>): Generator<ExportRow> {
  for (const { project, change, spans } of lanes) {
    for (const { fromMs, toMs, value } of spans)
      yield { at: iso(fromMs), until: iso(toMs), metric, project, value, text: change, ...WORD };
  }
}

function* gapRows(reply: HistoryReply, sinceMs: number): Generator<ExportRow> {
  if (reply.kind !== 'spans') return;
  for (const { fromMs, toMs, cause } of reply.gaps) {
    // One that began in an earlier piece was told there.
    if (fromMs < sinceMs && sinceMs !== reply.fromMs) continue;
    yield {
      at: iso(fromMs),
      until: iso(toMs),
      metric: 'gaps',
      project: null,
      value: cause,
      text: null,
      ...WORD,
    };
  }
}

function* eventRows(
  { events }: Extract<HistoryReply, { kind: 'events' }>,
  isPrivate: boolean,
): Generator<ExportRow> {
  for (const { atMs, untilMs, kind, project, code, title, text } of events)
    yield {
      at: iso(atMs),
      until: untilMs === null ? null : iso(untilMs),
      metric: `events/${kind}`,
      project,
      value: code,
      text: `${title}: ${!isPrivate && /well-being/i.test(text) ? 'the person asked for review' : text}`,
      ...WORD,
    };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
