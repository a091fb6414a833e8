import { appendFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { MOST_KEPT_BYTES, readNewLinks } from '../../../../core/sync/link-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'orch-links-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('a file that was read and grew large is put aside, and no line is lost or read twice', async () => {
  const path = join(dir, 'commit-links.jsonl');
  const values = new Map<string, string>();
  const store = {
    value: (key: string) => values.get(key) ?? null,
    setValue: (key: string, text: string) => void values.set(key, text),
  };
  const lineOf = (index: number): string => {
    const commit = index.toString(16).padStart(40, '0');
    return `${JSON.stringify({ at: '2026-01-05T10:00:00Z', repo: '/r', commit, task: 'new' })}\n`;
  };
  const seen: number[] = [];
  const read = async (): Promise<void> => {
    const found = await readNewLinks(path, store);
    seen.push(...(found?.lines ?? []).map(({ commit }) => Number.parseInt(commit, 16)));
    found?.taken();
  };
  const count = Math.ceil(MOST_KEPT_BYTES / lineOf(0).length) + 1;
  writeFileSync(path, Array.from({ length: count }, (_, index) => lineOf(index)).join(''));
  for (let round = 0; round < 8; round += 1) await read();
  expect(existsSync(path)).toBe(false);
  expect(statSync(`${path}.old`).size).toBeGreaterThan(MOST_KEPT_BYTES);
  appendFileSync(path, lineOf(count));
  await read();
  await read();
  expect(seen).toEqual(Array.from({ length: count + 1 }, (_, index) => index));
});
