import { z } from 'zod';

import { MANUS_TASK_PATTERN, TASK_STATUSES } from './vocabulary.ts';

export const MIRROR_STATES = ['off', 'ok', 'failing', 'stopped'] as const;

/** How one destination fares: `snapshot.sync[destination]`. */
export const mirrorStateSchema = z.object({
  /** `failing` tries again by itself; `stopped` needs a person. */
  state: z.enum(MIRROR_STATES),
  /** What waits, is on its way or may have arrived. */
  queuedCount: z.number().int().min(0),
  /** Of these, what may or may not have arrived and is being looked for. */
  unsureCount: z.number().int().min(0),
  /** Given up, each with its reason; kept for 90 days. */
  deadCount: z.number().int().min(0),
  oldestQueuedAt: z.string().nullable(),
  lastSuccessAt: z.string().nullable(),
  /** The last failure, even if all is well again. */
  lastError: z.string().nullable(),
  lastErrorAt: z.string().nullable(),
  /** What is wrong now, in a sentence; null when nothing is. */
  problem: z.string().nullable(),
  /** Null when nothing waits. */
  nextTryAt: z.string().nullable(),
});
export type MirrorState = z.infer<typeof mirrorStateSchema>;

export const differenceSchema = z.object({
  what: z.enum(['missing', 'title', 'status']),
  ours: z.string(),
  theirs: z.string(),
});

export const linkedCommitSchema = z.object({
  commit: z.string(),
  source: z.enum(['hook', 'person', 'github']),
  linkedAt: z.string(),
});

export const mirroredTaskSchema = z.object({
  task: z.string(),
  role: z.enum(['board', 'task']),
  url: z.string().nullable(),
  ourTitle: z.string().nullable(),
  ourStatus: z.enum(TASK_STATUSES).nullable(),
  /** Null while it was never seen there. */
  theirTitle: z.string().nullable(),
  theirStatus: z.string().nullable(),
  seenAt: z.string().nullable(),
  differences: z.array(differenceSchema),
  /** Null while nothing differs. */
  differsSince: z.string().nullable(),
  commits: z.array(linkedCommitSchema),
});
export type MirroredTask = z.infer<typeof mirroredTaskSchema>;

/** What a person may do about a message. */
export const MESSAGE_ACTS = ['retry', 'drop'] as const;
export type MessageAct = (typeof MESSAGE_ACTS)[number];

export const queuedMessageSchema = z.object({
  id: z.string(),
  destination: z.string(),
  act: z.string(),
  project: z.string().nullable(),
  cause: z.string(),
  /** `unsure` may have arrived and is looked for; `dead` was given up. */
  state: z.enum(['waiting', 'sending', 'unsure', 'dead']),
  queuedAt: z.string(),
  triesCount: z.number().int(),
  /** The last failure, or why it was given up. */
  why: z.string().nullable(),
  /** Retrying is for what was given up; dropping for that and for what waits. */
  can: z.array(z.enum(MESSAGE_ACTS)),
});

export const messageNamedSchema = z.strictObject({ id: z.string().min(1).max(600) });
export const pushReplySchema = z.object({
  /** False when that was asked for a moment ago. */
  isPushed: z.boolean(),
});
export type PushReply = z.infer<typeof pushReplySchema>;

export const syncReplySchema = z.object({
  destinations: z.record(z.string(), mirrorStateSchema),
  /** Newest first, 100 at most. */
  messages: z.array(queuedMessageSchema),
  projects: z.array(
    z.object({
      /** Null for tasks that belong to no registered project. */
      project: z.string().nullable(),
      tasks: z.array(mirroredTaskSchema),
      /** Commits that ask for a task that is not there yet. */
      asking: z.array(linkedCommitSchema),
    }),
  ),
});
export type SyncReply = z.infer<typeof syncReplySchema>;

export const linkCommitSchema = z.strictObject({
  /** The project's id; else `repository` says where the commit is. */
  project: z.string().min(1).max(63).optional(),
  repository: z.string().startsWith('/').max(4096).optional(),
  commit: z.string().regex(/^[0-9a-f]{7,64}$/, 'must be a commit, 7 to 64 hexadecimal digits'),
  /** An id, an address of manus.im, or "new". */
  task: z.string().min(1).max(256),
  /** First line of the commit's message, for a task that is asked for. */
  title: z.string().max(200).optional(),
});
export const linkReplySchema = z.object({
  project: z.string(),
  commit: z.string(),
  task: z.string(),
  isNew: z.boolean(),
});
export type LinkReply = z.infer<typeof linkReplySchema>;

export const taskParamsSchema = z.strictObject({
  task: z.string().regex(MANUS_TASK_PATTERN, "must be a task's id: 22 letters and digits"),
});
export const setTaskStatusSchema = z.strictObject({ status: z.enum(TASK_STATUSES).nullable() });

export const askBoardSchema = z.strictObject({ project: z.string().min(1).max(63) });
export const askBoardReplySchema = z.object({
  /** False when there is a board already. */
  isAsked: z.boolean(),
});
