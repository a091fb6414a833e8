import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { HistoryMetrics, HistoryReply } from '../../shared/contract/history.ts';
import type { PageClock } from '../connection/page-clock.ts';
import type { HistoryData } from '../view/history-data.ts';
import { joinedHistory } from '../view/history-join.ts';
import { lengthMs, RANGE_MS, rangeSpan, sameSpan } from '../view/history-span.ts';
import type { HistoryRange, TimeSpan } from '../view/history-span.ts';
import { stepFor, wantedAsk } from '../view/history-steps.ts';
import type { HistoryAsk, KnownHistory } from '../view/history-steps.ts';
import { BANDS, historyOf, historyPath } from './history-answers.ts';
import { FAILED, LOADING, ready } from './loaded.ts';
import type { Loaded } from './loaded.ts';

export interface HistoryState {
  /** The stretch that was chosen by name; null once it was zoomed or moved. */
  readonly range: HistoryRange | null;
  /** What is in sight. */
  readonly view: TimeSpan;
  /** How far one can move and zoom out. */
  readonly limits: TimeSpan;
  /** What the core keeps, and since when. */
  readonly catalogue: Loaded<HistoryMetrics>;
  /** The best picture so far; kept while a finer one is on its way. */
  readonly data: HistoryData | null;
  readonly isLoading: boolean;
  /** The last question got no answer. */
  readonly hasFailed: boolean;
}

/** The history that is looked at: what is in sight, and what was asked of the core for it. */
export interface HistoryDesk {
  readonly store: StoreApi<HistoryState>;
  /** Begins to ask. */
  open(): void;
  /** Time passed, by the core's clock; `reachMs` of the time to come are shown too. */
  tell(nowMs: number, reachMs: number): void;
  setRange(range: HistoryRange): void;
  /** Back to the stretch that was chosen last. */
  reset(): void;
  /** Zoomed or moved. Asks for what is missing once it rests. */
  setView(view: TimeSpan): void;
  /** The metrics whose curves are shown. */
  want(metrics: readonly string[]): void;
  retry(): void;
  close(): void;
}

export interface HistoryDeskParts {
  readonly ask: (path: string) => Promise<unknown>;
  readonly clock: PageClock;
  /** The core's clock when the page is opened, milliseconds since 1970. */
  readonly nowMs: number;
  readonly range: HistoryRange;
}

/** A view moves through many places: only where it rests is asked for. */
const REST_MS = 150;
/** A project that was added, or a sensor that was found, is seen by then. */
const CATALOGUE_MS = 10 * 60_000;

interface Kept extends KnownHistory {
  readonly metrics: ReadonlySet<string>;
  readonly data: HistoryData;
}

export function createHistoryDesk(parts: HistoryDeskParts): HistoryDesk {
  const { ask, clock } = parts;
  let now = { nowMs: parts.nowMs, reachMs: 0 };
  let wanted: readonly string[] = [];
  /** The widest answer, and the finest of those inside it. */
  let coarse: Kept | null = null;
  let fine: Kept | null = null;
  let joined: HistoryData | null = null;
  let newest = 0;
  let accepted = 0;
  let pending: HistoryAsk | null = null;
  let cancelLoad = (): void => undefined;
  let isOpen = false;
  let lastRange = parts.range;
  let catalogueAtMs = parts.nowMs;

  const limitsNow = (): TimeSpan => {
    const { catalogue } = store.getState();
    const sinceMs = catalogue.kind === 'ready' ? catalogue.value.sinceMs : null;
    return {
      fromMs: Math.min(sinceMs ?? Infinity, now.nowMs - RANGE_MS['30d']),
      toMs: now.nowMs + now.reachMs,
    };
  };
  const store: StoreApi<HistoryState> = createStore<HistoryState>(() => {
    const view = rangeSpan(parts.range, parts.nowMs);
    return {
      range: parts.range,
      view,
      limits: view,
      catalogue: LOADING,
      data: null,
      isLoading: true,
      hasFailed: false,
    };
  });

  /** The fine curves only where they can be seen: beside coarse ones they look like another measurement. */
  const seen = (): HistoryData | null => {
    if (coarse === null || fine === null) return coarse?.data ?? null;
    if (fine.stepMs >= coarse.stepMs || stepFor(store.getState().view) >= coarse.stepMs) return coarse.data;
    joined ??= joinedHistory(coarse.data, fine.data);
    return joined;
  };
  const keep = (kept: Kept): void => {
    const isWidest =
      coarse === null || kept.stepMs >= coarse.stepMs || lengthMs(kept.span) >= lengthMs(coarse.span);
    if (isWidest) [fine, coarse] = [coarse !== null && coarse.stepMs < kept.stepMs ? coarse : fine, kept];
    else fine = kept;
    joined = null;
    store.setState({ data: seen(), isLoading: pending !== null, hasFailed: false });
  };

  const load = async (): Promise<void> => {
    const { view, catalogue } = store.getState();
    if (catalogue.kind !== 'ready') return;
    const known = [coarse, fine].filter(
      (each): each is Kept => each !== null && wanted.every((metric) => each.metrics.has(metric)),
    );
    store.setState({ data: seen() });
    const next = wantedAsk(view, limitsNow(), known, now.nowMs);
    if (next === null) {
      store.setState({ isLoading: pending !== null });
      return;
    }
    const metrics = catalogue.value.metrics.filter(({ metric }) => wanted.includes(metric));
    newest += 1;
    const [round, askedAtMs] = [newest, now.nowMs];
    pending = next;
    store.setState({ isLoading: true });
    const names = [...metrics.map(({ metric }) => metric), ...BANDS];
    const answers = await Promise.allSettled(names.map((name) => ask(historyPath(name, next))));
    if (pending === next) pending = null;
    if (!isOpen) return;
    // An answer that was overtaken still shows more than none.
    if (round < accepted) return;
    const byName = new Map(
      answers.map((answer, index) => [
        names[index] ?? '',
        answer.status === 'fulfilled' ? (answer.value as HistoryReply) : null,
      ]),
    );
    const data = historyOf(next, metrics, byName);
    if (data === null) {
      if (round === newest) store.setState({ isLoading: false, hasFailed: true });
      return;
    }
    accepted = round;
    keep({ ...next, askedAtMs, metrics: new Set(wanted), data });
  };
  const loadAtRest = (delayMs = REST_MS): void => {
    cancelLoad();
    cancelLoad = clock.after(delayMs, () => void load());
  };

  const readCatalogue = async (): Promise<void> => {
    try {
      const catalogue = (await ask('/v1/history/metrics')) as HistoryMetrics;
      catalogueAtMs = now.nowMs;
      const before = store.getState().catalogue;
      // What is the same stays the same value, so that nothing is drawn anew for it.
      const isNew =
        before.kind !== 'ready' || JSON.stringify(before.value.metrics) !== JSON.stringify(catalogue.metrics);
      if (isNew) store.setState({ catalogue: ready(catalogue) });
      store.setState({ limits: limitsNow() });
      loadAtRest(0);
    } catch {
      if (store.getState().catalogue.kind !== 'ready')
        store.setState({ catalogue: FAILED, isLoading: false });
    }
  };
  return {
    store,
    open() {
      isOpen = true;
      void readCatalogue();
    },
    tell(nowMs, reachMs) {
      const { view, range, limits, catalogue } = store.getState();
      // What reaches up to now goes on doing so.
      const follows = view.toMs >= limits.toMs || range !== null;
      const movedMs = nowMs + reachMs - (now.nowMs + now.reachMs);
      now = { nowMs, reachMs };
      const moved = { fromMs: view.fromMs + movedMs, toMs: view.toMs + movedMs };
      const next = !follows ? view : range === null ? moved : upToNow(range, now);
      store.setState({ limits: limitsNow(), ...(sameSpan(next, view) ? {} : { view: next }) });
      const isEmpty = catalogue.kind === 'ready' && catalogue.value.metrics.length === 0;
      const isOld = catalogue.kind === 'ready' && nowMs - catalogueAtMs >= CATALOGUE_MS;
      if (catalogue.kind === 'failed' || isEmpty || isOld) void readCatalogue();
      else loadAtRest(0);
    },
    setRange(range) {
      lastRange = range;
      store.setState({ range, view: upToNow(range, now) });
      loadAtRest(0);
    },
    reset() {
      store.setState({ range: lastRange, view: upToNow(lastRange, now) });
      loadAtRest(0);
    },
    setView(view) {
      store.setState({ range: null, view });
      loadAtRest();
    },
    want(metrics) {
      wanted = metrics;
      loadAtRest(0);
    },
    retry() {
      store.setState({ hasFailed: false, isLoading: true });
      if (store.getState().catalogue.kind === 'ready') loadAtRest(0);
      else void readCatalogue();
    },
    close() {
      isOpen = false;
      cancelLoad();
    },
  };
}

/** The chosen stretch up to now, and what of the time to come is shown with it. */
export function upToNow(range: HistoryRange, now: { nowMs: number; reachMs: number }): TimeSpan {
  const span = rangeSpan(range, now.nowMs);
  return { ...span, toMs: span.toMs + now.reachMs };
}
