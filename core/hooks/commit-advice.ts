import type { GateAsk, GateReply } from '../../shared/contract/gate-ask.ts';
import { classifyChange } from '../../shared/policy/classify-change.ts';
import type { CommitReader } from '../projects/commit-message.ts';
import { plainWords } from './plain-words.ts';

/**
 * What a new commit will count as, where that may surprise: a title without a type, or one that its files do not
 * bear out. Never stops a commit.
 */
export function adviseCommit(ask: GateAsk, reader: CommitReader): GateReply {
  const reply = { exitCode: 0, verdict: null, decisionId: null } as const;
  const [commit] = ask.commits;
  if (commit === undefined || isMadeByGit(commit.title)) return { ...reply, words: '' };
  const paths = ask.isComplete && commit.paths.length > 0 ? commit.paths : null;
  const result = classifyChange(reader.read(commit.title), paths);
  if (result.conventional !== null && !result.needsReview) return { ...reply, words: '' };
  return { ...reply, words: plainWords(`orch: counts as ${result.type}: ${result.reason}.`) };
}

/** Titles that git writes itself, and those that another commit will swallow. */
function isMadeByGit(title: string): boolean {
  return title.trim() === '' || /^(?:Merge |Revert "|Reapply "|(?:fixup|squash|amend)! )/.test(title);
}
