import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fileStamp } from '../../../../core/projects/file-stamp.ts';
import { createFolderListing } from '../../../../core/projects/folder-listing.ts';

let dir = '';
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'listing-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the names in a folder', () => {
  it('follow what comes and goes', async () => {
    const listing = createFolderListing(dir, fileStamp);
    const names = async (): Promise<string[]> => [...(await listing.names())].sort();
    expect(await names()).toEqual([]);
    mkdirSync(join(dir, 'coverage'));
    expect(await names()).toEqual(['coverage']);
    expect(await names()).toEqual(['coverage']);
    writeFileSync(join(dir, 'junit.xml'), '');
    expect(await names()).toEqual(['coverage', 'junit.xml']);
    rmSync(join(dir, 'coverage'), { recursive: true });
    expect(await names()).toEqual(['junit.xml']);
  });

  it('miss no second change that the clock of the disk cannot tell from the first', async () => {
    const stamps = ['one', 'one', 'one'];
    const listing = createFolderListing(dir, () => Promise.resolve(stamps.shift() ?? 'one'));
    expect([...(await listing.names())]).toEqual([]);
    writeFileSync(join(dir, 'junit.xml'), '');
    expect([...(await listing.names())]).toEqual(['junit.xml']);
  });

  it('are none where it cannot be listed, and those of the folder once it is there', async () => {
    const path = join(dir, 'project');
    const listing = createFolderListing(path, fileStamp);
    expect((await listing.names()).size).toBe(0);
    mkdirSync(path);
    writeFileSync(join(path, 'junit.xml'), '');
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    expect([...(await listing.names())]).toEqual(['junit.xml']);
  });
});
