import { expect, test } from 'vitest';

import { adviseCommit } from '../../../../core/hooks/commit-advice.ts';
import { createCommitReader } from '../../../../core/projects/commit-message.ts';
import { gateAskSchema } from '../../../../shared/contract/gate-ask.ts';

const words = (title: string, paths: readonly string[] = [], isComplete = true): string =>
  adviseCommit(
    gateAskSchema.parse({ kind: 'commit', root: '/a', commits: [{ title, paths }], isComplete }),
    createCommitReader(),
  ).words;

test.each([
  ['feat: more', ['src/a.ts']],
  ['fix: count right', ['src/a.ts']],
  ['docs: say it', ['docs/a.md']],
  ["Merge branch 'x'", []],
  ['Revert "feat: more"', []],
  ['fixup! some work', []],
  ['', []],
])('%j is no surprise', (title, paths) => expect(words(title, paths)).toBe(''));

test.each([
  ['some work', ['src/a.ts'], 'orch: counts as feature: '],
  ['some work', ['README.md'], 'orch: counts as safe: '],
  ['fix: a', ['.github/workflows/a.yml'], 'orch: counts as infra: '],
  ['docs: a', ['src/a.ts'], 'orch: counts as feature: '],
])('%j over %j is', (title, paths, start) =>
  expect(words(title, paths)).toMatch(new RegExp(`^${start}.*\\.$`)),
);

test('files that were not all listed are not counted', () => {
  expect(words('docs: a', ['src/a.ts'], false)).toBe('');
});
