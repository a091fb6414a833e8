import { expect, vi } from 'vitest';

import { createPublished, type Published } from '../../core/published.ts';
import type { WebhookDesk } from '../../core/sync/webhook-desk.ts';
import { commitTasksIn } from '../../core/sync/github/github-in-house.ts';
import { createGitHubRoom, type GitHubRoom } from '../../core/sync/github/github-room.ts';
import { configSchema, type Config } from '../../shared/contract/config.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { openPull, signedCall, snapshotTelling, type ToldOfAll } from './github-project.ts';
import { startGitHubServer, type GitHubServer, type Heard } from './github-server.ts';
import { syncHouse, type SyncHouse } from './sync-house.ts';

/** The commit that the open pull request is at. */
export const SHA = 'a'.repeat(40);
export const WEBHOOK_SECRET = 'a secret of both sides';

type Mirror = NonNullable<ReturnType<GitHubRoom['complete']>['github']>;

/** The GitHub room in front of a GitHub that behaves as documented. */
export interface GitHubHouse {
  readonly clock: FakeClock;
  readonly server: GitHubServer;
  readonly house: SyncHouse;
  readonly faults: unknown[];
  /** Files of the person, by path. */
  readonly files: Record<string, string>;
  readonly published: Published;
  /** The settings of the project "shop", null without GitHub; taken over at the next start or snapshot. */
  github: Record<string, unknown> | null;
  /** What the person keeps as the token. */
  token: string | null;
  /** Further projects, and settings of Manus. */
  more: { readonly projects?: readonly object[]; readonly manus?: object };
  room(): GitHubRoom;
  start(): void;
  /** Ends the room and opens the record again. */
  restart(): Promise<void>;
  /** One pull request is open, with one file in it. */
  withPull(over?: Record<string, unknown>): void;
  tell(told: ToldOfAll): void;
  hook(name: string, payload: object): ReturnType<WebhookDesk['github']>;
  told(part: string): Heard[];
  /** How the mirror stands. @throws where there is none. */
  mirror(): Mirror;
  /** Time goes on until something is so. */
  until(what: () => boolean, mostMs?: number): Promise<void>;
  passMs(ms: number): Promise<void>;
  remove(): Promise<void>;
}

export async function githubHouse(repository = 'ann/shop'): Promise<GitHubHouse> {
  const clock = fakeClock('2026-01-05T10:00:00.000Z');
  const house = await syncHouse(clock);
  const server = await startGitHubServer(repository);
  server.pages = { '': { default_branch: 'main' }, '/pulls': [], '/deployments': [], '/commits': [] };
  const published = createPublished(() => undefined);
  const config = (): Config =>
    configSchema.parse({
      projects: [{ id: 'shop', path: '/shop', github: self.github }, ...(self.more.projects ?? [])],
      sync: { manus: self.more.manus ?? {} },
    });
  /** All that is on its way has come back. */
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await vi.waitFor(() => expect(server.heard.every(({ status }) => status !== 0)).toBe(true), {
      timeout: 20_000,
    });
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const open = (): GitHubRoom =>
    createGitHubRoom({
      clock,
      chance: () => 0.5,
      record: house.record(),
      config,
      published,
      version: '1.0.0',
      outbox: house.outbox(),
      links: commitTasksIn(house.database(), clock, house.outbox(), config),
      secret: (name) => (name === 'github-webhook' ? WEBHOOK_SECRET : self.token),
      readFile: (path) => Promise.resolve(self.files[path] ?? ''),
      request: () => undefined,
      onFault: (error) => self.faults.push(error),
    });
  let room: GitHubRoom | null = null;
  const self: GitHubHouse = {
    clock,
    server,
    house,
    published,
    faults: [],
    files: {},
    github: { repository, apiUrl: server.url, commitStatus: true },
    token: 'good-token',
    more: {},
    room: () => (room ??= open()),
    start: () => self.room().start?.(),
    async restart() {
      await room?.stop?.();
      await house.restart();
      room = null;
      self.start();
    },
    withPull(over = {}) {
      server.pages = {
        ...server.pages,
        '/pulls': [openPull(SHA, over)],
        '/pulls/7/files': [{ filename: 'a.ts' }],
      };
    },
    tell(told) {
      published.take(snapshotTelling(told));
      room?.take?.(published.snapshot());
    },
    hook: (name, payload) => self.room().webhook(signedCall(name, payload, WEBHOOK_SECRET)),
    told: (part) => server.heard.filter(({ method, path }) => method === 'POST' && path.includes(part)),
    mirror() {
      const { github } = self.room().complete();
      if (github === undefined) throw new Error('GitHub is not there');
      return github;
    },
    async until(what, mostMs = 120_000) {
      for (let ms = 0; !what() && ms < mostMs; ms += 1000) {
        await clock.advanceMs(1000);
        await settled();
      }
      expect(what()).toBe(true);
    },
    async passMs(ms) {
      for (let gone = 0; gone < ms; gone += 5000) {
        await clock.advanceMs(5000);
        await settled();
      }
    },
    async remove() {
      await room?.stop?.();
      await server.stop();
      house.remove();
      expect(self.faults).toEqual([]);
    },
  };
  self.tell({ verdict: 'allow' });
  return self;
}
