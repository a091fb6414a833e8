import type { GateAsk } from '../../shared/contract/gate-ask.ts';
import type { ChangeType } from '../../shared/contract/vocabulary.ts';
import { classifyChange } from '../../shared/policy/classify-change.ts';
import type { CommitReader } from '../projects/commit-message.ts';

/**
 * The change types that a push lands, each judged by its own title and files (domain 1.3); null when that cannot
 * be told, and the project's default change type has to do.
 *
 * Merge commits count only where they stand alone: what they bring in is in the list. A branch set back to an
 * older commit lands nothing and takes something away, which is a revert.
 */
export function landingChanges(ask: GateAsk, reader: CommitReader): readonly ChangeType[] | null {
  if (!ask.isComplete) return null;
  if (ask.commits.length === 0) return ['revert'];
  const own = ask.commits.filter(({ isMerge }) => !isMerge);
  const counted = own.length > 0 ? own : ask.commits;
  const types = counted.map(({ title, paths }) => {
    const message = reader.read(title.replace(/^(?:(?:fixup|squash|amend)! )+/, ''));
    return classifyChange(message, paths.length === 0 ? null : paths).type;
  });
  return [...new Set(types)];
}
