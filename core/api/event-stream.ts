import type { ServerResponse } from 'node:http';

import type { Clock } from '../clock.ts';
import { LIMITS } from './limits.ts';

export type EventName = 'snapshot' | 'alert' | 'decision' | 'job';

/** Server-sent events with resumption: a client that comes back with Last-Event-ID gets what it missed. */
export interface EventStream {
  /** @param json asked for once, when the first reader is told: without one it is never made */
  publish(name: EventName, json: () => string): void;
  /** Takes the response over; false when there are too many readers already. */
  attach(response: ServerResponse, lastEventId: string | undefined, isShell?: boolean): boolean;
  /** Whether one of the readers is the desktop shell. */
  hasShell(): boolean;
  clients(): number;
  close(): void;
}

interface SentEvent {
  readonly id: number;
  readonly name: EventName;
  text(): string;
}

function createEvent(id: number, name: EventName, json: () => string): SentEvent {
  let text: string | null = null;
  return { id, name, text: () => (text ??= `id: ${id}\nevent: ${name}\ndata: ${json()}\n\n`) };
}

export function createEventStream(clock: Clock): EventStream {
  const responses = new Set<ServerResponse>();
  const shells = new Set<ServerResponse>();
  let kept: SentEvent[] = [];
  let lastId = 0;
  let cancelHeartbeat: (() => void) | null = null;

  const send = (response: ServerResponse, text: string): void => {
    if (response.writableLength > LIMITS.eventBacklogBytes) response.destroy();
    else response.write(text);
  };
  const beat = (): void => {
    for (const response of responses) send(response, ':\n\n');
    cancelHeartbeat = responses.size === 0 ? null : clock.after(LIMITS.eventHeartbeatMs, beat);
  };

  return {
    publish(name, json) {
      lastId += 1;
      const event = createEvent(lastId, name, json);
      // A snapshot says everything: only the newest one is worth keeping.
      if (name === 'snapshot') kept = kept.filter((other) => other.name !== 'snapshot');
      kept.push(event);
      if (kept.length > LIMITS.eventsKept) kept.shift();
      for (const response of responses) send(response, event.text());
    },
    attach(response, lastEventId, isShell = false) {
      if (responses.size >= LIMITS.eventClients) return false;
      const seenId = Number(lastEventId);
      const isResumed = Number.isInteger(seenId) && seenId > 0 && seenId <= lastId;
      const missed = isResumed
        ? kept.filter((event) => event.id > seenId)
        : kept.filter((event) => event.name === 'snapshot');
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      response.write(`retry: 1000\n\n${missed.map((event) => event.text()).join('')}`);
      responses.add(response);
      if (isShell) shells.add(response);
      response.on('close', () => {
        responses.delete(response);
        shells.delete(response);
      });
      cancelHeartbeat ??= clock.after(LIMITS.eventHeartbeatMs, beat);
      return true;
    },
    hasShell: () => shells.size > 0,
    clients: () => responses.size,
    close() {
      cancelHeartbeat?.();
      for (const response of responses) response.end();
      responses.clear();
    },
  };
}
