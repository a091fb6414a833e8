import { describe, expect, it } from 'vitest';

import { readText, sourceFiles } from './repository.ts';

/** Text that may not stand in a file, with the reason. */
interface BannedText {
  readonly pattern: RegExp;
  readonly why: string;
}

const IN_SOURCES: readonly BannedText[] = [
  { pattern: /\bNODE_ENV\b|\bVITEST\b|\bJEST_/, why: 'shipped code knows nothing of tests' },
  { pattern: /\b(TODO|FIXME|XXX)\b/, why: 'finish it or leave it out' },
  {
    pattern: /@ts-(ignore|nocheck)|eslint-disable(?!-next-line [\w@/-]+(, [\w@/-]+)* -- \S)/,
    why: 'name one rule and say why',
  },
  { pattern: /\bdebugger\b/, why: 'left over' },
];

const IN_TESTS: readonly BannedText[] = [
  { pattern: /vi\.(do)?mock\(\s*(import\()?['"`]\.{1,2}\//i, why: 'fakes, not mocks of our own modules' },
  { pattern: /\b(it|test|describe)\.only\(/, why: 'silences every other test' },
];

function bannedIn(path: string, text: string, banned: readonly BannedText[]): string[] {
  return banned.flatMap(({ pattern, why }) => {
    const at = text.search(pattern);
    return at < 0 ? [] : [`${path}:${text.slice(0, at).split('\n').length} ${why}`];
  });
}

describe('honesty', () => {
  it('keeps knowledge of tests, notes to oneself and silenced checks out of the product', () => {
    const found = [...sourceFiles(), ...sourceFiles(['scripts'])].flatMap((path) =>
      bannedIn(path, readText(path), IN_SOURCES),
    );
    expect(found).toEqual([]);
  });

  it('keeps mocks of our own modules and narrowed runs out of the tests', () => {
    const tests = sourceFiles(['test']).filter((path) => !path.startsWith('test/architecture/'));
    expect(tests.flatMap((path) => bannedIn(path, readText(path), IN_TESTS))).toEqual([]);
  });
});

describe('the honesty check', () => {
  it.each([
    "if (process.env['NODE_ENV'] === 'test') return;",
    'if (process.env.VITEST) return;',
    '// TODO: think',
    '// @ts-ignore',
    '/* eslint-disable */',
    '// eslint-disable-next-line no-console',
  ])('refuses %s in a source', (text) => {
    expect(bannedIn('core/x.ts', `\n${text}`, IN_SOURCES)[0]).toMatch(/^core\/x\.ts:2 /);
  });

  it.each([
    "vi.mock('../../core/clock.ts');",
    "vi.mock(import('./fake.ts'));",
    "vi.doMock('../x.ts', () => ({}));",
    "it.only('x', () => {});",
  ])('refuses %s in a test', (text) => {
    expect(bannedIn('test/unit/x.test.ts', text, IN_TESTS)).toHaveLength(1);
  });

  it('accepts a silenced rule that says which and why', () => {
    const text = '// eslint-disable-next-line no-control-regex -- the wire may hold any byte';
    expect(bannedIn('core/x.ts', text, IN_SOURCES)).toEqual([]);
  });
});
