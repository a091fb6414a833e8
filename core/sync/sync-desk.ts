import type { ProjectConfig } from '../../shared/contract/config.ts';
import type { LinkReply, MirroredTask, MirrorState, SyncReply } from '../../shared/contract/sync.ts';
import type { TaskStatus } from '../../shared/contract/vocabulary.ts';
import { differences } from '../../shared/sync/difference.ts';
import { taskNamed } from '../../shared/sync/task-mention.ts';
import { isoNow, type Clock } from '../clock.ts';
import { projectsIn } from '../hooks/concerned-projects.ts';
import type { RecordStore } from '../history/record.ts';
import type { Boards } from './boards.ts';
import type { CommitTasks } from './commit-tasks.ts';
import type { CommitLink, LinkBook } from './link-book.ts';
import type { MessageDesk } from './message-desk.ts';
import type { Outbox } from './outbox.ts';
import type { BookedTask, TaskBook } from './task-book.ts';

export interface SyncRefusal {
  readonly refused: 'not-found' | 'invalid' | 'unavailable';
  readonly text: string;
  readonly field?: string;
}

/** What a person may see and do about mirrors. */
export interface SyncDesk extends Omit<MessageDesk, 'shown'> {
  view(): SyncReply;
  link(given: {
    readonly project?: string | undefined;
    readonly repository?: string | undefined;
    readonly commit: string;
    readonly task: string;
    readonly title?: string | undefined;
  }): LinkReply | SyncRefusal;
  setStatus(task: string, status: TaskStatus | null): MirroredTask | SyncRefusal;
  askBoard(project: string): { readonly isAsked: boolean } | SyncRefusal;
}

export interface SyncDeskParts {
  readonly clock: Clock;
  readonly who: string;
  readonly record: Pick<RecordStore, 'audit'>;
  readonly outbox: Outbox;
  readonly tasks: TaskBook;
  readonly links: LinkBook;
  readonly boards: Boards;
  readonly messages: MessageDesk;
  readonly commitTasks: CommitTasks;
  readonly projects: () => readonly ProjectConfig[];
  readonly states: () => Record<string, MirrorState>;
  readonly isEnabled: () => boolean;
  /** A status was set: its mirror may follow. */
  readonly onStatus: (task: string) => void;
}

export function createSyncDesk(parts: SyncDeskParts): SyncDesk {
  const { clock, tasks, links, outbox } = parts;

  const audit = (act: string, project: string | null, cause: string, detail: Record<string, unknown>): void =>
    parts.record.audit({ at: isoNow(clock), actor: parts.who, act, project, cause, detail });
  const projectOf = (id: string | undefined, root: string | undefined): ProjectConfig | null => {
    if (id !== undefined) return parts.projects().find((project) => project.id === id) ?? null;
    if (root === undefined) return null;
    return projectsIn({ root, mainRoot: null }, parts.projects())[0]?.project ?? null;
  };
  const noProject: SyncRefusal = {
    refused: 'not-found',
    text: 'No registered project holds this commit; name one.',
    field: 'project',
  };

  return {
    retry: (id) => parts.messages.retry(id),
    drop: (id) => parts.messages.drop(id),
    push: () => parts.messages.push(),
    view() {
      const byProject = new Map<string | null, BookedTask[]>();
      for (const { id } of parts.projects()) byProject.set(id, []);
      for (const task of tasks.all()) {
        const project = byProject.has(task.project) ? task.project : null;
        byProject.set(project, [...(byProject.get(project) ?? []), task]);
      }
      const all = links.all();
      return {
        destinations: parts.states(),
        messages: parts.messages.shown(),
        projects: [...byProject].map(([project, booked]) => ({
          project,
          tasks: booked.map((task) => taskView(task, all)),
          asking: all.filter((link) => link.project === project && link.task === 'new').map(linkView),
        })),
      };
    },
    link({ project, repository, commit, task: word, title = '' }) {
      const found = projectOf(project, repository);
      if (found === null) return noProject;
      const task = taskNamed(word);
      if (task === null)
        return { refused: 'invalid', text: 'task: not an id of 22 letters and digits', field: 'task' };
      const isNew = outbox.within(() => {
        const given = {
          project: found.id,
          commit,
          task,
          patchId: null,
          source: 'person' as const,
          title,
        };
        if (!parts.commitTasks.link(given)) return false;
        audit('link-commit', found.id, `commit ${commit.slice(0, 12)}`, { commit, task });
        return true;
      });
      return { project: found.id, commit, task, isNew };
    },
    setStatus(task, status) {
      const known = tasks.one(task);
      if (known === null)
        return { refused: 'not-found', text: 'No such task is known; link a commit first.', field: 'task' };
      outbox.within(() => {
        tasks.setOurStatus(task, status, clock.wallMs());
        audit('task-status', known.project, status ?? 'none', { task, before: known.ourStatus });
        parts.onStatus(task);
      });
      return taskView(tasks.one(task) ?? known, links.byTask(task));
    },
    askBoard(project) {
      if (projectOf(project, undefined) === null) return { ...noProject, text: `No project "${project}".` };
      if (!parts.isEnabled())
        return { refused: 'unavailable', text: 'Manus is switched off: sync.manus.enabled.' };
      const isAsked = outbox.within(() => {
        const id = parts.boards.ask(project, parts.who);
        if (id !== null) audit('ask-board', project, 'a person asked', { id });
        return id !== null;
      });
      return { isAsked };
    },
  };
}

function taskView(task: BookedTask, links: readonly CommitLink[]): MirroredTask {
  const { role, theirUrl, ourTitle, ourStatus, theirTitle, theirStatus } = task;
  return {
    task: task.task,
    role,
    url: theirUrl,
    ourTitle,
    ourStatus,
    theirTitle,
    theirStatus,
    seenAt: isoText(task.seenAtMs),
    differences: differences(task),
    differsSince: isoText(task.differsSinceMs),
    commits: links.filter((link) => link.task === task.task).map(linkView),
  };
}

function linkView({ commit, source, linkedAtMs }: CommitLink): MirroredTask['commits'][number] {
  return { commit, source, linkedAt: new Date(linkedAtMs).toISOString() };
}

function isoText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
