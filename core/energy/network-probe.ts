import type { NetworkStatus } from '../../shared/contract/vocabulary.ts';
import { RequestProblem } from './network-request.ts';
import type { GetSmall, SmallAnswer } from './network-request.ts';

/** What asking the probe address came to. */
export interface ProbeResult {
  readonly status: NetworkStatus;
  readonly why: string;
}

const TIMEOUT_MS = 5000;
const MAX_BYTES = 16_384;

/** Asks once. Never throws: an address that does not answer is OFFLINE. */
export async function probe(get: GetSmall, url: string, expected: string | null): Promise<ProbeResult> {
  try {
    return judgeProbe(await get({ url, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES }), expected);
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    return { status: error.isCertificate ? 'CAPTIVE' : 'OFFLINE', why: error.message };
  }
}

/**
 * A captive portal answers in the place of the one that was asked: with a redirect, with a page, with 511
 * (RFC 6585) or with something else than the expected text.
 */
export function judgeProbe(answer: SmallAnswer, expected: string | null): ProbeResult {
  const { statusCode } = answer;
  if (statusCode >= 300 && statusCode < 400) {
    return { status: 'CAPTIVE', why: `the probe was sent elsewhere (${statusCode})` };
  }
  if (statusCode === 511) return { status: 'CAPTIVE', why: 'the network wants a sign-in (511)' };
  if (expected !== null) {
    return statusCode === 200 && answer.body.includes(expected)
      ? { status: 'ONLINE', why: 'the probe was answered as expected' }
      : { status: 'CAPTIVE', why: `the probe was answered by something else (${statusCode})` };
  }
  const isPage =
    /^text\/html\b/i.test(answer.headers['content-type'] ?? '') || /^\s*<(!doctype|html)/i.test(answer.body);
  if (statusCode === 200 && isPage && answer.body.trim() !== '') {
    return { status: 'CAPTIVE', why: 'the probe was answered with a web page' };
  }
  return { status: 'ONLINE', why: `the probe was answered (${statusCode})` };
}
