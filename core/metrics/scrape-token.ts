import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import { writeFileAtomic } from '../atomic-file.ts';
import { readPrivateText } from './private-text.ts';

const FORM = /^[\x21-\x7e]{20,200}$/;
const PREFIX = 'Bearer ';

/** A token that opens GET /metrics and nothing else, and is the same after a restart. */
export interface ScrapeToken {
  /** Takes the file over, makes one with a new token where there is none. @throws Error in words. */
  use(path: string | null): Promise<void>;
  /** Whether an Authorization header holds it. Takes the same time for every wrong value. */
  accepts(authorization: string | undefined): boolean;
}

export function createScrapeToken(): ScrapeToken {
  let expected: Buffer | null = null;
  let wanted: string | null = null;
  const isWanted = (path: string): boolean => wanted === path;
  return {
    async use(path) {
      expected = null;
      wanted = path;
      if (path === null) return;
      const text = await readPrivateText(path);
      const token = text?.trim() ?? randomBytes(32).toString('base64url');
      if (!FORM.test(token))
        throw new Error(`${path} must hold one line, a token of 20 to 200 characters without spaces`);
      // A new inode readable by its owner alone; nothing that is there is written over.
      if (text === null) await writeFileAtomic(path, `${token}\n`);
      // Another file may have been named while this one was read.
      if (isWanted(path)) expected = digest(token);
    },
    accepts(authorization) {
      if (expected === null || authorization?.startsWith(PREFIX) !== true) return false;
      return timingSafeEqual(expected, digest(authorization.slice(PREFIX.length)));
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
