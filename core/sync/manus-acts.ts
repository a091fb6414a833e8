import { createHash } from 'node:crypto';

import { z } from 'zod';

import { markedTitle, markerOf } from '../../shared/sync/task-title.ts';
import type { OutboxItem } from './message.ts';

export const MANUS = 'manus';

/** The bodies of what is sent to Manus, as the outbox keeps them. */
export const createBodySchema = z.object({
  purpose: z.enum(['board', 'task']),
  project: z.string(),
  title: z.string(),
  text: z.string(),
  marker: z.string(),
  /** The commit that asked for it, and its change. */
  commit: z.string().nullable(),
  patchId: z.string().nullable(),
});
export type CreateBody = z.infer<typeof createBodySchema>;

export const titleBodySchema = z.object({ task: z.string(), title: z.string() });
export type TitleBody = z.infer<typeof titleBodySchema>;

/** A task that a project wants. `reason` makes it one: the same reason never makes a second. */
export interface WantedTask {
  readonly purpose: 'board' | 'task';
  readonly project: string;
  readonly reason: string;
  readonly title: string;
  readonly text: string;
  readonly commit: string | null;
  readonly patchId: string | null;
  readonly cause: string;
}

/** Creating starts a paid run and cannot be taken back: at most once, found again by the marker in its title. */
export function createItem(wanted: WantedTask): OutboxItem & { readonly id: string } {
  const { purpose, project, commit, patchId, cause, text } = wanted;
  const id = `manus:${purpose}:${project}:${wanted.reason}`;
  const marker = markerOf(createHash('sha256').update(id).digest('hex'));
  const title = markedTitle(wanted.title, marker);
  const body: CreateBody = { purpose, project, title, text, marker, commit, patchId };
  return {
    destination: MANUS,
    act: 'task.create',
    key: id,
    kind: 'event',
    isRepeatable: false,
    project,
    cause,
    body,
    id,
  };
}

/** A title is a state: only the newest counts, and telling it twice does no harm. */
export function titleItem(body: TitleBody, project: string | null, cause: string): OutboxItem {
  return {
    destination: MANUS,
    act: 'task.update',
    key: `title:${body.task}`,
    kind: 'state',
    isRepeatable: true,
    project,
    cause,
    body,
  };
}
