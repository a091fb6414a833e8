import type { ManusConfig } from '../../shared/contract/sync-config.ts';
import type { Clock } from '../clock.ts';
import type { LinkBook } from './link-book.ts';
import { createBodySchema, MANUS, titleBodySchema, type CreateBody, type TitleBody } from './manus-acts.ts';
import { MANUS_LIMIT_MS, type ManusClient } from './manus-client.ts';
import { NO_SUCH_TASK, type ManusFailure } from './manus-failure.ts';
import type { Carrier, Delivery, Found, OutboxMessage } from './message.ts';
import { createRequestLimits, type RequestLimits, type RequestRule } from './request-limits.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { TaskBook } from './task-book.ts';
import { unreadableBody } from './unreadable-body.ts';

/** A request may arrive as late as its time limit: the window that Manus counts in is widened by it. */
const WINDOW_MS = 60_000 + MANUS_LIMIT_MS;
const DAY_MS = 24 * 60 * 60_000;
/** Of 10, 40 and 100 a minute: the limits are shared with everything else the person does. */
const PER_MINUTE = { create: 8, write: 30, read: 75 } as const;
/** New tasks answer 404 for a while. */
const NEW_TASK_LAG_MS = 120_000;
const LAG_WAIT_MS = 15_000;
/** A title is told once a minute at most. */
const TITLE_GAP_MS = 60_000;
/** Two tries that fail, hangs and waits, pass within two minutes: then the title is right again. */
const LONGEST_WAIT_MS = 40_000;
/** A sign-in page of a network answers like a wrong address, and is soon gone. */
const ADDRESS_WAIT_MS = 5 * 60_000;
/** Pages of 100 that are looked through for a marker. */
const MOST_PAGES = 10;

export type ManusLimits = RequestLimits;

export function createManusLimits(
  clock: Clock,
  store: Pick<OutboxStore, 'value' | 'setValue'>,
  settings: () => ManusConfig,
): ManusLimits {
  const rules = (group: string): readonly RequestRule[] => {
    if (group === 'read') return [{ count: PER_MINUTE.read, windowMs: WINDOW_MS }];
    if (group === 'write') return [{ count: PER_MINUTE.write, windowMs: WINDOW_MS }];
    if (group === 'create') return [{ count: PER_MINUTE.create, windowMs: WINDOW_MS }];
    return [{ count: settings().dailyTaskBudget, windowMs: DAY_MS }];
  };
  return createRequestLimits(clock, store, MANUS, rules);
}

export interface ManusCarrierParts {
  readonly clock: Clock;
  readonly settings: () => ManusConfig;
  readonly client: ManusClient;
  readonly limits: ManusLimits;
  readonly tasks: TaskBook;
  readonly links: LinkBook;
}

/** Brings titles and wanted tasks to Manus. */
export function createManusCarrier(parts: ManusCarrierParts): Carrier {
  const { clock, client, limits, tasks } = parts;
  /** A task that is ours to write: whether the key was ever taken tells a foreign task from a foreign key. */
  let hasWorked = false;

  const create = async (body: CreateBody): Promise<Delivery> => {
    const answer = await client.createTask(body);
    if (answer.ok) return { kind: 'delivered', answer: `task ${answer.value.id}` };
    if (answer.failure.mayHaveArrived) return { kind: 'unsure', why: answer.failure.why };
    return deliveryOf(answer.failure, hasWorked);
  };

  const update = async ({ task, title }: TitleBody): Promise<Delivery> => {
    const answer = await client.updateTitle(task, title);
    if (answer.ok) return { kind: 'delivered', answer: `task ${task}` };
    if (answer.failure.kind === 'not-found') {
      const known = tasks.one(task);
      const isNew = known !== null && clock.wallMs() - known.addedAtMs < NEW_TASK_LAG_MS;
      if (isNew)
        return { kind: 'later', why: 'the task is still too new', afterMs: LAG_WAIT_MS, holds: 'message' };
    }
    return deliveryOf(answer.failure, hasWorked);
  };

  /** Goes through the newest tasks until the marker is found, or all that could hold it were seen. */
  const findMarker = async (marker: string): Promise<Found> => {
    let cursor: string | null = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const waitMs = limits.take('read');
      if (waitMs > 0) return { kind: 'unknown', why: 'the minute is used up', afterMs: waitMs };
      const answer = await client.listTasks(cursor);
      if (!answer.ok) {
        const { why, afterMs } = answer.failure;
        return stopOf(answer.failure) ?? { kind: 'unknown', why, afterMs };
      }
      const found = answer.value.tasks.find(({ title }) => title.includes(marker));
      if (found !== undefined) return { kind: 'there', answer: `task ${found.id}` };
      cursor = answer.value.nextCursor;
      if (cursor === null) return { kind: 'absent' };
    }
    return { kind: 'absent' };
  };

  const parsed = (message: OutboxMessage): CreateBody | TitleBody =>
    message.act === 'task.create'
      ? createBodySchema.parse(message.body)
      : titleBodySchema.parse(message.body);

  return {
    destination: MANUS,
    longestWaitMs: LONGEST_WAIT_MS,
    isEnabled: () => parts.settings().enabled,
    take(act) {
      if (act !== 'task.create') return limits.take('write');
      const waitMs = Math.max(limits.waitMs('create'), limits.waitMs('created'));
      if (waitMs > 0) return waitMs;
      limits.take('create');
      return limits.take('created');
    },
    onNoEffect(act) {
      if (act === 'task.create') limits.giveBack('created');
    },
    keyGapMs: (act) => (act === 'task.update' ? TITLE_GAP_MS : 0),
    unreadable: ({ act, body }) =>
      unreadableBody(act === 'task.create' ? createBodySchema : titleBodySchema, body),
    async send(message) {
      const body = parsed(message);
      const delivery = await ('task' in body ? update(body) : create(body));
      if (delivery.kind === 'delivered') hasWorked = true;
      return delivery;
    },
    find: (message) => findMarker(createBodySchema.parse(message.body).marker),
    onDead(message, why) {
      if (message.act === 'task.update' && why === NO_SUCH_TASK)
        tasks.missed(titleBodySchema.parse(message.body).task, clock.wallMs());
    },
    onDelivered(message, answer) {
      const nowMs = clock.wallMs();
      const body = parsed(message);
      if ('task' in body) {
        tasks.took(body.task, body.title, nowMs);
        return;
      }
      const id = answer.replace(/^task /, '');
      tasks.add(id, body.project, body.purpose, nowMs);
      if (body.purpose === 'board') tasks.setOurTitle(id, body.title, nowMs);
      const { project, commit, patchId } = body;
      if (commit !== null) parts.links.name({ project, commit, patchId }, id);
    },
  };
}

/** What a failure means for a message that may be sent again. */
function deliveryOf({ kind, why, afterMs }: ManusFailure, hasWorked: boolean): Delivery {
  switch (kind) {
    case 'forbidden':
      // The key is good for other tasks: this one is somebody else's.
      return hasWorked ? { kind: 'refused', why } : { kind: 'stop', why };
    case 'key':
      return { kind: 'stop', why };
    case 'address':
      return { kind: 'stop', why, afterMs: ADDRESS_WAIT_MS };
    case 'rate':
      return { kind: 'later', why, afterMs, holds: 'act' };
    case 'invalid':
    case 'not-found':
      return { kind: 'refused', why };
    default:
      return { kind: 'later', why, afterMs, holds: 'all' };
  }
}

/** Null for what mends itself. */
export function stopOf({
  kind,
  why,
}: ManusFailure): { readonly kind: 'stop'; readonly why: string; readonly afterMs?: number } | null {
  if (kind === 'address') return { kind: 'stop', why, afterMs: ADDRESS_WAIT_MS };
  return kind === 'key' || kind === 'forbidden' ? { kind: 'stop', why } : null;
}
