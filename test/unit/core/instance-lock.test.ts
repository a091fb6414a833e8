import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { takeInstanceLock } from '../../../core/instance-lock.ts';
import { processIdentity } from '../../../core/process-identity.ts';

const freshPath = (): string => join(mkdtempSync(join(tmpdir(), 'orch-lock-')), 'core.lock');

test('one holder at a time; the second is told who', () => {
  const path = freshPath();
  const first = takeInstanceLock(path);
  expect(first.held).toBe(true);
  expect(takeInstanceLock(path)).toMatchObject({ held: false, by: { pid: process.pid } });
  if (first.held) first.release();
  expect(takeInstanceLock(path).held).toBe(true);
});

const alive = processIdentity(process.ppid);
test.each([
  ['a dead process', { pid: 2 ** 22 - 3, startTicks: '1', bootId: 'x' }],
  ['a pid that another program has now', { ...alive, startTicks: '1' }],
  ['the boot before', { ...alive, bootId: 'another-boot' }],
])('a lock left by %s is taken over', (_who, left) => {
  const path = freshPath();
  writeFileSync(path, JSON.stringify(left));
  expect(takeInstanceLock(path).held).toBe(true);
});

test('a torn lock file is taken over, and nothing is left beside it', () => {
  const path = freshPath();
  writeFileSync(path, '{"pid":');
  expect(takeInstanceLock(path).held).toBe(true);
  expect(readdirSync(join(path, '..'))).toEqual(['core.lock']);
});
