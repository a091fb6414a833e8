import { expect, test } from 'vitest';

import { landingChanges } from '../../../../core/hooks/landing-changes.ts';
import { createCommitReader } from '../../../../core/projects/commit-message.ts';
import { gateAskSchema } from '../../../../shared/contract/gate-ask.ts';

const reader = createCommitReader();
type Commit = string | { title: string; paths?: string[]; isMerge?: boolean };
const landing = (commits: readonly Commit[], isComplete = true): readonly string[] | null =>
  landingChanges(
    gateAskSchema.parse({
      kind: 'push',
      root: '/a',
      commits: commits.map((commit) => (typeof commit === 'string' ? { title: commit } : commit)),
      isComplete,
    }),
    reader,
  );

test.each<[string, readonly Commit[], readonly string[]]>([
  ['a single fix', ['fix: a'], ['fix']],
  ['a fix and a feature', ['fix: a', 'feat: b', 'fix: c'], ['fix', 'feature']],
  ['a title without a type', ['some work'], ['feature']],
  ['docs by their title', ['docs: say it'], ['safe']],
  ['a chore whose files are known', [{ title: 'chore: tidy', paths: ['src/a.ts'] }], ['safe']],
  ['a fix of the pipeline', [{ title: 'fix: a', paths: ['.github/workflows/a.yml'] }], ['infra']],
  ['a fixup of a fix', ['fixup! fixup! fix: a'], ['fix']],
  ['a revert', ['Revert "feat: b"'], ['revert']],
  ['a merge beside what it brings', [{ title: "Merge branch 'x'", isMerge: true }, 'fix: a'], ['fix']],
  ['a merge alone', [{ title: "Merge branch 'x'", isMerge: true }], ['feature']],
  ['nothing new: the branch goes back', [], ['revert']],
])('%s', (_name, commits, expected) => expect(landing(commits)).toEqual(expected));

test('what was not wholly listed cannot be told', () => expect(landing(['fix: a'], false)).toBeNull());
