import { z } from 'zod';

import { VERDICTS } from './vocabulary.ts';

/** What a git hook asks the core, and what it is told. */

/** A hook looks at no more commits than this; a push of more is judged by the project's default change type. */
export const MOST_COMMITS = 100;

const path = z.string().min(1).max(4096);

export const gateCommitSchema = z.strictObject({
  title: z.string().max(10_000),
  /** What it brings in stands in the list by itself. */
  isMerge: z.boolean().default(false),
  /** Changed paths, relative to the repository. */
  paths: z.array(path).max(100_000).default([]),
});
export type GateCommit = z.infer<typeof gateCommitSchema>;

export const gateAskSchema = z.strictObject({
  kind: z.enum(['push', 'commit']),
  /** Top folder of the work tree. */
  root: path,
  /** Top folder of the main work tree, asked from a linked one. */
  mainRoot: path.nullable().default(null),
  /** Whether anything but "allow" stops the push. */
  strict: z.boolean().default(false),
  /** Branches pushed to, without `refs/heads/`. */
  branches: z.array(z.string().min(1).max(1000)).max(10_000).default([]),
  commits: z.array(gateCommitSchema).max(10_000).default([]),
  /** False where the commits could not all be listed. */
  isComplete: z.boolean().default(true),
});
export type GateAsk = z.infer<typeof gateAskSchema>;

/** `exitCode` and `words` come first: a hook in plain sh reads them without a JSON parser. */
export const gateReplySchema = z.object({
  /** What the hook ends with: 0 lets the push through. */
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(3), z.literal(4)]),
  /** One line for the person; empty when there is nothing to say. No quotes, backslashes or control letters. */
  words: z.string(),
  /** Null for a commit, and where no project is concerned. */
  verdict: z.enum(VERDICTS).nullable(),
  /** The decision that binds; `orch why` explains it. */
  decisionId: z.string().nullable(),
});
export type GateReply = z.infer<typeof gateReplySchema>;
