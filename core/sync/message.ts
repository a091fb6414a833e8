/** What is to be told elsewhere. */
export interface OutboxItem {
  /** "manus", "github". */
  readonly destination: string;
  /** The request it becomes, e.g. "task.update"; budgets are counted by it. */
  readonly act: string;
  /** Items of one key arrive in order; of states under one key only the newest is told. */
  readonly key: string;
  readonly kind: 'state' | 'event';
  /**
   * True when arriving twice does no harm (at least once, with `id` as dedupe key). False when it must not (at most
   * once): after an ambiguous end it is looked for, never sent again blindly.
   */
  readonly isRepeatable: boolean;
  readonly project: string | null;
  /** Why, for the audit. */
  readonly cause: string;
  /** JSON; nothing private, nothing secret. */
  readonly body: unknown;
  /** An event of an id that was taken before is not taken again. A new random one when absent. */
  readonly id?: string;
}

/** An item on its way. */
export interface OutboxMessage extends Omit<OutboxItem, 'id'> {
  readonly sequence: number;
  readonly id: string;
  readonly state: 'waiting' | 'sending' | 'unsure' | 'sent' | 'dead';
  readonly queuedAtMs: number;
  /** Wall clock; not before then. */
  readonly dueAtMs: number;
  readonly triesCount: number;
  readonly claimedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** The answer, or why it was given up. */
  readonly outcome: string | null;
}

/** How a sending ended. */
export type Delivery =
  /** `answer` is kept for the audit: ids and statuses, masked. */
  | { readonly kind: 'delivered'; readonly answer: string }
  /**
   * It surely had no effect, or may be repeated. `holds` says what waits with it: everything for this destination,
   * everything of its act, or itself alone.
   */
  | {
      readonly kind: 'later';
      readonly why: string;
      readonly afterMs: number | null;
      readonly holds: 'all' | 'act' | 'message';
    }
  /** It may have arrived: the connection broke after it was sent, or the other side failed meanwhile. */
  | { readonly kind: 'unsure'; readonly why: string }
  /** Never for this message; the others go on. */
  | { readonly kind: 'refused'; readonly why: string }
  /**
   * Nothing can be sent until a person mends something: no key, a key that is refused, a wrong address. One try after
   * `afterMs` (an hour when absent) finds out whether it was mended elsewhere.
   */
  | { readonly kind: 'stop'; readonly why: string; readonly afterMs?: number };

/** What looking for a message that may have arrived brought. */
export type Found =
  | { readonly kind: 'there'; readonly answer: string }
  /** Everything was looked through and it is not there. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string; readonly afterMs: number | null }
  | { readonly kind: 'stop'; readonly why: string; readonly afterMs?: number };

/** Brings messages to one destination. */
export interface Carrier {
  readonly destination: string;
  /** As switched on by a person. What waits meanwhile is kept. */
  isEnabled(): boolean;
  /**
   * Takes one request out of the act's budget, in the transaction that claims the message.
   *
   * @returns 0, or how many milliseconds to wait; then nothing was taken
   */
  take(act: string): number;
  /** A request that was taken out of a budget surely had no effect. In the transaction that keeps its outcome. */
  onNoEffect?(act: string): void;
  /** Least time between two sendings under one key. */
  keyGapMs(act: string): number;
  /** Why this message's body can never be sent, asked before it is; null when it can. Such a one is given up at once. */
  unreadable?(message: OutboxMessage): string | null;
  /** Never rejects for a reason that has a `Delivery`; what it throws counts as ambiguous. */
  send(message: OutboxMessage): Promise<Delivery>;
  /** Looks for one that may have arrived. Without it such a message is given up, and said so. */
  find?(message: OutboxMessage): Promise<Found>;
  /** In the transaction that keeps the outcome, after `delivered` or `there`. */
  onDelivered?(message: OutboxMessage, answer: string): void;
  /** In the transaction that gives it up. */
  onDead?(message: OutboxMessage, why: string): void;
  /** Longest wait between two tries, milliseconds; 5 min when absent. */
  readonly longestWaitMs?: number;
}
