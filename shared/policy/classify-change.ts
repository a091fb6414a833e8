import type { ChangeType } from '../contract/vocabulary.ts';
import { isGuarded, pathKind } from './changed-path.ts';
import type { PathKind } from './path-rules.ts';

/** The types Conventional Commits names and the ones in common use with it, in lower case. */
export const COMMIT_TYPES = [
  'feat',
  'fix',
  'docs',
  'style',
  'refactor',
  'perf',
  'test',
  'build',
  'ci',
  'chore',
  'revert',
] as const;
export type CommitType = (typeof COMMIT_TYPES)[number];

export interface ConventionalTitle {
  readonly type: CommitType;
  readonly scope: string | null;
  /** `!` before the colon, or a BREAKING CHANGE footer. */
  readonly breaking: boolean;
  /** What follows the colon. */
  readonly subject: string;
}

/** A commit message or pull request title, taken apart. */
export interface CommitMessage {
  /** Its first line. */
  readonly title: string;
  /** Null where the title is not a conventional one. */
  readonly conventional: ConventionalTitle | null;
  /** `Revert "..."` as git writes it; a revert of a revert is not one. */
  readonly isRevert: boolean;
  /** The title of what a merge commit brings in; null when it does not say, or is no merge. */
  readonly merged: ConventionalTitle | null;
}

export interface Classification {
  readonly type: ChangeType;
  readonly safe: boolean;
  /** Title and files disagree: a person should look. */
  readonly needsReview: boolean;
  readonly reason: string;
  readonly conventional: ConventionalTitle | null;
}

type Judged = Omit<Classification, 'conventional' | 'safe'>;

/** Words in a title that hint at files no safe change touches; only looked at when the files are not known. */
const GUARDED_WORDS =
  /\b(?:deps?|dependenc(?:y|ies)|bump(?:s|ed)?|upgrade|lock ?files?|lock|workflows?|pipelines?|ci|github actions?|docker\w*|container|terraform|ansible|helm|k8s|kubernetes|infra(?:structure)?|deploy\w*|migrat\w+|schema|package\.json|go\.mod|makefile|cmake|release)\b/i;
const GUARDED_SCOPES =
  /^(?:.*[/,-])?(?:deps?(?:-dev)?|dependenc(?:y|ies)|ci|build|docker|infra(?:structure)?|terraform|helm|k8s|deploy(?:ment)?|migrations?|db|lock|release)(?:[/,-].*)?$/i;

/**
 * The change type of domain 1.3, from the title and the changed files. Where they disagree the more careful one
 * wins and a person is asked. `paths` is null when the files are not known: a title alone makes a change safe only
 * where it names nothing that could be guarded.
 */
export function classifyChange(message: CommitMessage, paths: readonly string[] | null): Classification {
  const title = message.conventional ?? message.merged;
  const kinds = paths === null || paths.length === 0 ? null : [...new Set(paths.map(pathKind))];
  const judged = judge(message, title, kinds);
  return { ...judged, safe: judged.type === 'safe', conventional: message.conventional };
}

function judge(
  message: CommitMessage,
  title: ConventionalTitle | null,
  kinds: readonly PathKind[] | null,
): Judged {
  const guarded = (kinds ?? []).filter(isGuarded);
  if (message.isRevert || title?.type === 'revert') return revert(guarded);
  if (title === null) return untitled(kinds, guarded);
  switch (title.type) {
    case 'feat':
    case 'perf':
    case 'refactor':
      return feature(title, guarded);
    case 'fix':
      return fix(title, guarded);
    case 'build':
    case 'ci':
      return plain('infra', `${title.type} changes how the project is built or delivered`);
    case 'docs':
    case 'style':
    case 'test':
    case 'chore':
      return harmless(title, kinds, guarded);
  }
}

function revert(guarded: readonly PathKind[]): Judged {
  const reason = 'takes an earlier change back';
  if (!guarded.includes('migration')) return plain('revert', reason);
  return { type: 'revert', needsReview: true, reason: `${reason}, and touches a migration: review it` };
}

function untitled(kinds: readonly PathKind[] | null, guarded: readonly PathKind[]): Judged {
  if (kinds === null) return plain('feature', 'the title names no type: taken as a feature');
  if (guarded.length > 0)
    return plain('infra', `the title names no type, and it touches ${filesText(guarded)}`);
  if (!kinds.includes('code')) return plain('safe', `touches ${filesText(kinds)} only`);
  return plain('feature', 'the title names no type, and it touches code: taken as a feature');
}

function feature(title: ConventionalTitle, guarded: readonly PathKind[]): Judged {
  const infra = guarded.filter((kind) => kind === 'ci' || kind === 'infrastructure');
  if (infra.length === 0) return plain('feature', `${title.type} changes what the project does`);
  return plain('infra', `${title.type} that also touches ${filesText(infra)}`);
}

/** Only a fix that is nothing but a fix counts as one: fixes pass where little else does. */
function fix(title: ConventionalTitle, guarded: readonly PathKind[]): Judged {
  if (guarded.length > 0)
    return review('infra', `titled a fix but touches ${filesText(guarded)}: not a plain fix`);
  if (title.breaking)
    return review('feature', 'titled a fix but breaks what others rely on: not a plain fix');
  if (isGuardedScope(title)) return plain('infra', `a fix of ${title.scope ?? ''}: not a plain fix`);
  return plain('fix', 'mends what is broken');
}

function harmless(
  title: ConventionalTitle,
  kinds: readonly PathKind[] | null,
  guarded: readonly PathKind[],
): Judged {
  const { type } = title;
  if (guarded.length > 0)
    return {
      type: 'infra',
      needsReview: type !== 'chore',
      reason: `titled ${type} but touches ${filesText(guarded)}`,
    };
  if (title.breaking) return review('feature', `titled ${type} but breaks what others rely on`);
  if (isDependencyScope(title)) return plain('infra', `${type}(${title.scope ?? ''}) changes dependencies`);
  if (kinds === null) return harmlessByTitle(title);
  if ((type === 'docs' || type === 'test') && kinds.includes('code'))
    return review('feature', `titled ${type} but touches code`);
  return plain('safe', `${type} that touches ${filesText(kinds)} only`);
}

function harmlessByTitle(title: ConventionalTitle): Judged {
  if (title.type === 'chore')
    return plain('feature', 'a chore may touch anything, and the changed files are not known');
  if (isGuardedScope(title) || GUARDED_WORDS.test(title.subject))
    return plain('feature', `${title.type} by its title, which names what a safe change may not touch`);
  return plain('safe', `${title.type} by its title; the changed files are not known`);
}

function isGuardedScope({ scope }: ConventionalTitle): boolean {
  return scope !== null && GUARDED_SCOPES.test(scope);
}

function isDependencyScope({ scope }: ConventionalTitle): boolean {
  return scope !== null && /^(?:.*[/,-])?(?:deps?|dependenc(?:y|ies))(?:[/,-].*)?$/i.test(scope);
}

function plain(type: ChangeType, reason: string): Judged {
  return { type, needsReview: false, reason };
}

function review(type: ChangeType, reason: string): Judged {
  return { type, needsReview: true, reason: `${reason}: review it` };
}

const KIND_WORDS: Readonly<Record<PathKind, string>> = {
  migration: 'a migration',
  ci: 'CI',
  dependency: 'dependencies',
  infrastructure: 'infrastructure',
  build: 'the build',
  docs: 'docs',
  test: 'tests',
  code: 'code',
};

function filesText(kinds: readonly PathKind[]): string {
  return kinds.map((kind) => KIND_WORDS[kind]).join(', ');
}
