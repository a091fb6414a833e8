import type {
  HistoryGap,
  HistoryMetrics,
  HistoryQuery,
  HistoryReply,
  HistorySeries,
  HistorySpans,
} from '../../shared/contract/history.ts';
import { RANKED_LEVELS, VERDICTS } from '../../shared/contract/vocabulary.ts';
import { columnsWithBreaks, downSampled, pointsOf } from './down-sample.ts';
import type { HistoryEventSource } from './history-events.ts';
import { HOUR_MS } from './hour-block.ts';
import { instantMs } from './instant.ts';
import type { MemoryWindow } from './memory-window.ts';
import { LEVEL_METRIC, metricOf } from './metric.ts';
import { ROLLUP_MS, type Rollup } from './rollup-block.ts';
import type { Range, SampleStore } from './sample-store.ts';
import { spansOf, type Held } from './spans.ts';

export type HistoryAnswer =
  | { readonly ok: true; readonly reply: HistoryReply }
  | { readonly ok: false; readonly field: string; readonly why: string };

/** Looks back. */
export interface HistoryDesk {
  answer(query: HistoryQuery): HistoryAnswer;
  metrics(): HistoryMetrics;
}

export interface HistoryDeskParts {
  readonly wallMs: () => number;
  /** How far apart two samples are at most while the core runs. */
  readonly intervalMs: () => number;
  /** Null without a database: the last hour is all there is. */
  readonly store: SampleStore | null;
  readonly window: MemoryWindow | null;
  readonly events: HistoryEventSource;
  readonly sizeBytes: () => number;
  readonly sizeLimitBytes: () => number;
}

const POINTS = 1000;
/** What one answer may hold; an export asks in pieces. */
const POINTS_MOST = 25_000;
const SAMPLE_MIN_MS = 10_000;
/** Up to here bands are drawn from samples, beyond from roll-ups. */
const EXACT_SPANS_MS = 48 * HOUR_MS;

export function createHistoryDesk(parts: HistoryDeskParts): HistoryDesk {
  const { store, window } = parts;
  /** Two samples further apart than this have a break between them. */
  const farMs = (): number => Math.max(90_000, 2.5 * parts.intervalMs());
  const isInWindow = ({ fromMs }: Range): boolean => {
    const sinceMs = window?.sinceMs() ?? null;
    return window !== null && (store === null || (sinceMs !== null && fromMs >= sinceMs));
  };
  const gapsIn = (range: Range): HistoryGap[] =>
    (isInWindow(range) ? window?.gaps(range) : store?.gaps(range)) ?? [];
  const metricNames = (): string[] => [
    ...new Set([...(store?.metrics() ?? []), ...(window?.metrics() ?? [])]),
  ];

  const look = (
    metric: string,
    range: Range,
    stepMs: number,
  ): [HistorySeries['source'], Rollup[], number] => {
    if (isInWindow(range)) return ['memory', pointsOf(window?.samples(metric, range) ?? NOTHING), stepMs];
    if (store === null || (!suitsRollups(stepMs) && reachesBack(store, range)))
      return ['samples', pointsOf(store?.samples(metric, range) ?? NOTHING), stepMs];
    const wholeMs = Math.ceil(stepMs / ROLLUP_MS) * ROLLUP_MS;
    return ['rollups', store.rollups(metric, range), wholeMs];
  };

  const series = (name: string, range: Range, wantedStepMs: number): HistorySeries | null => {
    const metric = metricOf(name);
    if (metric === null || metric.isCode) return null;
    const [source, points, stepMs] = look(name, range, wantedStepMs);
    // Points closer than samples would be the samples, with holes.
    const isWhole = source !== 'rollups' && stepMs < 2 * parts.intervalMs();
    const shown = isWhole ? points : downSampled(points, stepMs);
    const gaps = gapsIn(range);
    const apartMs = Math.max(farMs(), isWhole ? 0 : 1.5 * stepMs);
    return {
      schemaVersion: 1,
      kind: 'series',
      metric: name,
      unit: metric.unit,
      private: metric.private,
      ...range,
      stepMs: isWhole ? 0 : stepMs,
      source,
      ...columnsWithBreaks(shown, gaps, apartMs, metric.decimals),
      gaps,
    };
  };

  const heldIn = (name: string, range: Range, worst: 'min' | 'max'): { held: Held[]; apartMs: number } => {
    const isExact = range.toMs - range.fromMs <= EXACT_SPANS_MS;
    const [source, points] = look(name, range, isExact ? 0 : ROLLUP_MS);
    const held = points.map((point) => ({ atMs: point.atMs, code: point[worst] }));
    return { held, apartMs: source === 'rollups' ? Math.max(farMs(), 1.5 * ROLLUP_MS) : farMs() };
  };
  const spans = (kind: HistorySpans['metric'], range: Range, project: string | undefined): HistorySpans => {
    const gaps = gapsIn(range);
    const names =
      kind === 'levels'
        ? [LEVEL_METRIC]
        : metricNames()
            .filter((name) => name.startsWith('verdict/'))
            .sort();
    const lanes = names.flatMap((name) => {
      const [, of, change] = name.split('/');
      if (project !== undefined && kind === 'verdicts' && of !== project) return [];
      // In a bucket with several the worst is shown: a short block must not vanish from a month.
      const { held, apartMs } = heldIn(name, range, kind === 'levels' ? 'min' : 'max');
      const found = spansOf(held, gaps, apartMs, range.toMs, kind === 'levels' ? levelWord : verdictWord);
      if (found.length === 0 && kind === 'verdicts') return [];
      return [{ project: of ?? null, change: change ?? null, spans: found }];
    });
    return { schemaVersion: 1, kind: 'spans', metric: kind, ...range, lanes, gaps };
  };

  return {
    answer(query) {
      const nowMs = parts.wallMs();
      const [fromMs, toMs] = [instantMs(query.from, nowMs), instantMs(query.to, nowMs)];
      if (fromMs === null) return refused('from', `"${query.from}" is no instant`);
      if (toMs === null) return refused('to', `"${query.to}" is no instant`);
      if (toMs <= fromMs) return refused('to', 'must be later than from');
      const range = { fromMs, toMs };
      const { metric } = query;
      if (metric === 'levels' || metric === 'verdicts')
        return { ok: true, reply: spans(metric, range, query.project) };
      if (metric === 'events') return { ok: true, reply: parts.events(range, query.project) };
      const stepMs =
        query.step === undefined ? (toMs - fromMs) / (query.points ?? POINTS) : query.step * 1000;
      const count = (toMs - fromMs) / Math.max(stepMs, SAMPLE_MIN_MS);
      if (count > POINTS_MOST)
        return refused('step', `gives ${Math.ceil(count)} points; at most ${POINTS_MOST} in one answer`);
      const reply = series(metric, range, stepMs);
      if (reply !== null) return { ok: true, reply };
      const lines = metricNames().filter((known) => metricOf(known)?.isCode === false);
      const known = ['levels', 'verdicts', 'events', ...lines].join(', ');
      return refused('metric', `there is no "${metric.slice(0, 64)}". Known: ${known}`);
    },
    metrics() {
      const rollupsMs = store?.oldestMs('rollups') ?? null;
      return {
        schemaVersion: 1,
        sinceMs: rollupsMs ?? window?.sinceMs() ?? null,
        sizeBytes: parts.sizeBytes(),
        sizeLimitBytes: parts.sizeLimitBytes(),
        metrics: metricNames().flatMap((name) => {
          const metric = metricOf(name);
          if (metric === null || metric.isCode) return [];
          const { unit, title, project } = metric;
          return [{ metric: name, unit, title, project, private: metric.private }];
        }),
      };
    },
  };
}

/** Whether the step can be made of whole roll-ups without becoming much wider than was asked for. */
function suitsRollups(stepMs: number): boolean {
  return stepMs >= 4 * ROLLUP_MS || (stepMs > 0 && stepMs % ROLLUP_MS === 0);
}

/** Whether samples tell as much of the range as roll-ups do. */
function reachesBack(store: SampleStore, { fromMs }: Range): boolean {
  const oldestMs = store.oldestMs('samples');
  if (oldestMs === null) return false;
  return fromMs >= oldestMs || oldestMs <= (store.oldestMs('rollups') ?? oldestMs);
}

const NOTHING = { atMs: [], values: [] };

function refused(field: string, why: string): HistoryAnswer {
  return { ok: false, field, why };
}

function levelWord(code: number): string {
  return RANKED_LEVELS[code] ?? 'UNKNOWN';
}

function verdictWord(code: number): string {
  return VERDICTS[code] ?? 'unknown';
}
