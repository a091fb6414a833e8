import fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseGateText } from '../../../../core/hooks/gate-text.ts';
import { gateAskSchema } from '../../../../shared/contract/gate-ask.ts';

test('a push as the hook writes it', () => {
  const text =
    'push\nroot /home/a b/shop\nmain /home/shop\nstrict\nbranch main\nbranch release/1\n' +
    '\tp1 p2\tMerge branch \'x\'\n\tp1\tfix: a\tb "c"\n\nsrc/a.ts\n"src/t\\tb.ts"\nbranch\n\tp0\t\n\tend\n';
  expect(parseGateText(text)).toEqual({
    kind: 'push',
    root: '/home/a b/shop',
    mainRoot: '/home/shop',
    strict: true,
    branches: ['main', 'release/1'],
    commits: [
      { title: "Merge branch 'x'", isMerge: true, paths: [] },
      { title: 'fix: a\tb "c"', isMerge: false, paths: ['src/a.ts', 'src/t\\tb.ts', 'branch'] },
      { title: '', isMerge: false, paths: [] },
    ],
    isComplete: true,
  });
});

test('a list that broke off, or holds more than a hundred, is not complete', () => {
  expect(parseGateText('push\nroot /a\n\tp\tfix: a\n').isComplete).toBe(false);
  const many = parseGateText(`push\nroot /a\n${'\tp\tfix: a\n'.repeat(101)}\tend\n`);
  expect(many).toMatchObject({ isComplete: false });
  expect(many.commits).toHaveLength(100);
  expect(parseGateText(`push\nroot /a\n${'\tp\tfix: a\n'.repeat(100)}\tend\n`).isComplete).toBe(true);
});

test('nothing to list on a new branch is not the same as nothing new', () => {
  expect(parseGateText('push\nroot /a\nnew\n\tend\n').isComplete).toBe(false);
  expect(parseGateText('push\nroot /a\n\tend\n').isComplete).toBe(true);
  expect(parseGateText('push\nroot /a\nnew\n\tp\tfix: a\n\tend\n').isComplete).toBe(true);
});

test('any text gives an ask or one that its schema refuses, never an error', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('root /a', 'main /b', 'branch x', 'strict', 'new', '\tp\tfix: a', '\tend', '', 'a/b.ts'),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const ask = parseGateText(['push', ...lines].join('\n'));
      expect(ask.commits.length).toBeLessThanOrEqual(100);
      if (ask.root !== '' && !ask.branches.includes(''))
        gateAskSchema.parse({ ...ask, mainRoot: ask.mainRoot || null });
    }),
  );
});
