import {
  chmodSync,
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, test } from 'vitest';

import { createReplacedFile } from '../../../core/replaced-file.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const dir = mkdtempSync(join(tmpdir(), 'orch-replaced-'));
const path = join(dir, 'report.json');
const keptPath = join(dir, '.report.json.2');
afterEach(() => {
  for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true });
});

/** Replaces texts half a minute apart, as the loop does, unless told otherwise. */
function writer(): (text: string, gapMs?: number) => Promise<{ text: string; inode: number }> {
  const clock = fakeClock();
  const file = createReplacedFile(path, clock);
  return async (text, gapMs = 30_000) => {
    await clock.advanceMs(gapMs);
    file.replace(text);
    return { text: readFileSync(path, 'utf8'), inode: statSync(path).ino };
  };
}

describe('createReplacedFile', () => {
  test('two files take turns at the name, each with the whole of its own text', async () => {
    const write = writer();
    const texts = ['first', 'the second is longer', 'third', 'é'.repeat(9000), 'end'];
    const seen: Awaited<ReturnType<typeof write>>[] = [];
    for (const text of texts) seen.push(await write(text));
    expect(seen.map(({ text }) => text)).toEqual(texts);
    expect(new Set(seen.map(({ inode }) => inode)).size).toBe(2);
    expect(readdirSync(dir).sort()).toEqual(['.report.json.1', 'report.json']);
    expect(statSync(path).mode & 0o777).toBe(0o644);
  });

  test('a reader who has the text open reads it to its end, however many follow at once', async () => {
    const write = writer();
    await write('before');
    const long = 'x'.repeat(100_000);
    await write(long);
    const reader = openSync(path, 'r');
    for (let count = 0; count < 20; count += 1) await write(`${count}`, 200);
    expect(readFileSync(reader, 'utf8')).toBe(long);
    closeSync(reader);
    expect(readFileSync(path, 'utf8')).toBe('19');
  });

  test.each([
    ['has a second name, as a copy by links gives it', () => linkSync(keptPath, join(dir, 'backup'))],
    ['has other rights', () => chmodSync(keptPath, 0o600)],
    ['is gone', () => rmSync(keptPath)],
    [
      'is a link to something else',
      () => {
        rmSync(keptPath);
        writeFileSync(join(dir, 'other'), 'precious');
        symlinkSync(join(dir, 'other'), keptPath);
      },
    ],
    [
      'is another file',
      () => {
        rmSync(keptPath);
        writeFileSync(keptPath, 'precious');
        linkSync(keptPath, join(dir, 'other'));
      },
    ],
  ])('a kept file that %s is left alone', async (_, tamper) => {
    const write = writer();
    await write('one');
    await write('two');
    tamper();
    expect((await write('three')).text).toBe('three');
    expect((await write('four')).text).toBe('four');
    expect(statSync(path).mode & 0o777).toBe(0o644);
    const bystanders = readdirSync(dir).filter((name) => ['backup', 'other'].includes(name));
    for (const name of bystanders)
      expect(readFileSync(join(dir, name), 'utf8')).toBe(name === 'backup' ? 'one' : 'precious');
  });

  test('a file put in its place by another program is replaced and not written into', async () => {
    const write = writer();
    await write('one');
    await write('two');
    rmSync(path);
    writeFileSync(join(dir, 'foreign'), 'precious');
    linkSync(join(dir, 'foreign'), path);
    for (const text of ['three', 'four', 'five']) expect((await write(text)).text).toBe(text);
    expect(readFileSync(join(dir, 'foreign'), 'utf8')).toBe('precious');
  });

  test('what stands there stays, and nothing else is left, when it cannot be replaced', async () => {
    const write = writer();
    mkdirSync(join(path, 'inside'), { recursive: true });
    await expect(write('one')).rejects.toThrow();
    await expect(write('two')).rejects.toThrow();
    expect(readdirSync(dir)).toEqual(['report.json']);
  });
});
