import type { Snapshot } from '../../shared/contract/state.ts';
import { askCore, openEvents, readState, signIn, SignedOutError } from './core-requests.ts';
import type { AskMethod, Fetch } from './core-requests.ts';
import { createEventStreamParser } from './event-stream.ts';
import type { PageClock } from './page-clock.ts';
import { parseSnapshot } from './snapshot-text.ts';

export type SignedOutWhy = 'no-code' | 'code-refused' | 'token-refused';

export type ConnectionEvent =
  | { readonly kind: 'starting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'signed-out'; readonly why: SignedOutWhy }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot };

export interface CoreConnection {
  /** Starts anew with a one-time code; null says that there is none. */
  open(code: string | null): void;
  /** Asks the core something beside the stream. Rejects while there is no session, and on every refusal. */
  ask(method: AskMethod, path: string, body?: unknown): Promise<unknown>;
  /** Tries at once instead of waiting out the back-off. Does nothing while connected or signed out. */
  retryNow(): void;
  close(): void;
}

export interface CoreConnectionParts {
  readonly fetch: Fetch;
  readonly clock: PageClock;
  readonly onEvent: (event: ConnectionEvent) => void;
}

const FIRST_BACK_OFF_MS = 500;
const LAST_BACK_OFF_MS = 10_000;
/** Without a connection for this long, the page says so. */
const LOST_AFTER_MS = 5_000;
/** The core sends a heartbeat every 15 s: two missed and a little more. */
const SILENCE_MS = 40_000;
/** A request that has not answered by then is given up. */
const REQUEST_MS = 10_000;

/** Keeps the page's one connection: signs in, reads the state, follows the events, comes back when it breaks. */
export function createCoreConnection({ fetch, clock, onEvent }: CoreConnectionParts): CoreConnection {
  let session: ReturnType<typeof startSession> | null = null;
  const close = (): void => {
    session?.stop();
    session = null;
  };
  return {
    open(code) {
      close();
      if (code === null) onEvent({ kind: 'signed-out', why: 'no-code' });
      else session = startSession({ fetch, clock, onEvent }, code);
    },
    ask: async (method, path, body) => {
      if (session === null) throw new Error('not signed in');
      return session.ask(method, path, body);
    },
    retryNow: () => session?.retryNow(),
    close,
  };
}

/** One run from a code to the end of its token. */
function startSession({ fetch, clock, onEvent }: CoreConnectionParts, code: string) {
  const ended = new AbortController();
  let token: string | null = null;
  /** Ids belong to the stream; a snapshot's own sequence is another count. */
  let lastEventId: string | null = null;
  let hasState = false;
  let failures = 0;
  let connected = false;
  let endPause = (): void => undefined;
  let forgetLost = (): void => undefined;

  const isOver = (): boolean => ended.signal.aborted;
  const emit = (event: ConnectionEvent): void => {
    if (!isOver()) onEvent(event);
  };
  const expectConnection = (): void => {
    forgetLost();
    forgetLost = clock.after(LOST_AFTER_MS, () => emit({ kind: 'lost' }));
  };
  const take = (snapshot: Snapshot): void => {
    hasState = true;
    emit({ kind: 'snapshot', snapshot });
  };

  /** Runs `work` with a signal that ends it once nothing was heard for `limitMs`. */
  const withLimit = async <T>(
    limitMs: number,
    work: (signal: AbortSignal, heard: () => void) => Promise<T>,
  ): Promise<T> => {
    const controller = new AbortController();
    const giveUp = (): void => controller.abort();
    ended.signal.addEventListener('abort', giveUp);
    let cancel = clock.after(limitMs, giveUp);
    try {
      return await work(controller.signal, () => {
        cancel();
        cancel = clock.after(limitMs, giveUp);
      });
    } finally {
      cancel();
      ended.signal.removeEventListener('abort', giveUp);
    }
  };

  const follow = async (bearer: string): Promise<void> =>
    withLimit(SILENCE_MS, async (signal, heard) => {
      const reader = await openEvents(fetch, bearer, lastEventId, signal);
      signal.addEventListener('abort', () => {
        emit({ kind: 'lost' });
        void reader.cancel().catch(() => undefined);
      });
      heard();
      forgetLost();
      connected = true;
      failures = 0;
      emit({ kind: 'live' });
      const decoder = new TextDecoder();
      const parser = createEventStreamParser();
      for (;;) {
        const { done, value } = await reader.read();
        if (done || signal.aborted) return;
        heard();
        for (const event of parser.push(decoder.decode(value, { stream: true }))) {
          if (event.name === 'snapshot') take(parseSnapshot(event.data));
          lastEventId = event.id;
        }
      }
    });

  const attempt = async (): Promise<void> => {
    token ??= await withLimit(REQUEST_MS, (signal) => signIn(fetch, code, signal));
    const bearer = token;
    if (!hasState) take(await withLimit(REQUEST_MS, (signal) => readState(fetch, bearer, signal)));
    await follow(bearer);
  };

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const backOffMs = Math.min(FIRST_BACK_OFF_MS * 2 ** failures, LAST_BACK_OFF_MS);
      failures += 1;
      const cancel = clock.after(backOffMs, resolve);
      endPause = () => {
        cancel();
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    emit({ kind: 'starting' });
    expectConnection();
    while (!isOver()) {
      try {
        await attempt();
      } catch (error) {
        if (error instanceof SignedOutError) {
          forgetLost();
          emit({ kind: 'signed-out', why: token === null ? 'code-refused' : 'token-refused' });
          return;
        }
      }
      if (isOver()) return;
      // Only the end of a working stream starts the count; failed attempts after it must not restart it.
      if (connected) expectConnection();
      connected = false;
      await pause();
    }
  };
  void run();

  return {
    stop(): void {
      ended.abort();
      forgetLost();
      endPause();
    },
    ask: async (method: AskMethod, path: string, body?: unknown): Promise<unknown> => {
      const bearer = token;
      if (bearer === null) throw new Error('not signed in');
      return withLimit(REQUEST_MS, (signal) => askCore(fetch, bearer, { method, path, body }, signal));
    },
    retryNow: (): void => endPause(),
  };
}
