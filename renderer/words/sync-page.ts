import type { MirroredTask, MirrorState, SyncReply } from '../../shared/contract/sync.ts';
import type { TaskStatus } from '../../shared/contract/vocabulary.ts';

const states: Record<MirrorState['state'], string> = {
  ok: 'Fine',
  failing: 'Tries again by itself',
  stopped: 'Waits for you',
  off: 'Switched off',
};

const statuses: Record<TaskStatus, string> = {
  queued: 'queued',
  blocked: 'blocked',
  deploying: 'deploying',
  deployed: 'deployed',
  failed: 'failed',
  'rolled-back': 'rolled back',
  done: 'done',
};

const messageStates: Record<SyncReply['messages'][number]['state'], string> = {
  waiting: 'waits',
  sending: 'on its way',
  unsure: 'may have arrived; looked for',
  dead: 'given up',
};

const sources: Record<MirroredTask['commits'][number]['source'], string> = {
  hook: 'git hook',
  person: 'linked by hand',
  github: 'GitHub',
};

/** As each is spelled. */
const names: Readonly<Record<string, string>> = { github: 'GitHub', manus: 'Manus' };

const acts: Readonly<Record<string, string>> = {
  'task.create': 'Create a task',
  'task.update': 'Change a title',
  status: 'Set a commit status',
  'check-run': 'Tell a check run',
  protection: 'Answer a deployment that waits',
  'auto-merge': 'Switch auto-merge on or off',
};

const counted = (count: number, one: string, more: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${more}`;

/** The words of the sync page. */
export const syncPage = {
  lead: 'What is decided here is the truth; these are its mirrors.',
  states,
  statuses,
  messageStates,
  sources,
  name: (destination: string) => names[destination] ?? destination.replace(/^github:/, 'GitHub: '),
  act: (name: string) => acts[name] ?? name,
  none: {
    title: 'No mirrors',
    text: 'Switch on `sync.manus.enabled` in the settings, and states and tasks are mirrored at Manus.',
  },
  mirrors: 'Where it goes',
  waiting: (count: number) =>
    count === 0 ? 'nothing waits' : counted(count, 'message waits', 'messages wait'),
  unsure: (count: number) => `${count} may have arrived`,
  dead: (count: number) => `${count} given up`,
  lastSuccess: (age: string | null) => (age === null ? 'never reached' : `last success ${age}`),
  nextTry: (time: string) => `next try ${time}`,
  lastError: (why: string, age: string) => `Last error, ${age}: ${why}`,
  messages: 'Messages',
  messageActs: {
    name: (message: string) => `What to do with: ${message}`,
    retry: 'Try again',
    drop: 'Drop',
    sure: 'Drop it for good',
    keep: 'Let it be',
    retried: 'In line again.',
    dropped: 'Dropped. It stays in the audit.',
  },
  push: {
    button: 'Push now',
    done: 'Whatever waits is tried now.',
    justNow: 'That was done a moment ago; wait a little.',
  },
  boards: {
    name: (project: string) => `Status board of ${project}`,
    ask: 'Ask for a status board',
    sure: 'Ask for it: one paid run',
    keep: 'Let it be',
    asked: 'Asked for. It appears here once it is there.',
  },
  linking: {
    title: 'Link a commit',
    summary: 'by hand',
    project: 'Project',
    commit: 'Commit',
    commitHint: 'Its hash, at least 7 digits of it',
    task: 'Task',
    taskHint: 'Its id or its address',
    submit: 'Link it',
    done: 'Linked.',
  },
  because: (cause: string) => `because ${cause}`,
  queued: (age: string) => `put in line ${age}`,
  tries: (count: number) => counted(count, 'try', 'tries'),
  more: (count: number) => `and ${count} more`,
  elsewhere: 'Other tasks',
  decision: (change: string, verdict: string) => `${change}: ${verdict}`,
  noTasks: 'No tasks and no linked commits.',
  link: 'End a commit message with `Manus-Task:` and an id, or run `orch link`.',
  board: 'Status board',
  ours: (status: string) => `here: ${status}`,
  theirs: (status: string) => `at Manus: ${status}`,
  neverSeen: 'not seen there yet',
  seen: (age: string) => `read ${age}`,
  same: 'Both sides agree',
  differs: (age: string) => `First differed ${age}`,
  missing: 'It is not there any more.',
  title: (ours: string, theirs: string) => `Title here “${ours}”, there “${theirs}”`,
  status: (ours: string, theirs: string) => `Status here ${ours}, there ${theirs}`,
  commits: (count: number) => counted(count, 'commit', 'commits'),
  asking: (count: number) => `${counted(count, 'commit asks', 'commits ask')} for a task`,
  open: 'Open at Manus',
};
