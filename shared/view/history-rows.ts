import type { HistoryGap, HistorySeries, HistorySpans } from '../contract/history.ts';
import type { ExportRow } from './history-file.ts';

/** A row for each point that has a value. */
export function seriesRows(reply: HistorySeries): readonly ExportRow[] {
  const { metric, unit, stepMs } = reply;
  const project = projectOf(metric);
  return reply.atMs.flatMap((atMs, index) => {
    const value = reply.last[index] ?? null;
    if (value === null) return [];
    return [
      {
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
      },
    ];
  });
}

/** What a row of words has in the columns of numbers. */
export const WORD_ROW = { unit: null, min: null, mean: null, max: null, count: null } as const;

/** A row for each band; its text is the kind of change that was judged. */
export function bandRows({ metric, lanes }: HistorySpans): readonly ExportRow[] {
  return lanes.flatMap(({ project, change, spans }) =>
    spans.map(({ fromMs, toMs, value }) => ({
      at: iso(fromMs),
      until: iso(toMs),
      metric,
      project,
      value,
      text: change,
      ...WORD_ROW,
    })),
  );
}

/** A row for each gap, with its cause. */
export function gapRows(gaps: readonly HistoryGap[]): readonly ExportRow[] {
  return gaps.map(({ fromMs, toMs, cause }) => ({
    at: iso(fromMs),
    until: iso(toMs),
    metric: 'gaps',
    project: null,
    value: cause,
    text: null,
    ...WORD_ROW,
  }));
}

/** Scores and verdicts carry their project: `score/shop/stability`. */
function projectOf(metric: string): string | null {
  return metric.split('/')[1] ?? null;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
