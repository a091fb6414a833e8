import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

import type { Clock } from '../clock.ts';
import type { EndpointFile } from '../../shared/contract/endpoint-file.ts';
import { signInCodeReplySchema } from '../../shared/contract/requests.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { snapshotSchema } from '../../shared/contract/state.ts';
import type { TrayInput } from '../../shared/view/tray-input.ts';

import { requestCore, requestCoreJson, type CoreMethod } from './core-request.ts';
import { createServerEventReader, type ServerEvent } from './server-events.ts';

const FIRST_PAUSE_MS = 250;
const LAST_PAUSE_MS = 5_000;
const MAX_SIGN_IN_TRIES = 40;
/** A restart of the core takes less; after that the tray says that it is gone. */
const LOST_AFTER_MS = 5_000;
/** The core sends a heartbeat every 15 s: two missed and a little more. */
const SILENCE_MS = 40_000;
/** While it is lost its age is told again. */
const AGE_STEP_MS = 30_000;

export interface CoreLinkParts {
  /** The desktop shell: the core then leaves this desktop's notices to it. */
  readonly client?: 'shell';
  /** The running core's address; asked anew at each attempt, since a restarted core has another one. */
  readonly findEndpoint: () => EndpointFile | null;
  readonly clock: Clock;
  /** Called after every change of what is known or of the connection. */
  readonly onChange: (input: TrayInput) => void;
  /** Called each time the events flow: what the core knew of this client before is forgotten. */
  readonly onAttached?: () => void;
  /** Called when a core with another token than before has answered: pages signed in to the old one are out. */
  readonly onNewCore?: () => void;
  /** Called for each event beside the snapshots: an alert to show, a job that changed. */
  readonly onEvent?: (event: ServerEvent) => void;
}

/** A client's one connection to the core, in this process or another: it cannot tell and need not. */
export interface CoreLink {
  state(): TrayInput;
  /** A one-time address of the dashboard, waiting for a core that is starting; null once it is lost. */
  signInUrl(): Promise<string | null>;
  /** Where pages may come from; null before the first core. */
  origin(): string | null;
  /** The process of the core that was heard last; null before the first. */
  corePid(): number | null;
  /** Asks the core for one thing. Throws with a sentence for the person when it does not answer or refuses. */
  ask(method: CoreMethod, path: string, body?: unknown): Promise<unknown>;
  /** Tries at once instead of waiting out the pause. */
  retryNow(): void;
  /** Resolves once the line is closed and nothing more can come from it. */
  stop(): Promise<void>;
}

/** Starts to follow the core and comes back by itself whenever the connection breaks. */
export function createCoreLink(parts: CoreLinkParts): CoreLink {
  const { findEndpoint, clock, onChange } = parts;
  const eventsPath = parts.client === undefined ? '/v1/events' : `/v1/events?client=${parts.client}`;
  let snapshot: Snapshot | null = null;
  let connection: TrayInput['connection'] = 'connecting';
  let endpoint: EndpointFile | null = null;
  let stream: IncomingMessage | null = null;
  let lastHeardAtMs: number | null = null;
  /** Of the core that was heard last: what it told while the line was cut is asked for again. */
  let lastEventId: string | null = null;
  let failures = 0;
  let isStopped = false;
  let endPause = (): void => undefined;
  let cancelTimer = (): void => undefined;

  const state = (): TrayInput => {
    if (connection !== 'lost' || lastHeardAtMs === null) return { snapshot, connection };
    return { snapshot, connection, lostForSeconds: (clock.monotonicMs() - lastHeardAtMs) / 1000 };
  };
  const become = (next: TrayInput['connection']): void => {
    connection = next;
    if (!isStopped) onChange(state());
  };
  const tellAge = (): void => {
    become('lost');
    cancelTimer = clock.after(AGE_STEP_MS, tellAge);
  };
  const expectCore = (): void => {
    cancelTimer();
    cancelTimer = clock.after(LOST_AFTER_MS, tellAge);
  };
  const take = (value: unknown): void => {
    snapshot = snapshotSchema.parse(value);
    lastHeardAtMs = clock.monotonicMs();
    become('connected');
  };

  const follow = async (core: EndpointFile): Promise<void> => {
    const isNew = endpoint !== null && endpoint.token !== core.token;
    if (isNew) lastEventId = null;
    const first = await requestCoreJson(core, 'GET', '/v1/state');
    const response = await requestCore(core, 'GET', eventsPath, {
      headers: lastEventId === null ? {} : { 'last-event-id': lastEventId },
    });
    stream = response;
    if (isStopped) return void response.destroy();
    cancelTimer();
    failures = 0;
    endpoint = core;
    take(first);
    parts.onAttached?.();
    if (isNew) parts.onNewCore?.();
    let cancelSilence = clock.after(SILENCE_MS, () => response.destroy());
    const reader = createServerEventReader();
    try {
      response.setEncoding('utf8');
      for await (const text of response as AsyncIterable<string>) {
        cancelSilence();
        cancelSilence = clock.after(SILENCE_MS, () => response.destroy());
        lastHeardAtMs = clock.monotonicMs();
        for (const event of reader.push(text)) {
          lastEventId = event.id ?? lastEventId;
          if (event.name === 'snapshot') take(JSON.parse(event.data));
          else parts.onEvent?.(event);
        }
      }
    } finally {
      cancelSilence();
      response.destroy();
    }
  };

  const askSignInUrl = async (): Promise<string | null> => {
    try {
      const core = findEndpoint();
      if (core === null) return null;
      const reply = signInCodeReplySchema.parse(await requestCoreJson(core, 'POST', '/v1/sign-in-codes'));
      // Whatever the answer says, the page comes from the core that endpoint.json names.
      if (new URL(reply.url).origin !== core.url) return null;
      endpoint ??= core;
      return reply.url;
    } catch {
      return null;
    }
  };

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      if (isStopped) {
        resolve();
        return;
      }
      const cancel = clock.after(Math.min(FIRST_PAUSE_MS * 2 ** failures, LAST_PAUSE_MS), resolve);
      failures += 1;
      endPause = () => {
        cancel();
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    expectCore();
    while (!isStopped) {
      try {
        const core = findEndpoint();
        if (core !== null) await follow(core);
      } catch {
        // Refused, broken off or garbled: the tray shows the age of what is known, and the loop tries again.
      }
      if (connection === 'connected') {
        become('connecting');
        expectCore();
      }
      await pause();
    }
  };
  void run();

  return {
    state,
    async signInUrl() {
      for (let tries = 1; ; tries += 1) {
        const url = await askSignInUrl();
        if (url !== null || connection === 'lost' || isStopped || tries === MAX_SIGN_IN_TRIES) return url;
        await new Promise<void>((resolve) => clock.after(FIRST_PAUSE_MS, resolve));
      }
    },
    origin: () => endpoint?.url ?? null,
    corePid: () => endpoint?.pid ?? null,
    async ask(method, path, body) {
      const core = findEndpoint();
      if (core === null) throw new Error('The core is not running.');
      return requestCoreJson(core, method, path, body === undefined ? {} : { body });
    },
    retryNow: () => endPause(),
    async stop() {
      isStopped = true;
      cancelTimer();
      endPause();
      const socket = stream?.socket;
      stream?.destroy();
      if (socket === undefined || socket.closed) return;
      socket.destroy();
      await once(socket, 'close');
    },
  };
}
