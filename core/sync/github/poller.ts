import { backOffMs } from '../../../shared/sync/back-off.ts';
import type { Clock } from '../../clock.ts';
import type { SideNote } from '../courier.ts';
import { failureOf } from './failure.ts';
import { ReadFailed, type PartReader } from './part-reader.ts';
import type { RepositoryReader } from './repository-reader.ts';

export interface PollerParts {
  readonly clock: Clock;
  readonly chance: () => number;
  readonly parts: Pick<PartReader, 'forgetTags' | 'remark' | 'reopen'>;
  readonly reader: RepositoryReader;
  /** Null while it is switched off; what webhooks told is completed all the same. */
  readonly intervalMs: () => number | null;
  readonly note: (outcome: SideNote) => void;
  readonly onFault: (error: unknown) => void;
}

/** Asks GitHub what is new, for machines that its webhooks cannot reach, and what its webhooks leave out. */
export interface Poller {
  start(): void;
  stop(): void;
  /** Something is to be completed now. */
  wake(): void;
  /** Whatever held it may be over. */
  retry(): void;
  /** What keeps it from asking; null when nothing does. */
  problem(): { readonly why: string; readonly isStopped: boolean } | null;
  nextAtMs(): number | null;
}

/** A person has to mend it. */
const STOPPED_WAIT_MS = 60 * 60_000;
const LONGEST_WAIT_MS = 30 * 60_000;
const WAKE_MS = 1000;
const STOPPING: readonly string[] = ['credential', 'forbidden', 'not-found'];

export function createPoller(given: PollerParts): Poller {
  const { clock, parts, reader } = given;
  let failuresCount = 0;
  let problem: { readonly why: string; readonly isStopped: boolean } | null = null;
  let isStarted = false;
  let isBusy = false;
  let isWoken = false;
  let fullAtMs = 0;
  let heldUntilMs = 0;
  let cancel: (() => void) | null = null;
  let nextAtMs: number | null = null;
  let dueAtMs = 0;

  const round = async (): Promise<void> => {
    const interval = given.intervalMs();
    const fullMs = clock.monotonicMs() >= fullAtMs ? interval : null;
    if (fullMs === null && !reader.isIncomplete()) {
      if (interval === null) problem = null;
      return;
    }
    if (fullMs !== null) await reader.readAll();
    await reader.complete();
    if (fullMs !== null) fullAtMs = clock.monotonicMs() + fullMs;
    failuresCount = 0;
    problem = null;
    given.note({ kind: 'reached', remark: parts.remark() });
  };

  const fail = (error: unknown): void => {
    // What comes too late is nobody's fault.
    if (!isStarted) return;
    if (!(error instanceof ReadFailed)) {
      given.onFault(error);
      parts.forgetTags();
    }
    const { kind, why, afterMs } =
      error instanceof ReadFailed ? error.failure : failureOf('odd', 'an error of our own');
    failuresCount += 1;
    const isStopped = STOPPING.includes(kind);
    problem = { why, isStopped };
    const backOff = backOffMs(failuresCount, afterMs, given.chance(), LONGEST_WAIT_MS);
    const waitMs = isStopped ? STOPPED_WAIT_MS : Math.max(given.intervalMs() ?? 0, backOff);
    heldUntilMs = clock.monotonicMs() + waitMs;
    given.note({ kind: isStopped ? 'stop' : 'failed', why });
  };

  const schedule = (ms: number): void => {
    cancel?.();
    nextAtMs = clock.wallMs() + ms;
    dueAtMs = clock.monotonicMs() + ms;
    cancel = clock.after(ms, () => {
      cancel = null;
      nextAtMs = null;
      run();
    });
  };
  const next = (): void => {
    if (!isStarted) return;
    const nowMs = clock.monotonicMs();
    const heldMs = Math.max(0, heldUntilMs - nowMs);
    const interval = given.intervalMs();
    const wakeMs = Math.max(WAKE_MS, heldMs);
    if (isWoken) {
      // However often it is woken, it is not put off.
      if (cancel === null || dueAtMs > nowMs + wakeMs) schedule(wakeMs);
    } else if (interval !== null) schedule(Math.max(1, heldMs, fullAtMs - nowMs));
    else if (problem !== null) schedule(Math.max(1, heldMs));
    isWoken = false;
  };
  const run = (): void => {
    if (isBusy || !isStarted) return;
    isBusy = true;
    round()
      .catch(fail)
      .catch(given.onFault)
      .finally(() => {
        isBusy = false;
        next();
      });
  };

  return {
    start() {
      if (isStarted) return;
      isStarted = true;
      // Several repositories begin apart.
      schedule(Math.round(1 + given.chance() * 2000));
    },
    stop() {
      isStarted = false;
      cancel?.();
      cancel = null;
      nextAtMs = null;
    },
    wake() {
      isWoken = true;
      if (!isBusy) next();
    },
    retry() {
      heldUntilMs = 0;
      fullAtMs = 0;
      parts.reopen();
      isWoken = true;
      if (!isBusy) next();
    },
    problem: () => problem,
    nextAtMs: () => nextAtMs,
  };
}
