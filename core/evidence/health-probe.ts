import { unmeasured, type Measurement } from '../../shared/consciousness/measurement.ts';
import type { Clock } from '../clock.ts';
import type { GetSmall } from '../energy/network-request.ts';
import { plainText } from '../projects/plain-text.ts';

export interface HealthReading {
  readonly measurement: Measurement;
  /** Rounds in a row in which some service was down; rollback wants three (behaviour 29). */
  readonly failedInARow: number;
}

export interface HealthProbe {
  /** Asks every address once, side by side. Never throws. */
  ask(): Promise<HealthReading>;
}

type Answer = { readonly state: 'up' } | { readonly state: 'down' | 'unknown'; readonly why: string };

const TIMEOUT_MS = 3000;
const MAX_BYTES = 64 * 1024;
/** No way out from here says nothing of the service. */
const OWN_FAULT = /\((?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EADDRNOTAVAIL)\)/;

/**
 * The share of a project's services that answer 2xx. A redirect is an answer and not one of those. Where this
 * machine cannot get out, the service is unknown and not down.
 */
export function createHealthProbe(urls: readonly string[], getSmall: GetSmall, clock: Clock): HealthProbe {
  let failedInARow = 0;

  const askOne = async (url: string): Promise<Answer> => {
    try {
      const { statusCode } = await getSmall({ url, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
      if (statusCode >= 200 && statusCode < 300) return { state: 'up' };
      return { state: 'down', why: `${shownUrl(url)} answers ${statusCode}` };
    } catch (error) {
      const why = plainText((error as Error).message, 200);
      return { state: OWN_FAULT.test(why) ? 'unknown' : 'down', why };
    }
  };

  return {
    async ask() {
      const answers = await Promise.all(urls.map(askOne));
      const known = answers.filter(({ state }) => state !== 'unknown');
      const up = known.filter(({ state }) => state === 'up').length;
      const whys = answers.flatMap((answer) => (answer.state === 'up' ? [] : [answer.why]));
      if (known.length > 0) failedInARow = up === known.length ? 0 : failedInARow + 1;
      const source = 'health addresses';
      if (known.length === 0) return { measurement: unmeasured(source, whys.join('; ')), failedInARow };
      const detail = [`${up} of ${known.length} up`, ...whys].join('; ');
      const value = (100 * up) / known.length;
      return { measurement: { value, atMs: clock.wallMs(), source, detail, problem: null }, failedInARow };
    },
  };
}

/** Without what may be secret in it: name and password, query. */
export function shownUrl(url: string): string {
  const { host, pathname } = new URL(url);
  return plainText(`${host}${pathname}`, 120);
}
