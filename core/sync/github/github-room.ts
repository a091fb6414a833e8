import type { Config } from '../../../shared/contract/config.ts';
import type { Snapshot } from '../../../shared/contract/state.ts';
import type { MirrorState } from '../../../shared/contract/sync.ts';
import { createCommitReader } from '../../projects/commit-message.ts';
import type { Room, RoomContext } from '../../room.ts';
import type { CommitTasks } from '../commit-tasks.ts';
import type { Outbox } from '../outbox.ts';
import type { WebhookDesk } from '../webhook-desk.ts';
import { destinationOf } from './acts.ts';
import type { ProtectionRuleEvent } from './event.ts';
import { createEventBook } from './event-book.ts';
import { createHeadStore } from './heads.ts';
import { mirrorSum } from './mirror-sum.ts';
import { repositoriesOf, settingNotes, type Repository } from './repositories.ts';
import { createRepositoryLink, type RepositoryLink } from './repository-link.ts';
import { createTeller } from './teller.ts';
import { createWaitingStore, runOf } from './waiting.ts';
import { createWebhookReceiver } from './webhook-receiver.ts';

/** All repositories as one mirror, and each of them. */
export type GitHubMirror = MirrorState & { readonly repositories: Readonly<Record<string, MirrorState>> };

/** Hears GitHub, and tells it what is decided here. A mirror: nothing it says or fails to say changes a verdict. */
export interface GitHubRoom extends Room {
  /** What it adds to the snapshot's `sync`; nothing where no project names a repository. */
  complete(): { readonly github?: GitHubMirror };
  readonly webhook: WebhookDesk['github'];
  /** Each repository by the name of its line in the outbox. */
  states(): Readonly<Record<string, MirrorState>>;
  /** Tries at once whatever waits, and asks what is new. */
  push(): void;
  /** What the person should know: projects of one repository whose settings do not count. */
  notes(): Snapshot['notes'];
}

export interface GitHubRoomParts extends Pick<
  RoomContext,
  'clock' | 'chance' | 'record' | 'config' | 'published' | 'version' | 'onFault'
> {
  readonly outbox: Outbox;
  readonly links: Pick<CommitTasks, 'noteCommit' | 'noteIssue'>;
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
  interface Named {
    readonly config: Config;
    readonly all: readonly Repository[];
    readonly notes: Snapshot['notes'];
  }
  let named: Named | null = null;
  const current = (): Named => {
    const config = parts.config();
    if (named?.config === config) return named;
    const all = repositoriesOf(config);
    return (named = { config, all, notes: settingNotes(all) });
  };
  const repositories = (): readonly Repository[] => current().all;
  let used: readonly Repository[] | null = null;
  let summed: { readonly of: readonly MirrorState[]; readonly sum: GitHubMirror } | null = null;

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
    onAskedAgain: (repository, sha) => teller.tellAgain(repository, sha),
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
    if (used === repositories()) return;
    used = repositories();
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
        wantsIssues() {
          const { enabled, createFromIssues } = parts.config().sync.manus;
          return enabled && createFromIssues;
        },
        onHeads: () => guarded(tellAll),
      });
      links.set(key, { settings: JSON.stringify(repository.github), link });
      link.start();
    }
  };
  const lookAll = (): void => {
    for (const { link } of links.values()) if (link.needsLook()) link.look().catch(parts.onFault);
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
      used = null;
      const open = [...links.values()];
      links.clear();
      await Promise.all(open.map(async ({ link }) => link.stop()));
    },
    complete() {
      if (links.size === 0) return {};
      const all = [...links.values()].map(({ link }) => link);
      const of = all.map((link) => link.state());
      if (summed?.of.length !== of.length || !of.every((state, index) => state === summed?.of[index])) {
        const states = Object.fromEntries(all.map((link) => [link.repository.name, link.state()]));
        summed = { of, sum: { ...mirrorSum(states), repositories: states } };
      }
      return { github: summed.sum };
    },
    states: () =>
      Object.fromEntries(
        [...links.values()].map(({ link }) => [destinationOf(link.repository.name), link.state()]),
      ),
    push() {
      for (const { link } of links.values()) link.push();
    },
    notes: () => current().notes,
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
