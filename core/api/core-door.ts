import type { SimulateQuery, SimulateReply } from '../../shared/contract/requests.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import type { ChangeType } from '../../shared/contract/vocabulary.ts';

/** All that the endpoint may ask of the core. Everything here answers at once, from memory. */
export interface CoreDoor {
  readonly version: string;
  snapshot(): Snapshot;
  /** The snapshot as JSON text, serialised once a snapshot. */
  snapshotJson(): string;
  /** Null when there is no such project. */
  decisionJson(projectId: string, change: ChangeType | undefined): string | null;
  /** Null when the one project asked for does not exist. */
  simulate(query: SimulateQuery): SimulateReply | null;
  issueCode(): { code: string; url: string; expiresAt: string };
  tradeCode(code: string): string | null;
}
