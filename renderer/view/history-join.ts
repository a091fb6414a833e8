import type { HistoryCurve, HistoryData, Stretch } from './history-data.ts';
import type { TimeSpan } from './history-span.ts';

type Column = readonly (number | null)[];

/**
 * The coarse curves with the fine ones in the stretch where those are known, so that a step to the side shows
 * something at once.
 */
export function joinedHistory(coarse: HistoryData, fine: HistoryData): HistoryData {
  const { span } = fine;
  const finer = new Map(fine.curves.map((curve) => [curve.about.metric, curve]));
  const known = new Set(coarse.curves.map(({ about }) => about.metric));
  return {
    ...fine,
    span: {
      fromMs: Math.min(coarse.span.fromMs, span.fromMs),
      toMs: Math.max(coarse.span.toMs, span.toMs),
    },
    stepMs: Math.max(coarse.stepMs, fine.stepMs),
    curves: [
      ...coarse.curves.map((curve) => {
        const other = finer.get(curve.about.metric);
        return other === undefined ? curve : joinedCurve(curve, other, span);
      }),
      ...fine.curves.filter(({ about }) => !known.has(about.metric)),
    ],
    levels: joinedStretches(coarse.levels, fine.levels, span),
    verdicts: fine.verdicts.map((lane) => {
      const wider = coarse.verdicts.find(({ project }) => project === lane.project);
      return { ...lane, stretches: joinedStretches(wider?.stretches ?? [], lane.stretches, span) };
    }),
    gaps: joinedStretches(coarse.gaps, fine.gaps, span),
    events: [
      ...coarse.events.filter(({ atMs }) => atMs < span.fromMs),
      ...fine.events.filter(({ atMs }) => atMs >= span.fromMs && atMs <= span.toMs),
      ...coarse.events.filter(({ atMs }) => atMs > span.toMs),
    ],
    isCut: coarse.isCut || fine.isCut,
  };
}

function joinedCurve(coarse: HistoryCurve, fine: HistoryCurve, span: TimeSpan): HistoryCurve {
  const before = coarse.atMs.findIndex((atMs) => atMs >= span.fromMs);
  const head = before < 0 ? coarse.atMs.length : before;
  const after = coarse.atMs.findIndex((atMs) => atMs >= span.toMs);
  const tail = after < 0 ? coarse.atMs.length : after;
  const join = <T>(one: readonly T[], other: readonly T[]): readonly T[] => [
    ...one.slice(0, head),
    ...other,
    ...one.slice(tail),
  ];
  // A fine answer may begin or end a step outside the stretch; instants must rise.
  const inside = fine.atMs.map((atMs) => atMs >= span.fromMs && atMs < span.toMs);
  const within = <T>(column: readonly T[]): readonly T[] =>
    column.filter((_, index) => inside[index] ?? false);
  const column = (name: 'values' | 'lows' | 'highs'): Column => join(coarse[name], within(fine[name]));
  return {
    about: fine.about,
    atMs: join(coarse.atMs, within(fine.atMs)),
    values: column('values'),
    lows: column('lows'),
    highs: column('highs'),
  };
}

/** `fine` inside `span`, `coarse` around it; pieces of one value that touch become one again. */
export function joinedStretches<T extends string>(
  coarse: readonly Stretch<T>[],
  fine: readonly Stretch<T>[],
  span: TimeSpan,
): readonly Stretch<T>[] {
  const head = coarse.flatMap((each) => clipped(each, { fromMs: -Infinity, toMs: span.fromMs }));
  const body = fine.flatMap((each) => clipped(each, span));
  const tail = coarse.flatMap((each) => clipped(each, { fromMs: span.toMs, toMs: Infinity }));
  const joined: Stretch<T>[] = [];
  for (const each of [...head, ...body, ...tail]) {
    const last = joined.at(-1);
    if (last?.value === each.value && last.toMs === each.fromMs) {
      joined[joined.length - 1] = { ...last, toMs: each.toMs };
    } else joined.push(each);
  }
  return joined;
}

/** The part of `each` inside `span`: one stretch, or none. */
export function clipped<T extends TimeSpan>(each: T, span: TimeSpan): readonly T[] {
  const fromMs = Math.max(each.fromMs, span.fromMs);
  const toMs = Math.min(each.toMs, span.toMs);
  return fromMs < toMs ? [{ ...each, fromMs, toMs }] : [];
}
