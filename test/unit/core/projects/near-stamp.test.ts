import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fileStamp, type FileStamp } from '../../../../core/projects/file-stamp.ts';
import { createNearStamp } from '../../../../core/projects/near-stamp.ts';

/** Linux keeps one file system in memory beside the disk's. */
const OTHER_DISK = '/dev/shm';

let dir = '';
let stampOf: FileStamp = fileStamp;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'near-'));
  stampOf = createNearStamp(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the stamp of a file that is near', () => {
  it('is the one that the file threads give, at the first look and at each later one', async () => {
    const path = join(dir, 'report.json');
    writeFileSync(path, 'one');
    for (const change of [
      () => undefined,
      () => appendFileSync(path, ' more'),
      () => {
        writeFileSync(`${path}.new`, 'one');
        renameSync(`${path}.new`, path);
      },
      () => rmSync(path),
      () => mkdirSync(path),
    ]) {
      change();
      expect(await stampOf(path)).toBe(await fileStamp(path));
    }
  });

  it.each([
    ['a file that is not there', 'none'],
    ['a folder on the way that is none', 'file/below'],
  ])('tells %s', async (_, name) => {
    writeFileSync(join(dir, 'file'), '');
    const path = join(dir, name);
    expect(await stampOf(path)).toMatch(/^-ENO/);
    expect(await stampOf(path)).toMatch(/^-ENO/);
  });

  it('follows a file that comes into a folder that was not there', async () => {
    const path = join(dir, 'coverage/lcov.info');
    expect(await stampOf(path)).toBe('-ENOENT');
    mkdirSync(join(dir, 'coverage'));
    writeFileSync(path, 'TN:');
    expect(await stampOf(path)).toBe(await fileStamp(path));
  });

  it('is none for a link, whose target may change without it', async () => {
    const path = join(dir, 'link');
    symlinkSync(join(dir, 'target'), path);
    expect([await stampOf(path), await stampOf(path)]).toEqual([null, null]);
  });
});

describe('a file that is not near', () => {
  const isOtherDisk = (): boolean => {
    try {
      return statSync(OTHER_DISK).dev !== statSync(dir).dev;
    } catch {
      return false;
    }
  };

  it('is asked for in turn with others, never at once: on another disk, or over a link', async (context) => {
    if (!isOtherDisk()) context.skip(`${OTHER_DISK} is no other disk here`);
    const away = mkdtempSync(join(OTHER_DISK, 'far-'));
    try {
      writeFileSync(join(away, 'report.json'), '{}');
      symlinkSync(away, join(dir, 'linked'));
      mkdirSync(join(dir, 'folder'));
      symlinkSync(join(dir, 'folder'), join(dir, 'other'));
      writeFileSync(join(dir, 'folder/report.json'), '{}');
      writeFileSync(join(dir, 'report.json'), '{}');
      for (const [path, isAtOnce] of [
        [join(dir, 'report.json'), true],
        [join(away, 'report.json'), false],
        [join(away, 'none'), false],
        [join(dir, 'linked/report.json'), false],
        [join(dir, 'other/report.json'), false],
      ] as const) {
        const first = await stampOf(path);
        expect(first).toBe(await fileStamp(path));
        let isAnswered = false;
        const again = stampOf(path).then((stamp) => {
          isAnswered = true;
          return stamp;
        });
        // What is known at once is there before any file thread could have answered.
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
        expect([path, isAnswered]).toEqual([path, isAtOnce]);
        expect(await again).toBe(first);
      }
    } finally {
      rmSync(away, { recursive: true, force: true });
    }
  });
});
