import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';

import { z } from 'zod';

import { isStillRunning, processIdentity, type ProcessIdentity } from './process-identity.ts';

export type LockResult =
  { readonly held: true; release(): void } | { readonly held: false; readonly by: ProcessIdentity };

const identitySchema = z.object({
  pid: z.number().int().positive(),
  startTicks: z.string().nullable(),
  bootId: z.string().nullable(),
});
const MAX_TRIES = 20;

/**
 * One core a home. The lock is a file made by link(2), which either creates it whole or fails; a lock whose
 * process is gone (kill -9, power cut, pid given to another program) is moved away and taken over.
 */
export function takeInstanceLock(lockPath: string): LockResult {
  const own = processIdentity(process.pid) ?? { pid: process.pid, startTicks: null, bootId: null };
  const ownText = JSON.stringify(own);
  const draftPath = `${lockPath}.${process.pid}`;
  writeFileSync(draftPath, ownText, { mode: 0o600 });
  try {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      if (linked(draftPath, lockPath)) return { held: true, release: () => release(lockPath, ownText) };
      const text = readOrNull(lockPath);
      if (text === null) continue;
      const holder = parseIdentity(text);
      if (holder !== null && isStillRunning(holder)) return { held: false, by: holder };
      moveAway(lockPath, text);
    }
  } finally {
    unlinkSync(draftPath);
  }
  throw new Error(`The lock ${lockPath} could not be taken after ${MAX_TRIES} tries.`);
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a dead lock out of the way; if another starter was quicker and its live lock was caught, puts it back. */
function moveAway(lockPath: string, deadText: string): void {
  const asidePath = `${lockPath}.${process.pid}.dead`;
  try {
    renameSync(lockPath, asidePath);
  } catch {
    return;
  }
  if (readOrNull(asidePath) !== deadText) linked(asidePath, lockPath);
  unlinkSync(asidePath);
}

function release(lockPath: string, ownText: string): void {
  if (readOrNull(lockPath) === ownText) unlinkSync(lockPath);
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parseIdentity(text: string): ProcessIdentity | null {
  try {
    return identitySchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
