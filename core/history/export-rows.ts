import type { HistoryMetrics, HistoryQuery, HistoryReply } from '../../shared/contract/history.ts';
import type { ExportRow } from '../../shared/view/history-file.ts';
import { bandRows, gapRows, seriesRows, WORD_ROW } from '../../shared/view/history-rows.ts';

/** Where an export gets its answers: a core, or the database without one. */
export interface HistorySource {
  metrics(): Promise<HistoryMetrics>;
  /** Throws with a sentence for a person. */
  ask(query: HistoryQuery): Promise<HistoryReply>;
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
      if (metric === 'gaps') yield* newGapRows(reply, piece.fromMs);
      else if (reply.kind === 'series') yield* seriesRows(reply);
      else if (reply.kind === 'spans') yield* bandRows(reply);
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

function newGapRows(reply: HistoryReply, sinceMs: number): readonly ExportRow[] {
  if (reply.kind !== 'spans') return [];
  // One that began in an earlier piece was told there.
  return gapRows(reply.gaps.filter(({ fromMs }) => fromMs >= sinceMs || sinceMs === reply.fromMs));
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
      ...WORD_ROW,
    };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
