import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createCommitReader } from '../../../../core/projects/commit-message.ts';
import { recordedDir } from '../../../fixtures/recorded.ts';

const reader = createCommitReader();
const conventional = (message: string): unknown => reader.read(message).conventional;

describe('createCommitReader', () => {
  it.each([
    ['fix(api): x', 'fix', 'api', false, 'x'],
    ['feat!: x', 'feat', null, true, 'x'],
    ['feat(api)!: x', 'feat', 'api', true, 'x'],
    ['FIX: x', 'fix', null, false, 'x'],
    ['Docs(README): x', 'docs', 'README', false, 'x'],
    ['fix(api, web): x', 'fix', 'api, web', false, 'x'],
    ['fix(@scope/pkg+x#1): x', 'fix', '@scope/pkg+x#1', false, 'x'],
    ['feat: x: y (#123)', 'feat', null, false, 'x: y (#123)'],
    ['feat: x\n\nBREAKING CHANGE: y', 'feat', null, true, 'x'],
    ['feat: x\n\nBREAKING-CHANGE: y', 'feat', null, true, 'x'],
    ['feat: x\n\nbreaking change: y', 'feat', null, false, 'x'],
    ['feat: x\n\nno BREAKING CHANGE: here', 'feat', null, false, 'x'],
    ['feat: x\n\n-notes-\ny\n\nBREAKING CHANGE: y', 'feat', null, true, 'x'],
    ['\n\nfix: x\r\n\r\nbody', 'fix', null, false, 'x'],
    ['revert: feat: x', 'revert', null, false, 'feat: x'],
  ])('%j', (message, type, scope, breaking, subject) => {
    expect(conventional(message)).toEqual({ type, scope, breaking, subject });
  });

  it.each([
    '',
    '  \n',
    'fix:x',
    'fix: ',
    'fix : x',
    'fix(api) x',
    'fix(): x',
    'fix(a(b)): x',
    'fix!(api): x',
    'tests: x',
    'feature: x',
    'fixup! fix: x',
    'docs/man: x',
    'gpg: fix: x\nfix: y',
    'Revert "fix: x"',
    "Merge branch 'main'",
    'constructor: x',
    '__proto__: x',
  ])('%j is not conventional', (message) => {
    expect(conventional(message)).toBeNull();
  });

  it('tells a revert from a revert of a revert', () => {
    expect(reader.read('Revert "feat: x"')).toMatchObject({ isRevert: true, merged: null });
    expect(reader.read('Revert "feat: x" (#12)')).toMatchObject({ isRevert: true });
    expect(reader.read('Revert "Revert "feat: x""')).toMatchObject({
      isRevert: false,
      merged: { type: 'feat' },
    });
    expect(reader.read('Reapply "feat: x"')).toMatchObject({ isRevert: false, merged: { type: 'feat' } });
    expect(reader.read('Revert "Reapply "feat: x""')).toMatchObject({ isRevert: true });
  });

  it('finds the pull request that a merge brings in', () => {
    const merge = reader.read('Merge pull request #12 from ann/side\n\nfix(api): x');
    expect(merge).toMatchObject({ conventional: null, merged: { type: 'fix', scope: 'api' } });
    expect(reader.read("Merge branch 'side'").merged).toBeNull();
  });
});

const dir = recordedDir('commits');
interface Expected {
  readonly type: string | null;
  readonly scope: string | null;
  readonly breaking: boolean;
}

describe.skipIf(dir === null)('recorded commit messages (../shared/fixtures/commits)', () => {
  const folder = dir ?? '';
  const all = JSON.parse(dir === null ? '{}' : readFileSync(join(folder, 'EXPECTED.json'), 'utf8')) as Record<
    string,
    Record<string, Expected>
  >;

  it.each(dir === null ? [] : readdirSync(folder).filter((name) => name.endsWith('.txt')))('%s', (name) => {
    const pieces = readFileSync(join(folder, name), 'utf8').split(/^===== ([0-9a-f]+)\n/m);
    const wrong: string[] = [];
    for (let at = 1; at < pieces.length; at += 2) {
      const expected = all[name]?.[pieces[at] ?? ''];
      const { title, conventional: found } = reader.read(pieces[at + 1] ?? '');
      const read = [found?.type ?? null, found?.scope ?? null, found?.breaking ?? false];
      if (String(read) !== String([expected?.type, expected?.scope, expected?.breaking])) wrong.push(title);
    }
    expect(pieces.length).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
  });
});
