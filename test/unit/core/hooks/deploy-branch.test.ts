import { execFileSync } from 'node:child_process';

import { expect, test } from 'vitest';

import { isDeployBranch } from '../../../../core/hooks/deploy-branch.ts';

const CASES: readonly (readonly [string, string, boolean])[] = [
  ['main', 'main', true],
  ['main2', 'main', false],
  ['a/main', 'main', false],
  ['release/1.0', 'release/*', true],
  ['release/1/2', 'release/*', true],
  ['release', 'release/*', false],
  ['v1x0', 'v1.0', false],
  ['v1', 'v?', true],
  ['v10', 'v?', false],
  ['a+b', 'a+b', true],
  ['été', '?t?', true],
];

test.each(CASES)('%s under %s: %s', (branch, pattern, expected) => {
  expect(isDeployBranch(branch, [pattern])).toBe(expected);
  expect(isDeployBranch(branch, ['other', pattern])).toBe(expected);
});

test.each(CASES.filter(([branch]) => /^[\x20-\x7e]*$/.test(branch)))(
  'a shell reads %s under %s the same way',
  (branch, pattern, expected) => {
    const script = 'case $1 in $2) echo true ;; *) echo false ;; esac';
    expect(execFileSync('sh', ['-c', script, 'sh', branch, pattern], { encoding: 'utf8' })).toBe(
      `${expected}\n`,
    );
  },
);

test('no pattern, no branch', () => expect(isDeployBranch('main', [])).toBe(false));
