import { loopbackHost } from './loopback-host.ts';
import type { SlackConfig } from '../../shared/contract/alerts-config.ts';
import type { Clock } from '../clock.ts';
import { SecretProblem, type Secrets } from '../secrets.ts';
import type { Delivery, OutsideChannel } from './outside-channel.ts';
import { slackText } from './slack-text.ts';

export interface SlackParts {
  readonly clock: Clock;
  readonly secrets: Pick<Secrets, 'read'>;
  readonly settings: () => SlackConfig;
  readonly fetch: typeof fetch;
}

const SLACK_HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com'];
const LIMIT_MS = 10_000;
const BODY_BYTES = 1024;
/** Not ours to obey for longer. */
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * A Slack incoming webhook. Success is 200 with the body `ok`; 429 waits as told; any other 4xx is for ever
 * (`no_service`, `channel_is_archived`, `action_prohibited`): it stops and a person is told.
 */
export function createSlackChannel({ clock, secrets, settings, fetch }: SlackParts): OutsideChannel {
  return {
    async deliver({ words }) {
      const address = addressOf(secrets, settings());
      if (typeof address !== 'object') return { kind: 'stop', why: address };
      const abort = new AbortController();
      const cancel = clock.after(LIMIT_MS, () => abort.abort());
      try {
        const response = await fetch(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify({ text: slackText(words), unfurl_links: false, unfurl_media: false }),
          // Followed to nowhere: the address is a secret, and where it leads is not ours to know.
          redirect: 'manual',
          signal: abort.signal,
        });
        return outcome(response.status, response.headers.get('retry-after'), await smallBody(response));
      } catch (error) {
        const why = abort.signal.aborted ? `no answer within ${LIMIT_MS / 1000} s` : causeOf(error);
        return { kind: 'later', why: `Slack cannot be reached: ${why}`, afterMs: null };
      } finally {
        cancel();
      }
    },
  };
}

/** The webhook's address, or a sentence about why there is none that may be used. */
function addressOf(secrets: Pick<Secrets, 'read'>, settings: SlackConfig): URL | string {
  let text: string | null;
  try {
    text = secrets.read('slack-webhook');
  } catch (error) {
    return error instanceof SecretProblem ? error.message : 'the address of the webhook cannot be read';
  }
  if (text === null) return 'the address of the webhook is not set';
  if (!URL.canParse(text)) return 'the address of the webhook is not an address';
  const url = new URL(text);
  if (![...SLACK_HOSTS, ...settings.otherHosts].includes(url.hostname)) {
    return "the address of the webhook is not Slack's; name its host in alerts.slack.otherHosts";
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHost(url.hostname));
  if (!isSafe || url.username !== '' || url.password !== '') {
    return 'the address of the webhook must begin with https:// and hold no password';
  }
  return url;
}

function outcome(status: number, retryAfter: string | null, body: string): Delivery {
  if (status === 200 && body.trim() === 'ok') return { kind: 'delivered' };
  if (status === 429) {
    return { kind: 'later', why: 'Slack asks to wait', afterMs: waitMs(retryAfter) };
  }
  if (status === 200) return { kind: 'later', why: 'something else than Slack answered', afterMs: null };
  if (status >= 300 && status < 400) {
    return {
      kind: 'later',
      why: 'Slack was answered for by a redirect, which is not followed',
      afterMs: null,
    };
  }
  if (status >= 500 || status === 408) {
    return { kind: 'later', why: `Slack answered ${status}`, afterMs: waitMs(retryAfter) };
  }
  const said = /^[a-z_]{1,60}$/.exec(body.trim())?.[0];
  return { kind: 'stop', why: `Slack refused it for good: ${status}${said === undefined ? '' : ` ${said}`}` };
}

/** Seconds, as Slack sends them; null when there are none. */
function waitMs(retryAfter: string | null): number | null {
  const seconds = retryAfter === null || retryAfter.trim() === '' ? NaN : Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : null;
}

/** The answer is a word or two; more of it is not read. */
async function smallBody(response: Response): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  while (sizeBytes <= BODY_BYTES) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    chunks.push(value);
    sizeBytes += value.byteLength;
  }
  await reader.cancel();
  return '';
}

/** A code such as ECONNREFUSED; the message of an error may hold the address. */
function causeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : 'the connection failed';
}
