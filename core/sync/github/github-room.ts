import type { MirrorState } from '../../../shared/contract/sync.ts';
import { createCommitReader } from '../../projects/commit-message.ts';
import type { Room, RoomContext } from '../../room.ts';
import type { CommitTasks } from '../commit-tasks.ts';
import type { Outbox } from '../outbox.ts';
import type { WebhookDesk } from '../webhook-desk.ts';
import type { ProtectionRuleEvent } from './event.ts';
import { createEventBook } from './event-book.ts';
import { createHeadStore } from './heads.ts';
import { mirrorSum } from './mirror-sum.ts';
import { repositoriesOf, type Repository } from './repositories.ts';
import { createRepositoryLink, type RepositoryLink } from './repository-link.ts';
import { createTeller } from './teller.ts';
import { createWaitingStore, runOf } from './waiting.ts';
import { createWebhookReceiver } from './webhook-receiver.ts';

/** Hears GitHub, and tells it what is decided here. A mirror: nothing it says or fails to say changes a verdict. */
export interface GitHubRoom extends Room {
  /** What it adds to the snapshot's `sync`; nothing where no project names a repository. */
  complete(): { readonly github?: MirrorState & { readonly repositories: Record<string, MirrorState> } };
  readonly webhook: WebhookDesk['github'];
}

export interface GitHubRoomParts extends Pick<
  RoomContext,
  'clock' | 'chance' | 'record' | 'config' | 'published' | 'version' | 'onFault'
> {
  readonly outbox: Outbox;
  readonly links: Pick<CommitTasks, 'noteCommit'>;
  /** Secrets of the state folder. @throws when one is there and must not be used */
  readonly secret: (name: 'github-token' | 'github-webhook') => string | null;
  readonly readFile: (path: string) => Promise<string>;
  /** Judge again at once. */
  readonly request: () => void;
}

export function createGitHubRoom(parts: GitHubRoomParts): GitHubRoom {
  const { clock, outbox, record } = parts;
  const reader = createCommitReader();
  const heads = createHeadStore(outbox.store);
  const waiting = createWaitingStore(outbox.store);
  const teller = createTeller({ outbox, heads, waiting, nowMs: () => clock.wallMs() });
  const links = new Map<string, { readonly settings: string; readonly link: RepositoryLink }>();
  let isStarted = false;
  const repositories = (): readonly Repository[] => repositoriesOf(parts.config());

  const onProtectionRule = (repository: Repository, event: ProtectionRuleEvent): boolean => {
    const { deploymentProtection, apiUrl } = repository.github;
    const runId = deploymentProtection ? runOf(event, apiUrl) : null;
    if (runId === null) return false;
    const { environment, sha } = event;
    waiting.add(repository.name, { runId, environment, sha, askedAtMs: clock.wallMs() });
    return true;
  };
  const book = createEventBook({
    clock,
    record,
    heads,
    links: parts.links,
    reader,
    repositories,
    onProtectionRule,
    onAskedAgain: (_repository, sha) => teller.tellAgain(sha),
    onChange: () => queueMicrotask(() => parts.request()),
  });
  const tellAll = (): void => {
    const snapshot = parts.published.snapshot();
    for (const repository of repositories()) teller.tell(repository, snapshot);
  };
  const receive = createWebhookReceiver({
    clock,
    secret: () => parts.secret('github-webhook'),
    outbox,
    take: (event) => book.take(event),
  });

  /** Links follow the settings: a changed one begins anew. */
  const useSettings = (): void => {
    const wanted = new Map(repositories().map((one) => [one.name.toLowerCase(), one]));
    for (const [key, { settings, link }] of links) {
      const now = wanted.get(key);
      if (now !== undefined && JSON.stringify(now.github) === settings) continue;
      link.stop().catch(parts.onFault);
      links.delete(key);
    }
    for (const [key, repository] of wanted) {
      if (links.has(key)) continue;
      const link = createRepositoryLink({
        ...parts,
        repository,
        heads,
        reader,
        book,
        keptToken: () => parts.secret('github-token'),
        onHeads: () => guarded(tellAll),
      });
      links.set(key, { settings: JSON.stringify(repository.github), link });
      link.start();
    }
  };
  const lookAll = (): void => {
    for (const { link } of links.values()) link.look().catch(parts.onFault);
  };
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      parts.onFault(error);
    }
  };

  return {
    start() {
      isStarted = true;
      useSettings();
      tellAll();
    },
    take() {
      // One round alone tells nobody.
      if (!isStarted) return;
      useSettings();
      lookAll();
      tellAll();
    },
    async stop() {
      isStarted = false;
      const open = [...links.values()];
      links.clear();
      await Promise.all(open.map(async ({ link }) => link.stop()));
    },
    complete() {
      if (links.size === 0) return {};
      const states = Object.fromEntries(
        [...links.values()].map(({ link }) => [link.repository.name, link.state()]),
      );
      return { github: { ...mirrorSum(states), repositories: states } };
    },
    async webhook(call) {
      const answer = await receive(call);
      if (answer.text === 'accepted' && isStarted) {
        guarded(tellAll);
        for (const { link } of links.values()) link.wake();
      }
      return answer;
    },
  };
}
