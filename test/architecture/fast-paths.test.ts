import { posix } from 'node:path';

import { describe, expect, it } from 'vitest';

import { importsOf } from './module-imports.ts';
import { readText } from './repository.ts';

/** Loaded by nothing that a person waits for in a git hook. */
const HEAVY = [
  'zod',
  'yaml',
  'fastify',
  'systeminformation',
  'node-notifier',
  'node:sqlite',
  'node:worker_threads',
];

/**
 * How each heavy module is reached from a file at once (not through `import()`), as "a.ts > b.ts > zod".
 * @param read the text of a file of the repository.
 */
function heavyTrails(start: string, read: (path: string) => string): string[] {
  const seen = new Set<string>();
  const walk = (path: string, trail: readonly string[]): string[] => {
    if (seen.has(path)) return [];
    seen.add(path);
    const here = [...trail, path];
    return importsOf(path, read(path))
      .filter((found) => !found.typeOnly && !found.lazy && found.specifier !== null)
      .flatMap(({ specifier }) => {
        const name = specifier ?? '';
        if (!name.startsWith('.')) return HEAVY.includes(name) ? [[...here, name].join(' > ')] : [];
        const target = posix.join(posix.dirname(path), name);
        return target.endsWith('.ts') ? walk(target, here) : [];
      });
  };
  return walk(start, []);
}

describe('what a person waits for', () => {
  it.each(['cli/orch.ts', 'cli/commands/gate.ts', 'cli/commands/status.ts', 'cli/commands/open.ts'])(
    'is quick: %s loads no heavy module at once',
    (path) => {
      expect(heavyTrails(path, readText)).toEqual([]);
    },
  );

  it('would be noticed if it were not', () => {
    const files = new Map([
      [
        'cli/a.ts',
        "import './b.ts';\nimport type { C } from './c.ts';\nconst later = () => import('./c.ts');",
      ],
      ['cli/b.ts', "import { z } from 'zod';"],
      ['cli/c.ts', "import fastify from 'fastify';"],
    ]);
    expect(heavyTrails('cli/a.ts', (path) => files.get(path) ?? '')).toEqual(['cli/a.ts > cli/b.ts > zod']);
  });
});
