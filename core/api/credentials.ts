import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import type { Clock } from '../clock.ts';
import { LIMITS } from './limits.ts';

/** Who may speak to the endpoint: the token of this run, and one token for each page that signed in. */
export interface Credentials {
  /** The bearer token that endpoint.json carries; new at each start. */
  readonly token: string;
  /** A code that can be traded once, within 15 minutes, for a page's own token. */
  issueCode(): { code: string; expiresAt: string };
  /** The page's token, or null for a code that is unknown, used or old. */
  trade(code: string): string | null;
  /** Whether an Authorization header opens the door. Takes the same time for every wrong value. */
  accepts(authorization: string | undefined): boolean;
}

const PREFIX = 'Bearer ';

export function createCredentials(clock: Clock): Credentials {
  const token = randomBytes(32).toString('base64url');
  const digests = [digest(token)];
  const codes = new Map<string, number>();
  // The one header value seen on every call of a keep-alive client is not hashed anew each time.
  const accepted = new Set<string>();

  return {
    token,
    issueCode() {
      const nowMs = clock.monotonicMs();
      for (const [code, untilMs] of codes) if (untilMs < nowMs) codes.delete(code);
      const code = randomBytes(24).toString('base64url');
      codes.set(code, nowMs + LIMITS.signInCodeMs);
      return { code, expiresAt: new Date(clock.wallMs() + LIMITS.signInCodeMs).toISOString() };
    },
    trade(code) {
      const untilMs = codes.get(code);
      codes.delete(code);
      if (untilMs === undefined || untilMs < clock.monotonicMs()) return null;
      const pageToken = randomBytes(32).toString('base64url');
      digests.push(digest(pageToken));
      if (digests.length > LIMITS.pageTokens + 1) {
        digests.splice(1, 1);
        accepted.clear();
      }
      return pageToken;
    },
    accepts(authorization) {
      if (authorization?.startsWith(PREFIX) !== true) return false;
      if (accepted.has(authorization)) return true;
      const given = digest(authorization.slice(PREFIX.length));
      let good = false;
      for (const known of digests) good = timingSafeEqual(known, given) || good;
      if (good) accepted.add(authorization);
      return good;
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
