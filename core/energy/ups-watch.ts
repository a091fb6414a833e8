import type { UpsReading } from '../../shared/contract/energy.ts';
import { isoNow } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { standInReading } from './ups-link.ts';
import type { UpsLink, UpsSession } from './ups-link.ts';
import { createUpsMemory } from './ups-memory.ts';

/** From the start of one question to the start of the next. */
const POLL_INTERVAL_MS = 5000;
/** For opening the line, and for one question with all its answers. */
const POLL_TIMEOUT_MS = 3000;
const LONGEST_PAUSE_S = 60;

/** How the line to one daemon is, for doctor, log and reminders; how often to speak of it is theirs to say. */
export interface UpsSourceState {
  readonly source: UpsReading['source'];
  /** "HOST:PORT". */
  readonly address: string;
  /** The exact cause, from the first failure on; null when the last question was answered. */
  readonly problem: string | null;
  /** ISO instant of the first failure in a row; null when all is well. */
  readonly problemSince: string | null;
  readonly failuresInARow: number;
}

export interface UpsWatch {
  start(): void;
  stop(): void;
  /** Drops the line and asks anew at once: after sleep the old one may be dead without knowing. */
  askNow(): void;
  readings(): readonly UpsReading[];
  state(): UpsSourceState;
  /** False until the first answer or the first failure. */
  hasTried(): boolean;
}

export interface UpsWatchOptions {
  readonly link: UpsLink;
  readonly clock: Clock;
  /** 0 up to 1, for spreading reconnects. */
  readonly chance: () => number;
  /** Something may read differently now. */
  readonly onNews: () => void;
}

/** Keeps one daemon's line open, asks every 5 s and comes back after 1, 2, 4 .. 60 s, for ever. */
export function createUpsWatch({ link, clock, chance, onNews }: UpsWatchOptions): UpsWatch {
  const memory = createUpsMemory(clock);
  let session: UpsSession | null = null;
  let running = false;
  /** Counts starts, stops and restarts, so that a late answer of an earlier run is dropped. */
  let run = 0;
  let tried = false;
  let problem: string | null = null;
  let problemSince: string | null = null;
  let failures = 0;
  let cancelNext: () => void = () => undefined;
  let cancelStale: () => void = () => undefined;

  const drop = () => {
    session?.close();
    session = null;
  };

  const watchStaleness = () => {
    cancelStale();
    const inMs = memory.staleInMs();
    if (inMs !== null) cancelStale = clock.after(inMs, onNews);
  };

  const turn = async (thisRun: number): Promise<void> => {
    const startedMs = clock.monotonicMs();
    let pauseMs: number;
    try {
      if (session === null) {
        const opened = await link.open(POLL_TIMEOUT_MS);
        if (thisRun !== run) {
          opened.close();
          return;
        }
        session = opened;
      }
      const answers = await session.read(POLL_TIMEOUT_MS);
      if (thisRun !== run) return;
      memory.take(answers);
      failures = 0;
      problem = answers.length === 0 ? `${link.address} serves no UPS` : null;
      problemSince = problem === null ? null : (problemSince ?? isoNow(clock));
      pauseMs = Math.max(0, startedMs + POLL_INTERVAL_MS - clock.monotonicMs());
    } catch (error) {
      if (thisRun !== run) return;
      drop();
      problem = error instanceof Error ? error.message : String(error);
      problemSince ??= isoNow(clock);
      pauseMs = pauseBeforeReconnect(failures, chance());
      failures += 1;
    }
    tried = true;
    watchStaleness();
    cancelNext = clock.after(pauseMs, () => void turn(thisRun));
    onNews();
  };

  const begin = () => {
    run += 1;
    cancelNext();
    drop();
    void turn(run);
  };

  return {
    start() {
      if (running) return;
      running = true;
      begin();
    },
    stop() {
      running = false;
      run += 1;
      cancelNext();
      cancelStale();
      drop();
    },
    askNow() {
      if (running) begin();
    },
    readings() {
      const readings = memory.readings(link.source, problem);
      return readings.length === 0 && problem !== null ? [standInReading(link, problem)] : readings;
    },
    state: () => ({
      source: link.source,
      address: link.address,
      problem,
      problemSince,
      failuresInARow: failures,
    }),
    hasTried: () => tried,
  };
}

/** 1, 2, 4 .. 60 s, spread by a tenth either way so that many clients of one server do not return as one. */
export function pauseBeforeReconnect(failuresBefore: number, chance: number): number {
  const seconds = Math.min(LONGEST_PAUSE_S, 2 ** Math.min(failuresBefore, 10));
  return Math.round(seconds * 1000 * (0.9 + 0.2 * chance));
}
