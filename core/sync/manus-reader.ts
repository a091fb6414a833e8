import { createHash } from 'node:crypto';

import type { ManusConfig } from '../../shared/contract/sync-config.ts';
import { minutesText } from '../../shared/view/quantities.ts';
import type { Clock } from '../clock.ts';
import type { Courier } from './courier.ts';
import { stopOf, type ManusLimits } from './manus-carrier.ts';
import type { ManusClient } from './manus-client.ts';
import type { ManusFailure } from './manus-failure.ts';
import type { TaskBook } from './task-book.ts';

/** Reads tasks back, so that both sides can be shown beside each other. */
export interface ManusReader {
  start(): void;
  stop(): void;
  /** Settings changed: look at once, whatever held it. */
  resume(): void;
  /** Something happened there: look soon, unless something holds it. */
  wake(): void;
}

export interface ManusReaderParts {
  readonly clock: Clock;
  readonly settings: () => ManusConfig;
  readonly client: ManusClient;
  readonly limits: ManusLimits;
  readonly tasks: TaskBook;
  readonly courier: Pick<Courier, 'note' | 'resume'>;
  readonly readKey: () => Promise<string | null>;
  /** Runs in one transaction. */
  readonly within: <T>(act: () => T) => T;
  /** After every round, whether or not anything was read. */
  readonly onRound: () => void | Promise<void>;
  readonly onFault: (error: unknown) => void;
}

const FIRST_MS = 2_000;
/** Known tasks beyond the newest hundred are asked for one by one, so many a round. */
const DETAILS_A_ROUND = 5;
const NEW_TASK_LAG_MS = 120_000;
const STOPPED_WAIT_MS = 60 * 60_000;
/** A clock further off breaks signatures and makes ages wrong. */
const CLOCK_TOLERANCE_MS = 2 * 60_000;

export function createManusReader(parts: ManusReaderParts): ManusReader {
  const { clock, client, limits, tasks, courier } = parts;
  let isStarted = false;
  let isBusy = false;
  let cancelWait: (() => void) | null = null;
  let dueAtMs = 0;
  let heldUntilMs = 0;
  /** Of the key that was refused; another one is tried at once. */
  let refusedKey: string | null = null;
  let lastAsked = '';
  let hasFailed = false;

  const schedule = (ms: number): void => {
    cancelWait?.();
    dueAtMs = clock.monotonicMs() + ms;
    cancelWait = clock.after(ms, () => {
      cancelWait = null;
      void round();
    });
  };

  const failed = async (failure: ManusFailure): Promise<void> => {
    hasFailed = true;
    const stop = stopOf(failure);
    if (stop === null) {
      courier.note({ kind: 'failed', why: failure.why });
      heldUntilMs = clock.monotonicMs() + (failure.afterMs ?? 0);
      return;
    }
    courier.note(stop);
    heldUntilMs = clock.monotonicMs() + (stop.afterMs ?? STOPPED_WAIT_MS);
    refusedKey = await keyPrint();
  };

  /** False when the service could not be asked. */
  const readTasks = async (): Promise<boolean> => {
    if (limits.take('read') > 0) return true;
    const listed = await client.listTasks(null);
    if (!listed.ok) {
      await failed(listed.failure);
      return false;
    }
    const seen = new Set(listed.value.tasks.map(({ id }) => id));
    parts.within(() => {
      for (const task of listed.value.tasks) tasks.saw(task, clock.wallMs());
      courier.note({ kind: 'reached', remark: clockRemark(client.clockAheadMs()) });
    });
    return readOthers(seen);
  };

  const readOthers = async (seen: ReadonlySet<string>): Promise<boolean> => {
    const others = tasks
      .all()
      .filter(({ task }) => !seen.has(task))
      .map(({ task, addedAtMs }) => ({ task, addedAtMs }))
      .sort((one, other) => (one.task < other.task ? -1 : 1));
    // Goes on where the last round ended, so that each has its turn.
    const from = others.findIndex(({ task }) => task > lastAsked);
    const turn = from === -1 ? others : [...others.slice(from), ...others.slice(0, from)];
    for (const { task, addedAtMs } of turn.slice(0, DETAILS_A_ROUND)) {
      if (limits.take('read') > 0) return true;
      lastAsked = task;
      const asked = await client.task(task);
      if (asked.ok) parts.within(() => tasks.saw(asked.value, clock.wallMs()));
      else if (asked.failure.kind !== 'not-found') {
        await failed(asked.failure);
        return false;
      } else if (clock.wallMs() - addedAtMs > NEW_TASK_LAG_MS) {
        parts.within(() => tasks.missed(task, clock.wallMs()));
      }
    }
    return true;
  };

  const keyPrint = async (): Promise<string> => {
    const key = await parts.readKey().catch(() => null);
    return createHash('sha256')
      .update(key ?? '')
      .digest('hex');
  };

  const isHeld = async (): Promise<boolean> => {
    if (clock.monotonicMs() >= heldUntilMs) return false;
    if (refusedKey === null || refusedKey === (await keyPrint())) return true;
    courier.resume();
    return false;
  };

  /** However often it is asked for, it is not put off. */
  const soon = (): void => {
    if (isStarted && !isBusy && dueAtMs > clock.monotonicMs() + FIRST_MS) schedule(FIRST_MS);
  };

  const isRunning = (): boolean => isStarted;
  const round = async (): Promise<void> => {
    if (isBusy || !isStarted) return;
    isBusy = true;
    try {
      if (parts.settings().enabled && !(await isHeld())) {
        refusedKey = null;
        if (await readTasks()) {
          heldUntilMs = 0;
          // What kept us from reading kept messages from being sent.
          if (hasFailed) courier.resume();
          hasFailed = false;
        }
      }
      await parts.onRound();
    } catch (error) {
      // After the end the record is closed; what was read then is read again.
      if (isRunning()) parts.onFault(error);
    } finally {
      isBusy = false;
      if (isRunning()) schedule(parts.settings().pollSeconds * 1000);
    }
  };

  return {
    start() {
      isStarted = true;
      schedule(FIRST_MS);
    },
    stop() {
      isStarted = false;
      cancelWait?.();
      cancelWait = null;
    },
    resume() {
      heldUntilMs = 0;
      soon();
    },
    wake: soon,
  };
}

function clockRemark(aheadMs: number | null): string | null {
  if (aheadMs === null || Math.abs(aheadMs) < CLOCK_TOLERANCE_MS) return null;
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  return `this machine's clock is ${minutesText(minutes)} ${aheadMs > 0 ? 'ahead of' : 'behind'} that of Manus`;
}
