import { z } from 'zod';

import type { OutboxItem } from '../message.ts';
import { GATE_CONTEXT } from './event-book.ts';
import { CONCLUSION_OF, STATUS_OF, statusText, type GateWord } from './gate-word.ts';

/** What is told to GitHub, as it stands in the outbox. */
export const bodySchema = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('status'),
    sha: z.string(),
    state: z.enum(['success', 'pending', 'failure', 'error']),
    code: z.string().nullable(),
    description: z.string(),
  }),
  z.object({
    act: z.literal('check-run'),
    sha: z.string(),
    conclusion: z.enum(['success', 'action_required', 'failure']),
    code: z.string().nullable(),
    title: z.string(),
    summary: z.string(),
  }),
  z.object({
    act: z.literal('protection'),
    runId: z.number().int(),
    environment: z.string(),
    /** Null only comments: the deployment goes on waiting. */
    state: z.enum(['approved', 'rejected']).nullable(),
    code: z.string().nullable(),
    comment: z.string(),
  }),
  z.object({
    act: z.literal('auto-merge'),
    number: z.number().int(),
    nodeId: z.string(),
    sha: z.string(),
    isOn: z.boolean(),
    method: z.enum(['MERGE', 'SQUASH', 'REBASE']),
  }),
]);
export type GitHubBody = z.infer<typeof bodySchema>;

/** Each repository has a line of its own, so that a token that is refused holds up no other. */
export function destinationOf(repository: string): string {
  return `github:${repository.toLowerCase()}`;
}

export function statusBody(sha: string, word: GateWord): GitHubBody {
  return {
    act: 'status',
    sha,
    state: STATUS_OF[word.verdict],
    code: word.code,
    description: statusText(word.text),
  };
}

export function checkRunBody(sha: string, word: GateWord): GitHubBody {
  const title = {
    allow: 'May go now',
    throttle: 'A person confirms',
    block: 'Not now',
    unknown: 'Cannot be judged',
  };
  return {
    act: 'check-run',
    sha,
    conclusion: CONCLUSION_OF[word.verdict],
    code: word.code,
    title: title[word.verdict],
    summary: word.text,
  };
}

/** A throttle waits for a person, and what cannot be judged for data: GitHub lets a deployment wait 30 days. */
export function protectionBody(runId: number, environment: string, word: GateWord): GitHubBody {
  const state = word.verdict === 'allow' ? 'approved' : word.verdict === 'block' ? 'rejected' : null;
  const comment = `${GATE_CONTEXT}: ${word.text}`.slice(0, 1024);
  return { act: 'protection', runId, environment, state, code: word.code, comment };
}

/** States all: of several under one key only the newest is told, and arriving twice changes nothing. */
export function itemOf(
  repository: string,
  project: string | null,
  cause: string,
  body: GitHubBody,
): OutboxItem & { readonly body: GitHubBody } {
  return {
    destination: destinationOf(repository),
    act: body.act,
    key: keyOf(body),
    kind: 'state',
    isRepeatable: true,
    project,
    cause,
    body,
  };
}

const SENTENCES = ['description', 'title', 'summary', 'comment'];

/** What makes two bodies of a key the same word: numbers in a sentence change with every look. */
export function isSameWord(one: GitHubBody, other: GitHubBody): boolean {
  const gist = (body: GitHubBody): string =>
    JSON.stringify(Object.entries(body).filter(([field]) => !SENTENCES.includes(field)));
  return gist(one) === gist(other);
}

function keyOf(body: GitHubBody): string {
  switch (body.act) {
    case 'status':
    case 'check-run':
      return `${body.act} ${body.sha}`;
    case 'protection':
      return `protection ${body.runId} ${body.environment}`;
    case 'auto-merge':
      return `auto-merge ${body.number}`;
  }
}
