import { describe, expect, test } from 'vitest';

import { projectsIn, touchedBy } from '../../../../core/hooks/concerned-projects.ts';
import { gateAskSchema, type GateAsk } from '../../../../shared/contract/gate-ask.ts';

const at = (...paths: string[]): { path: string }[] => paths.map((path) => ({ path }));
const found = (ask: { root: string; mainRoot?: string }, ...paths: string[]): [string, string][] =>
  projectsIn({ mainRoot: null, ...ask }, at(...paths)).map(({ project, prefix }) => [project.path, prefix]);

describe('projects in a repository', () => {
  test('the repository itself, and those in its folders', () => {
    expect(found({ root: '/a' }, '/a', '/b', '/ab')).toEqual([['/a', '']]);
    expect(found({ root: '/a' }, '/a/x', '/a/y/z', '/b')).toEqual([
      ['/a/x', 'x/'],
      ['/a/y/z', 'y/z/'],
    ]);
    expect(found({ root: '/a/' }, '/a/..x')).toEqual([['/a/..x', '..x/']]);
  });

  test('the nearest one around a submodule', () => {
    expect(found({ root: '/a/lib/x' }, '/a', '/a/lib', '/')).toEqual([['/a/lib', '']]);
  });

  test('a linked work tree stands for the main one, unless it is a project itself', () => {
    expect(found({ root: '/tree', mainRoot: '/a' }, '/a')).toEqual([['/a', '']]);
    expect(found({ root: '/tree', mainRoot: '/a' }, '/a', '/tree')).toEqual([['/tree', '']]);
    expect(found({ root: '/a/../tree', mainRoot: '/b/../a' }, '/a')).toEqual([['/a', '']]);
    expect(found({ root: '/tree' }, '/a')).toEqual([]);
  });
});

describe('projects that are touched', () => {
  const concerned = projectsIn({ root: '/a', mainRoot: null }, at('/a/x', '/a/y'));
  const ask = (paths: string[], isComplete = true): GateAsk =>
    gateAskSchema.parse({ kind: 'push', root: '/a', commits: [{ title: 'fix: a', paths }], isComplete });

  test.each([
    [['x/1'], true, ['/a/x']],
    [['x/1', 'y/1'], true, ['/a/x', '/a/y']],
    [['README.md'], true, []],
    [['x2/1'], true, []],
    [[], true, ['/a/x', '/a/y']],
    [['x/1'], false, ['/a/x', '/a/y']],
  ])('%j, all listed: %s', (paths, isComplete, expected) => {
    expect(touchedBy(concerned, ask(paths, isComplete)).map(({ project }) => project.path)).toEqual(expected);
  });
});
