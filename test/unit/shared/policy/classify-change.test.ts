import { describe, expect, it } from 'vitest';

import {
  classifyChange,
  type CommitType,
  type ConventionalTitle,
} from '../../../../shared/policy/classify-change.ts';

const title = (type: CommitType, over: Partial<ConventionalTitle> = {}): ConventionalTitle => ({
  type,
  scope: null,
  breaking: false,
  subject: 'tidy the words',
  ...over,
});
const classify = (conventional: ConventionalTitle | null, paths: readonly string[] | null = null) =>
  classifyChange({ title: '', conventional, isRevert: false, merged: null }, paths);

describe('classifyChange', () => {
  it.each<[CommitType, string, boolean]>([
    ['feat', 'feature', false],
    ['perf', 'feature', false],
    ['refactor', 'feature', false],
    ['fix', 'fix', false],
    ['revert', 'revert', false],
    ['build', 'infra', false],
    ['ci', 'infra', false],
    ['docs', 'safe', true],
    ['style', 'safe', true],
    ['test', 'safe', true],
    ['chore', 'feature', false],
  ])('by its title alone, %s is %s', (type, change, safe) => {
    expect(classify(title(type))).toMatchObject({ type: change, safe });
  });

  it.each<[CommitType, string]>([
    ['docs', 'deps'],
    ['test', 'ci'],
    ['style', 'docker'],
    ['docs', 'db/migrations'],
    ['chore', 'deps-dev'],
  ])('%s(%s) is never safe by its title alone', (type, scope) => {
    expect(classify(title(type, { scope })).safe).toBe(false);
  });

  it.each([
    'bump the parser',
    'update the CI workflow',
    'add a migration for tests',
    'change the Dockerfile',
  ])('a test titled "%s" is not safe by its title alone', (subject) => {
    expect(classify(title('test', { subject })).safe).toBe(false);
  });

  it.each<[CommitType]>([['docs'], ['test'], ['style'], ['chore']])(
    '%s that breaks what others rely on is not safe',
    (type) => {
      expect(classify(title(type, { breaking: true }), ['README.md'])).toMatchObject({
        type: 'feature',
        safe: false,
      });
    },
  );

  it.each([
    'db/migrations/001_init.sql',
    '.github/workflows/ci.yml',
    'package-lock.json',
    'go.mod',
    'terraform/main.tf',
    'Dockerfile',
    'Makefile',
  ])('a fix that touches %s is not a plain fix, and a person is asked', (path) => {
    expect(classify(title('fix'), ['src/pay.ts', path])).toMatchObject({
      type: 'infra',
      safe: false,
      needsReview: true,
    });
    for (const type of ['docs', 'test', 'style', 'chore'] as const)
      expect(classify(title(type), ['README.md', path])).toMatchObject({ type: 'infra', safe: false });
    expect(classify(null, ['README.md', path])).toMatchObject({ type: 'infra', safe: false });
  });

  it('a chore is safe once its files are known and none is guarded', () => {
    expect(classify(title('chore'), ['src/old.ts'])).toMatchObject({ type: 'safe', safe: true });
    expect(classify(title('chore', { scope: 'deps' }), ['README.md']).safe).toBe(false);
    expect(classify(title('chore'), []).safe).toBe(false);
  });

  it('docs that touch code disagree with their title', () => {
    expect(classify(title('docs'), ['README.md', 'src/pay.ts'])).toMatchObject({
      type: 'feature',
      safe: false,
      needsReview: true,
    });
    expect(classify(title('docs'), ['README.md', 'test/pay.test.ts']).safe).toBe(true);
    expect(classify(title('style'), ['src/pay.ts']).safe).toBe(true);
  });

  it('a feature that touches infrastructure is judged as infrastructure, one with dependencies is not', () => {
    expect(classify(title('feat'), ['src/a.ts', 'k8s/app.yaml']).type).toBe('infra');
    expect(classify(title('feat'), ['src/a.ts', 'package.json']).type).toBe('feature');
  });

  it('without a type the files decide, and without both it is a feature', () => {
    expect(classify(null)).toMatchObject({ type: 'feature', safe: false });
    expect(classify(null, ['docs/a.md'])).toMatchObject({ type: 'safe', safe: true });
    expect(classify(null, ['docs/a.md', 'src/a.ts']).type).toBe('feature');
  });

  it('a revert stays one, and a person looks when it takes a migration back', () => {
    const reverted = (paths: string[]) =>
      classifyChange({ title: '', conventional: null, isRevert: true, merged: null }, paths);
    expect(reverted(['src/a.ts'])).toMatchObject({ type: 'revert', needsReview: false });
    expect(reverted(['migrations/1.sql'])).toMatchObject({ type: 'revert', needsReview: true });
  });

  it('a merge is what it brings in', () => {
    const merged = classifyChange(
      { title: '', conventional: null, isRevert: false, merged: title('fix') },
      null,
    );
    expect(merged).toMatchObject({ type: 'fix', conventional: null });
  });

  it('always gives a reason', () => {
    for (const type of ['feat', 'fix', 'docs', 'chore', 'ci'] as const)
      for (const paths of [null, ['README.md'], ['go.sum']])
        expect(classify(title(type), paths).reason).toMatch(/^\S.{5,}/);
  });
});
