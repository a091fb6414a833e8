import { CommitParser } from 'conventional-commits-parser';

import {
  COMMIT_TYPES,
  type CommitMessage,
  type CommitType,
  type ConventionalTitle,
} from '../../shared/policy/classify-change.ts';

/**
 * Conventional Commits 1.0.0 where the package reads it differently: `!` is part of the header, a scope may hold
 * anything but brackets, a description is required, and BREAKING CHANGE counts in capitals alone.
 */
const HEADER = /^(\w+)(?:\(([^()\r\n]+)\))?(!)?: +(\S.*)$/;

export interface CommitReader {
  /** Never throws: what is not a conventional message is one without `conventional`. */
  read(message: string): CommitMessage;
}

/** A reader of commit messages; it holds the parser's tables, so make one and keep it. */
export function createCommitReader(): CommitReader {
  const parser = new CommitParser({
    headerPattern: HEADER,
    headerCorrespondence: ['type', 'scope', 'bang', 'subject'],
    noteKeywords: ['BREAKING CHANGE', 'BREAKING-CHANGE'],
    notesPattern: (keywords) => new RegExp(`^(${keywords}):\\s+(.*)`),
    // `-name-` lines are another tool's fields; they would hide the footers after them.
    fieldPattern: /(?!)/,
    issuePrefixes: [],
    referenceActions: [],
  });

  const titleOf = (title: string, isBreaking: boolean): ConventionalTitle | null => {
    // The parser drops lines of gpg's own output, which would make the next line the title.
    if (title.trim() === '' || /^\s*gpg:/.test(title)) return null;
    const { type, scope, bang, subject } = parser.parse(title);
    const known = COMMIT_TYPES.find((name): name is CommitType => name === type?.toLowerCase());
    if (known === undefined || typeof subject !== 'string') return null;
    const breaking = isBreaking || (bang ?? null) !== null;
    return { type: known, scope: scope ?? null, breaking, subject: subject.trim() };
  };

  const isBreaking = (message: string): boolean =>
    message.includes('BREAKING') && parser.parse(message).notes.length > 0;

  return {
    read(message) {
      const lines = message.replace(/^\uFEFF/, '').split(/\r?\n/);
      const first = lines.findIndex((line) => line.trim() !== '');
      const title = (lines[first] ?? '').trimEnd();
      const breaking = isBreaking(message);
      const reverted = revertDepth(title);
      if (reverted.depth > 0 && reverted.depth % 2 === 0)
        return { title, conventional: null, isRevert: false, merged: titleOf(reverted.inner, breaking) };
      const merged = isMerge(title)
        ? mergedTitle(lines.slice(first + 1), (line) => titleOf(line, breaking))
        : null;
      return { title, conventional: titleOf(title, breaking), isRevert: reverted.depth > 0, merged };
    },
  };
}

/** How often a title says `Revert "..."` around another; git says `Reapply "..."` for the second. */
function revertDepth(title: string): { readonly depth: number; readonly inner: string } {
  let depth = 0;
  let inner = title.replace(/\s*\(#\d+\)$/, '');
  for (;;) {
    const [, word, rest] = /^(Revert|Reapply) "(.*)"$/.exec(inner) ?? [];
    if (word === undefined || rest === undefined) return { depth, inner };
    depth += word === 'Revert' ? 1 : 2;
    inner = rest;
  }
}

function isMerge(title: string): boolean {
  return /^Merge (?:pull request|branch|branches|remote-tracking branch|tag|commit|MR|PR)\b/i.test(title);
}

/** A hosting service puts the pull request's title into the merge commit's body. */
function mergedTitle(
  body: readonly string[],
  titleOf: (line: string) => ConventionalTitle | null,
): ConventionalTitle | null {
  const line = body.find((candidate) => candidate.trim() !== '');
  return line === undefined ? null : titleOf(line.trim());
}
