import type { UpsReading } from '../../shared/contract/energy.ts';
import { UNKNOWN_UPS } from '../../shared/energy/ups-facts.ts';
import type { UpsFacts } from '../../shared/energy/ups-facts.ts';
import { markFeedingUps } from '../../shared/energy/ups-feeding.ts';
import { isoNow } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { UpsProblem } from './ups-problem.ts';

/** What a daemon answered about one UPS. */
export interface UpsAnswer {
  /** "ups@HOST", with ":PORT" where it is not the usual one. */
  readonly name: string;
  /** Null when it answered with an error. */
  readonly facts: UpsFacts | null;
  /** Why the facts are missing or not current; null when all is well. */
  readonly problem: string | null;
  /** The daemon lives but has lost its UPS: DATA-STALE, DRIVER-NOT-CONNECTED, COMMLOST. */
  readonly commLost: boolean;
}

/** One open conversation. */
export interface UpsSession {
  /** Asks about every UPS. @throws UpsProblem after `timeoutMs` at the latest; the session is over then */
  read(timeoutMs: number): Promise<readonly UpsAnswer[]>;
  close(): void;
}

/** A daemon that can be asked. */
export interface UpsLink {
  readonly source: UpsReading['source'];
  /** "HOST:PORT", for messages. */
  readonly address: string;
  /** Name of the reading that stands for the daemon while it has named no UPS: "nut@HOST". */
  readonly standInName: string;
  /** @throws UpsProblem after `timeoutMs` at the latest */
  open(timeoutMs: number): Promise<UpsSession>;
}

/** The reading of a daemon that has not told of any UPS, with the reason. */
export function standInReading(link: UpsLink, problem: string): UpsReading {
  return {
    ...UNKNOWN_UPS,
    name: link.standInName,
    source: link.source,
    feedsThisMachine: false,
    problem,
    readAt: null,
  };
}

export interface ReadOnceOptions {
  readonly clock: Clock;
  /** For the whole of it, from the first packet to the last answer; 2,500 ms unless told. */
  readonly timeoutMs?: number | undefined;
  /** As `energy.feedingUps`; the only UPS is taken when null or left out. */
  readonly feedingUps?: string | null | undefined;
}

/**
 * Opens, asks once and closes. Never throws for what a daemon does: a daemon that cannot be read gives one
 * reading with the exact cause as its `problem` and nothing known.
 */
export async function readLinkOnce(link: UpsLink, options: ReadOnceOptions): Promise<UpsReading[]> {
  const { clock, timeoutMs = 2500, feedingUps = null } = options;
  const startedMs = clock.monotonicMs();
  let session: UpsSession | null = null;
  try {
    session = await link.open(timeoutMs);
    const leftMs = Math.max(1, Math.round(timeoutMs - (clock.monotonicMs() - startedMs)));
    const answers = await session.read(leftMs);
    if (answers.length === 0) return [standInReading(link, `${link.address} serves no UPS`)];
    const readings = answers.map((answer): UpsReading => {
      const facts = answer.facts ?? UNKNOWN_UPS;
      return {
        ...facts,
        commLost: facts.commLost || answer.commLost,
        name: answer.name,
        source: link.source,
        feedsThisMachine: false,
        problem: answer.problem,
        readAt: answer.facts === null ? null : isoNow(clock),
      };
    });
    return markFeedingUps(readings, feedingUps);
  } catch (error) {
    if (!(error instanceof UpsProblem)) throw error;
    return markFeedingUps([standInReading(link, error.message)], feedingUps);
  } finally {
    session?.close();
  }
}
