import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { LIMIT_LINES, lineCount, nameComplaint, sizeComplaint } from './file-check.ts';
import { LAYERS, readText, repositoryFiles, ROOT, sourceFiles } from './repository.ts';

/** Files over 300 lines, each with the reason why cutting it would not help the reader. */
const LONG_FOR_A_REASON: Readonly<Record<string, string>> = {
  'test/unit/core/doctor/check-table.ts': 'one table, a row for each outcome of each check',
};

/** Unit tests that follow a numbered list instead of one file. */
const LISTS = ['behaviours'];

/** A test file may reach the limit without naming itself above. */
const TABLES = 'cases of one subject are easiest compared on one page';
const isTest = (path: string): boolean => path.startsWith('test/');

const present = (complaint: string | null): complaint is string => complaint !== null;
const ours = [...LAYERS, 'scripts', 'test'];

describe('files', () => {
  const files = sourceFiles(ours).filter((path) => !path.startsWith('test/fixtures/'));

  it('are named after what is in them', () => {
    expect(files.map(nameComplaint).filter(present)).toEqual([]);
  });

  it('are short', () => {
    const complaints = files.map((path) =>
      sizeComplaint(path, lineCount(readText(path)), isTest(path) ? { [path]: TABLES } : LONG_FOR_A_REASON),
    );
    expect(complaints.filter(present)).toEqual([]);
  });

  it('leave no reason behind for a file that became short or went away', () => {
    const idle = Object.keys(LONG_FOR_A_REASON).filter(
      (path) => !files.includes(path) || sizeComplaint(path, lineCount(readText(path)), {}) === null,
    );
    expect(idle).toEqual([]);
  });

  it('of unit tests mirror a folder of sources', () => {
    const strays = repositoryFiles('test/unit').filter((path) => {
      const folder = path.split('/').slice(2, -1).join('/');
      return (
        path.endsWith('.ts') && !LISTS.includes(folder) && (folder === '' || !existsSync(join(ROOT, folder)))
      );
    });
    expect(strays).toEqual([]);
  });
});

describe('the file check', () => {
  it.each([
    'core/energy/utils.ts',
    'core/energy/nut-helpers.ts',
    'shared/common/level.ts',
    'core/types.ts',
    'core/job-manager.ts',
    'renderer/constants.ts',
    'core/energy/NutReader.ts',
    'core/energy/nutReader.ts',
    'core/energy/nut_reader.ts',
  ])('refuses the name %s', (path) => {
    expect(nameComplaint(path)).not.toBeNull();
  });

  it.each([
    'core/energy/nut-reader.ts',
    'renderer/SupplyChain.tsx',
    'renderer/main.tsx',
    'test/unit/core/energy/nut-reader.test.ts',
    'test/unit/renderer/SupplyChain.test.tsx',
    'vitest.config.ts',
  ])('accepts the name %s', (path) => {
    expect(nameComplaint(path)).toBeNull();
  });

  it('wants a reason over 300 lines and accepts none over 400', () => {
    const reason = { 'core/x.ts': 'one table that is read from top to bottom' };
    expect(sizeComplaint('core/x.ts', 300, {})).toBeNull();
    expect(sizeComplaint('core/x.ts', 301, {})).toContain('without a stated reason');
    expect(sizeComplaint('core/x.ts', 301, { 'core/x.ts': 'long' })).toContain('without a stated reason');
    expect(sizeComplaint('core/x.ts', LIMIT_LINES, reason)).toBeNull();
    expect(sizeComplaint('core/x.ts', LIMIT_LINES + 1, reason)).toContain('never more');
  });

  it('counts lines as an editor does', () => {
    expect([lineCount(''), lineCount('a'), lineCount('a\n'), lineCount('a\nb\n')]).toEqual([0, 1, 1, 2]);
  });
});
