import type { Snapshot } from '../../shared/contract/state.ts';
import type { Room, RoomContext } from '../room.ts';
import { createAlertStore } from './alert-store.ts';
import { counterIncrease } from './counter.ts';
import { databaseSizeBytes } from './database.ts';
import { createGapWatch } from './gap-watch.ts';
import { createHaltDiary } from './halt-diary.ts';
import { createHistoryDesk, type HistoryDesk } from './history-desk.ts';
import { createHistoryEvents } from './history-events.ts';
import { createMemoryWindow } from './memory-window.ts';
import { createOwnUse, createProcessCounters, type UseCount } from './own-use.ts';
import { readingsOf, type Readings } from './readings.ts';
import { createRetention } from './retention.ts';
import { ROLLUP_MS } from './rollup-block.ts';
import { createSampleStore } from './sample-store.ts';

export interface HistoryRoom extends Room {
  begin(): void;
  take(snapshot: Snapshot): void;
  stop(): void;
  readonly desk: HistoryDesk;
}

/** Rounds between two beats (a report changed) are kept when this long after the last, or when a code changed. */
const APART_MS = 10_000;
/** Pause between two slices of upkeep, and before the first after a tick. */
const SLICE_PAUSE_MS = 250;
const RETENTION_EVERY_MS = 10 * 60_000;

/** Keeps a sample of each tick, seals and trims beside the ticks, and answers questions about the past. */
export function createHistoryRoom(
  context: Pick<RoomContext, 'clock' | 'record' | 'database' | 'places' | 'config' | 'onFault'>,
): HistoryRoom {
  const { clock, record, database, places } = context;
  const intervalMs = (): number => context.config().intervalSeconds * 1000;
  const store = database === null ? null : createSampleStore(database);
  const retention = database === null ? null : createRetention(database);
  const alerts = database === null ? null : createAlertStore(database);
  const startedAt = { wallMs: clock.wallMs(), awakeMs: awakeMs(clock) };
  const window = createMemoryWindow(store, startedAt.wallMs);
  const gapWatch = createGapWatch(clock, intervalMs, store?.lastTickAtMs() ?? null);
  const ownUse = createOwnUse(createProcessCounters(), () => clock.monotonicMs());
  const noteHalts = createHaltDiary(record);

  let useCount: UseCount | null = null;
  let last: { readonly monotonicMs: number; readonly codes: string } | null = null;
  let throttleCount: number | null = null;
  let trimmedAtMs: number | null = null;
  let cancelUpkeep: (() => void) | null = null;

  /**
   * Never further on than the clock that nobody can set: a wall clock set forward by a year must not delete a year.
   */
  const trustedNowMs = (): number =>
    Math.min(clock.wallMs(), startedAt.wallMs + awakeMs(clock) - startedAt.awakeMs + ROLLUP_MS);

  const later = (act: () => void): void => {
    cancelUpkeep?.();
    cancelUpkeep = clock.after(SLICE_PAUSE_MS, () => {
      cancelUpkeep = null;
      try {
        act();
      } catch (error) {
        // A full disk is told by the record's notes; the next tick tries again.
        if (!isPassing(error)) context.onFault(error);
      }
    });
  };
  const trim = (): void => {
    if (retention?.slice(trustedNowMs(), context.config().history) === true) later(trim);
    else trimmedAtMs = clock.monotonicMs();
  };
  const upkeep = (): void => {
    store?.seal(clock.wallMs());
    const isDue = trimmedAtMs === null || clock.monotonicMs() - trimmedAtMs >= RETENTION_EVERY_MS;
    if (isDue) later(trim);
  };

  const readingsNow = (snapshot: Snapshot): Readings => {
    const count = snapshot.energy.thermal.throttleCount ?? null;
    const throttles = counterIncrease(throttleCount, count);
    throttleCount = count;
    const own = ownUse.take(useCount ?? ownUse.count());
    useCount = null;
    return readingsOf(snapshot, { ...own, throttles });
  };

  return {
    desk: createHistoryDesk({
      wallMs: () => clock.wallMs(),
      intervalMs,
      store,
      window,
      events: createHistoryEvents(record, alerts),
      sizeBytes: () => databaseSizeBytes(places.historyPath),
      sizeLimitBytes: () => context.config().history.sizeLimitMb * 1e6,
    }),
    begin() {
      useCount = ownUse.count();
    },
    take(snapshot) {
      noteHalts(snapshot);
      const monotonicMs = clock.monotonicMs();
      const codes = codesOf(snapshot);
      if (last !== null && codes === last.codes && monotonicMs - last.monotonicMs < APART_MS) return;
      last = { monotonicMs, codes };
      const atMs = Date.parse(snapshot.at);
      const readings = readingsNow(snapshot);
      const gap = gapWatch.look(atMs);
      window.keep(atMs, readings);
      if (gap !== null) {
        window.keepGap(gap);
        store?.keepGap(gap);
      }
      store?.keepTick(atMs, readings);
      later(upkeep);
    },
    stop() {
      cancelUpkeep?.();
    },
  };
}

/** What must be kept the moment it changes. */
function codesOf({ energy, projects }: Snapshot): string {
  const verdicts = projects.map(
    ({ id, decisions, defaultChange }) => `${id} ${decisions[defaultChange]?.verdict}`,
  );
  return [energy.level, ...verdicts].join('\n');
}

function awakeMs(clock: RoomContext['clock']): number {
  return clock.bootMs?.() ?? clock.monotonicMs();
}

function isPassing(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ERR_SQLITE_ERROR';
}
