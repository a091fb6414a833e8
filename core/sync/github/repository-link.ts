import type { MirrorState } from '../../../shared/contract/sync.ts';
import type { CommitReader } from '../../projects/commit-message.ts';
import type { RoomContext } from '../../room.ts';
import { createCourier } from '../courier.ts';
import type { Outbox } from '../outbox.ts';
import { createGitHubCarrier } from './carrier.ts';
import { createGitHubClient } from './client.ts';
import { createCredentials } from './credential.ts';
import type { EventBook } from './event-book.ts';
import type { HeadStore } from './heads.ts';
import { createIssueReader } from './issue-reader.ts';
import { createPartReader } from './part-reader.ts';
import { createPoller, type Poller } from './poller.ts';
import type { Repository } from './repositories.ts';
import { createRepositoryReader } from './repository-reader.ts';

/** All that goes to and comes from one repository. */
export interface RepositoryLink {
  readonly repository: Repository;
  start(): void;
  /** Waits a moment for what is on its way. */
  stop(): Promise<void>;
  /** A webhook told of something whose files are not known yet. */
  wake(): void;
  /** Tries at once again, whatever held it; what GitHub itself asked to wait for is waited for. */
  push(): void;
  /** Whether something was refused that a person may have replaced since. */
  needsLook(): boolean;
  /** Tries at once again when what GitHub refused was replaced by another token or key. */
  look(): Promise<void>;
  /** The same object until something changes. */
  state(): MirrorState;
}

interface Told {
  readonly told: MirrorState;
  readonly problem: ReturnType<Poller['problem']>;
  readonly nextPollAtMs: number | null;
  readonly state: MirrorState;
}

export interface RepositoryLinkParts extends Pick<
  RoomContext,
  'clock' | 'chance' | 'record' | 'version' | 'onFault'
> {
  readonly repository: Repository;
  readonly outbox: Outbox;
  readonly heads: HeadStore;
  readonly reader: CommitReader;
  readonly book: Pick<EventBook, 'take'>;
  readonly readFile: (path: string) => Promise<string>;
  readonly keptToken: () => string | null;
  readonly onHeads: () => void;
  /** Whether a person wants tasks of new issues. */
  readonly wantsIssues: () => boolean;
}

export function createRepositoryLink(parts: RepositoryLinkParts): RepositoryLink {
  const { clock, outbox, repository } = parts;
  const { github, name } = repository;
  const client = createGitHubClient({ clock, apiUrl: github.apiUrl, version: parts.version });
  const credentials = createCredentials({
    clock,
    client,
    github: () => github,
    readFile: parts.readFile,
    keptToken: parts.keptToken,
  });
  let isOpen = true;
  let isHeld = false;
  let last: Told | null = null;
  const carrier = createGitHubCarrier({
    clock,
    repository: name,
    client,
    credentials,
    store: outbox.store,
    isEnabled: () => isOpen,
  });
  const courier = createCourier({ ...parts, outbox, carrier });
  const part = createPartReader(clock, name, client, credentials);
  const within = (act: () => void): void => {
    // What is answered after the end is left for the next start.
    if (isOpen) outbox.within(act);
  };
  const poller = createPoller({
    ...parts,
    parts: part,
    reader: createRepositoryReader({
      ...parts,
      repository: name,
      parts: part,
      issues: createIssueReader({
        repository: name,
        parts: part,
        store: outbox.store,
        isWanted: parts.wantsIssues,
        take: (event) => void parts.book.take(event),
        within,
      }),
      take: (event) => void parts.book.take(event),
      within,
    }),
    intervalMs: () => (github.poll.enabled ? github.poll.intervalSeconds * 1000 : null),
    note(outcome) {
      // A token that reads again may write again.
      if (outcome.kind === 'reached' && poller.problem() === null && isHeld) courier.resume();
      isHeld = outcome.kind === 'stop';
      if (isHeld) credentials.forget();
      courier.note(outcome);
    },
  });
  return {
    repository,
    start() {
      courier.start();
      poller.start();
    },
    async stop() {
      isOpen = false;
      poller.stop();
      await courier.stop();
      client.close();
    },
    wake: () => poller.wake(),
    push() {
      courier.resume();
      poller.retry();
    },
    needsLook: () => courier.state().state === 'stopped' || poller.problem()?.isStopped === true,
    async look() {
      const refused = credentials.refused();
      if (refused === null || (await credentials.stamp()) === refused || !isOpen) return;
      credentials.forget();
      courier.resume();
      poller.retry();
    },
    state() {
      const told = courier.state();
      const problem = poller.problem();
      const nextPollAtMs = poller.nextAtMs();
      if (last?.told === told && last.problem === problem && last.nextPollAtMs === nextPollAtMs)
        return last.state;
      const state = problem === null ? told.state : problem.isStopped ? 'stopped' : 'failing';
      const nextPollAt = nextPollAtMs === null ? null : new Date(nextPollAtMs).toISOString();
      const nextTryAt = told.nextTryAt ?? nextPollAt;
      const whole: MirrorState = { ...told, state, problem: problem?.why ?? told.problem, nextTryAt };
      last = { told, problem, nextPollAtMs, state: whole };
      return whole;
    },
  };
}
