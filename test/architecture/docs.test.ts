import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { ROUTES } from '../../core/api/routes.ts';
import { adrComplaints, adrIndex, readAdrFiles } from '../../scripts/adr-index.ts';
import { apiPage } from '../../scripts/api-page.ts';
import { cliPage, helpOf, listedCommands } from '../../scripts/cli-page.ts';
import { ERROR_CODES } from '../../shared/contract/errors.ts';
import { anchorOf, deadLinks, tableColumn, withoutCode } from './docs-check.ts';
import { LAYERS, readText, repositoryFiles, ROOT } from './repository.ts';

const pages = repositoryFiles().filter((path) => path.endsWith('.md') && !path.startsWith('test/fixtures/'));

function readOrNull(path: string): string | null {
  const full = join(ROOT, path);
  if (!existsSync(full)) return null;
  return statSync(full).isDirectory() ? '' : readFileSync(full, 'utf8');
}

describe('docs', () => {
  it('link only to what exists', () => {
    expect(pages.flatMap((path) => deadLinks(path, readText(path), readOrNull))).toEqual([]);
  });

  it('leave nothing to be written later', () => {
    expect(pages.filter((path) => /\b(TODO|FIXME|TBD|WIP)\b/.test(withoutCode(readText(path))))).toEqual([]);
  });

  it('name every folder of the second level in architecture.md', () => {
    const text = readText('docs/architecture.md');
    const folders = repositoryFiles()
      .filter((path) => [...LAYERS, 'resources', 'test', 'docs'].some((top) => path.startsWith(`${top}/`)))
      .filter((path) => path.split('/').length > 2)
      .map((path) => path.split('/').slice(0, 2).join('/'));
    expect([...new Set(folders)].filter((folder) => !text.includes(`\`${folder}/\``))).toEqual([]);
  });

  it('name no folder that is not there in architecture.md', () => {
    const named = [...readText('docs/architecture.md').matchAll(/`((?:[a-z0-9-]+\/)+)`/g)].map(
      (m) => m[1] ?? '',
    );
    expect(named.filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([]);
  });

  it('explain every error code, and no other', () => {
    expect(tableColumn(readText('docs/errors.md'), 'code')).toEqual([...ERROR_CODES].sort());
  });

  it('list every route (node scripts/write-pages.ts writes the page)', () => {
    expect(readText('docs/api.md')).toBe(apiPage(ROUTES));
  });

  it('show the help of every command (node scripts/write-pages.ts writes the page)', async () => {
    const page = await cliPage(readText('cli/orch.ts'), join(ROOT, 'cli'));
    expect(readText('docs/cli.md')).toBe(page);
  });

  it('find help for every command', async () => {
    for (const command of listedCommands(readText('cli/orch.ts'))) {
      expect(command.summary).not.toBe('');
      expect(await helpOf(command, join(ROOT, 'cli'))).toContain(`orch ${command.name}`);
    }
  });
});

describe('decisions', () => {
  const files = readAdrFiles(join(ROOT, 'docs/adr'));

  it('have the form of the template', () => {
    expect(files.flatMap(adrComplaints)).toEqual([]);
  });

  it('are numbered without a gap', () => {
    const numbers = files.map(({ filename }) => Number(filename.slice(0, 4)));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it('stand in the index (node scripts/write-pages.ts writes it)', () => {
    expect(readText('docs/adr/README.md')).toBe(adrIndex(files));
  });

  it('are refused without a part, a status or their number', () => {
    const good =
      '# 0001. A\n\nDate: 2026-01-05 · Status: accepted · Tags: x\n\n## Context\n\nA\n\n## Decision\n\nB\n\n## Consequences\n\nC\n';
    expect(adrComplaints({ filename: '0001-a.md', text: good })).toEqual([]);
    expect(adrComplaints({ filename: '0002-a.md', text: good })).toHaveLength(1);
    expect(adrComplaints({ filename: '1-a.md', text: good })).toHaveLength(1);
    expect(adrComplaints({ filename: '0001-a.md', text: good.replace('accepted', 'nice') })).toHaveLength(1);
    expect(adrComplaints({ filename: '0001-a.md', text: good.replace('\n\nC\n', '\n') })).toHaveLength(1);
  });
});

describe('the docs check', () => {
  const files = new Map([
    [
      'README.md',
      '# One\n[a](docs/a.md) [b](docs/a.md#two-words) [c](https://example.org/x) `[no](link.md)`',
    ],
    ['docs/a.md', '## Two words\n[up](../README.md) [here](#two-words)'],
  ]);
  const read = (path: string): string | null => files.get(path) ?? null;

  it('accepts links to files, headings and other sites, and looks at no code', () => {
    for (const [path, text] of files) expect(deadLinks(path, text, read)).toEqual([]);
  });

  it.each(['[x](nothing.md)', '[x](docs/nothing.md#two-words)', '[x](docs/a.md#three)', '[x](#three)'])(
    'refuses %s',
    (link) => {
      expect(deadLinks('README.md', `# One\n${link}`, read)).toHaveLength(1);
    },
  );

  it('makes anchors and reads tables as a viewer does', () => {
    expect(anchorOf('What it is (and `is not`)')).toBe('what-it-is-and-is-not');
    expect(
      tableColumn('x\n\n| code | b |\n| --- | --- |\n| `one` | 1 |\n| two | 2 |\n\n| no |', 'code'),
    ).toEqual(['one', 'two']);
  });
});
