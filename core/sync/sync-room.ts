import type { Snapshot } from '../../shared/contract/state.ts';
import type { MirrorState } from '../../shared/contract/sync.ts';
import { deployedStatus } from '../../shared/sync/deployed-status.ts';
import { statusTitle } from '../../shared/sync/task-title.ts';
import type { GitPatches } from './git-patches.ts';
import type { Git } from '../hooks/git-program.ts';
import { projectsIn } from '../hooks/concerned-projects.ts';
import type { Room, RoomContext } from '../room.ts';
import { createBoards } from './boards.ts';
import { createCommitTasks, type CommitTasks } from './commit-tasks.ts';
import { createCourier } from './courier.ts';
import { createLinkBook, type CommitLink } from './link-book.ts';
import type { LinkLine, NewLines } from './link-file.ts';
import { MANUS, titleItem } from './manus-acts.ts';
import { createManusCarrier, createManusLimits } from './manus-carrier.ts';
import { createManusClient } from './manus-client.ts';
import { createManusReader } from './manus-reader.ts';
import { createMessageDesk } from './message-desk.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createSyncDesk, type SyncDesk } from './sync-desk.ts';
import { createTaskBook } from './task-book.ts';
import { createWebhookCheck, type WebhookCheck } from './manus-webhook.ts';

/** What is decided here, told elsewhere: the outbox, Manus, and the commits that belong to its tasks. */
export interface SyncRoom extends Required<Pick<Room, 'take' | 'start' | 'stop'>> {
  readonly outbox: Outbox;
  readonly desk: SyncDesk;
  readonly commitTasks: CommitTasks;
  readonly manusWebhook: WebhookCheck;
  /** Another part that takes from the same outbox: shown and pushed with ours. */
  readonly join: (other: OtherMirrors) => void;
  /** `snapshot.sync`, as far as it is ours. */
  states(): Record<string, MirrorState>;
}

export interface OtherMirrors {
  states(): Readonly<Record<string, MirrorState>>;
  push(): void;
}

export interface SyncRoomParts extends Pick<
  RoomContext,
  'clock' | 'chance' | 'env' | 'record' | 'config' | 'onFault'
> {
  readonly database: NonNullable<RoomContext['database']>;
  readonly fetch: typeof fetch;
  /** @throws Error in words when the key must not be used */
  readonly readKey: () => Promise<string | null>;
  /** What the post-commit hook noted since the last time. */
  readonly newLinks: (store: Outbox['store']) => Promise<NewLines | null>;
  readonly git: Git;
  readonly patches: GitPatches;
}

const DEPLOYMENTS_MS = 30 * 24 * 60 * 60_000;
/** Changes that are looked up at a time: somebody linked them by hand, or elsewhere. */
const MOST_UNKNOWN = 20;
const FOLLOW_EVERY_MS = 60 * 60_000;

export function createSyncRoom(parts: SyncRoomParts): SyncRoom {
  const { clock, database, record } = parts;
  const settings = (): ReturnType<RoomContext['config']>['sync']['manus'] => parts.config().sync.manus;
  const projects = (): ReturnType<RoomContext['config']>['projects'] => parts.config().projects;
  const outbox = createOutbox(database, clock);
  const tasks = createTaskBook(database);
  const links = createLinkBook(database);
  const limits = createManusLimits(clock, outbox.store, settings);
  const client = createManusClient({ clock, settings, readKey: parts.readKey, fetch: parts.fetch });
  const carrier = createManusCarrier({ clock, settings, client, limits, tasks, links });
  const courier = createCourier({ ...parts, outbox, carrier });
  const commitTasks = createCommitTasks({ clock, outbox, links, tasks, settings });
  const boards = createBoards({
    clock,
    outbox,
    tasks,
    settings,
    isRegistered: (project) => projects().some(({ id }) => id === project),
  });
  let followedAtMs: number | null = null;
  /** When git was last asked what a commit changes: the lowest was asked longest ago. */
  const askedTurns = new Map<string, number>();
  let lastTurn = 0;
  let inForce = JSON.stringify(settings());

  /** The mirror of our status of a task, where that is wanted and its title is known. */
  const mirrorStatus = (id: string): void => {
    const task = tasks.one(id);
    if (task?.role !== 'task' || task.isMissing || task.theirTitle === null) return;
    const { enabled, pushTaskStatus } = settings();
    if (!enabled || !pushTaskStatus) return;
    const title = statusTitle(task.theirTitle, task.ourStatus);
    tasks.setOurTitle(id, title, clock.wallMs());
    if (title !== task.theirTitle)
      outbox.put(
        titleItem({ task: id, title }, task.project, `the task is ${task.ourStatus ?? 'without status'}`),
      );
  };

  const considerStatuses = (): void => {
    const deployments = record.deployments({ sinceMs: clock.wallMs() - DEPLOYMENTS_MS });
    for (const task of tasks.all()) {
      if (task.role !== 'task') continue;
      const commits = links.byTask(task.task).map(({ commit }) => commit);
      const found = deployedStatus(commits, deployments);
      const isNewer = found !== null && Date.parse(found.at) > (task.ourChangedAtMs ?? 0);
      if (!isNewer && task.ourStatus === null) continue;
      outbox.within(() => {
        if (isNewer) tasks.setOurStatus(task.task, found.status, clock.wallMs());
        mirrorStatus(task.task);
      });
    }
  };

  /** What the hook noted since the last time. */
  const takeLinks = async (): Promise<void> => {
    const found = await parts.newLinks(outbox.store);
    if (found === null) return;
    // One after the other: thousands may have been noted while no core was there.
    const told: Awaited<ReturnType<typeof detailsOf>>[] = [];
    for (const line of found.lines) told.push(await detailsOf(line));
    outbox.within(() => {
      for (const { line, patchId, title } of told) {
        const { repository: root, commit, task } = line;
        for (const { project } of projectsIn({ root, mainRoot: null }, projects()))
          commitTasks.link({ project: project.id, commit, task, patchId, source: 'hook', title });
      }
      found.taken();
    });
  };
  const detailsOf = async (
    line: LinkLine,
  ): Promise<{ readonly line: LinkLine; readonly patchId: string | null; readonly title: string }> => {
    const { repository, commit } = line;
    const patchId = await parts.patches.patchIdOf(repository, commit);
    const asked = await parts.git(repository, ['log', '-1', '--format=%s', commit, '--']);
    return { line, patchId, title: asked.ok ? asked.out.trim().slice(0, 200) : '' };
  };

  /** A change that was rewritten is found again by what it changes. */
  const followRewrites = async (): Promise<void> => {
    if (followedAtMs !== null && clock.monotonicMs() - followedAtMs < FOLLOW_EVERY_MS) return;
    followedAtMs = clock.monotonicMs();
    for (const { id, path } of projects()) {
      const unknown = links.of(id).filter(({ patchId }) => patchId === null);
      const turnOf = ({ commit }: CommitLink): number => askedTurns.get(`${id} ${commit}`) ?? 0;
      // Merges stay unknown for ever: they must not keep others from their turn.
      unknown.sort((one, other) => turnOf(one) - turnOf(other));
      for (const link of unknown.slice(0, MOST_UNKNOWN)) {
        askedTurns.set(`${id} ${link.commit}`, (lastTurn += 1));
        const patchId = await parts.patches.patchIdOf(path, link.commit);
        if (patchId !== null) outbox.within(() => links.know(link, patchId));
      }
      const known = links.of(id).filter(({ patchId }) => patchId !== null);
      if (known.length === 0) continue;
      const onBranch = await parts.patches.onBranch(path);
      outbox.within(() => {
        for (const link of known) {
          const commit = onBranch.get(link.patchId ?? '');
          if (commit !== undefined && commit !== link.commit) links.move(link, commit);
        }
      });
    }
  };

  const reader = createManusReader({
    ...parts,
    settings,
    client,
    limits,
    tasks,
    courier,
    within: (act) => outbox.within(act),
    async onRound() {
      await takeLinks();
      await followRewrites();
      considerStatuses();
    },
  });

  const states = (): Record<string, MirrorState> => {
    const state = courier.state();
    return state.state === 'off' && state.queuedCount + state.deadCount === 0 ? {} : { [MANUS]: state };
  };
  const who = parts.env['USER'] ?? parts.env['USERNAME'] ?? 'local user';
  const others: OtherMirrors[] = [];
  const messages = createMessageDesk({
    ...parts,
    who,
    outbox,
    pushAll() {
      courier.resume();
      reader.resume();
      for (const other of others) other.push();
    },
  });
  const desk = createSyncDesk({
    ...parts,
    who,
    messages,
    outbox,
    tasks,
    links,
    boards,
    commitTasks,
    projects,
    states: () => others.reduce((all, other) => ({ ...all, ...other.states() }), states()),
    isEnabled: () => settings().enabled,
    onStatus: mirrorStatus,
  });

  return {
    outbox,
    desk,
    commitTasks,
    join: (other) => void others.push(other),
    manusWebhook: createWebhookCheck({
      clock,
      client,
      limits,
      outbox,
      settings,
      onEvent: () => reader.wake(),
    }),
    states,
    take(snapshot: Snapshot) {
      const now = JSON.stringify(settings());
      if (now !== inForce) {
        inForce = now;
        courier.resume();
        reader.resume();
      }
      boards.take(snapshot);
    },
    start() {
      courier.start();
      reader.start();
    },
    async stop() {
      reader.stop();
      await courier.stop();
    },
  };
}
