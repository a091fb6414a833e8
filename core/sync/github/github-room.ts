import { createCommitReader } from '../../projects/commit-message.ts';
import type { Room, RoomContext } from '../../room.ts';
import type { Outbox } from '../outbox.ts';
import type { WebhookDesk } from '../webhook-desk.ts';
import { createEventBook, type CommitLinks } from './event-book.ts';
import { createHeadStore } from './heads.ts';
import { repositoriesOf } from './repositories.ts';
import { createWebhookReceiver } from './webhook-receiver.ts';

/** Hears GitHub, and tells it what is decided here. GitHub is a mirror: nothing it says or fails to say changes a verdict. */
export interface GitHubRoom extends Room {
  /** What it adds to the snapshot's `sync`. */
  complete(): Record<string, unknown>;
  readonly webhook: WebhookDesk['github'];
}

export interface GitHubRoomParts extends Pick<RoomContext, 'clock' | 'record' | 'config' | 'onFault'> {
  readonly outbox: Outbox;
  readonly links: CommitLinks;
  /** @throws when it is there and must not be used */
  readonly webhookSecret: () => string | null;
  /** Judge again at once. */
  readonly request: () => void;
}

export function createGitHubRoom(parts: GitHubRoomParts): GitHubRoom {
  const { clock, outbox, record } = parts;
  const repositories = (): ReturnType<typeof repositoriesOf> => repositoriesOf(parts.config());
  const heads = createHeadStore(outbox.store);
  const book = createEventBook({
    clock,
    record,
    heads,
    links: parts.links,
    reader: createCommitReader(),
    repositories,
    onProtectionRule: () => false,
    onAskedAgain: () => undefined,
    onChange: () => queueMicrotask(() => parts.request()),
  });
  const webhook = createWebhookReceiver({
    clock,
    secret: parts.webhookSecret,
    outbox,
    take: (event) => book.take(event),
  });
  return { complete: () => ({}), webhook };
}
